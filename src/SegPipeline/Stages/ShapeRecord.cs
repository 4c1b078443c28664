using System.Runtime.InteropServices;
using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>Writes shapes out to the last bit, so that digests of equal shapes are equal.</summary>
internal static class ShapeRecord
{
    /// <summary>Writes a shape: its form, then its numbers.</summary>
    public static void Shape(this JournalWriter record, Segmentation shape)
    {
        record.Number((int)shape.Form);
        if (shape is PolygonSegmentation polygons)
            foreach (var part in polygons.Parts) record.Bytes(MemoryMarshal.AsBytes(part.AsSpan()));
        else if (shape is MaskSegmentation mask)
        {
            record.Number(mask.Mask.HeightPx);
            record.Number(mask.Mask.WidthPx);
            record.Bytes(MemoryMarshal.AsBytes(mask.Mask.Counts));
        }
    }
}
