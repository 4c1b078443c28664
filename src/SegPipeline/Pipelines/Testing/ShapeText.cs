using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Pipelines.Testing;

/// <summary>A shape in the words a test would use for it.</summary>
internal static class ShapeText
{
    private const int Longest = 200;

    /// <summary>The shape as YAML, cut where it gets too long to read.</summary>
    public static string Of(Segmentation shape)
    {
        string text = shape switch
        {
            PolygonSegmentation polygons => $"[{string.Join(", ", polygons.Parts.Select(Part))}]",
            MaskSegmentation { Form: SegmentationForm.CompressedCounts } mask =>
                $"{{ size: [{mask.Mask.HeightPx}, {mask.Mask.WidthPx}], counts: '{mask.Mask.ToCocoString()}' }}",
            MaskSegmentation mask => $"{{ size: [{mask.Mask.HeightPx}, {mask.Mask.WidthPx}], counts: " +
                $"[{string.Join(", ", mask.Mask.Counts.ToArray())}] }}",
            NoSegmentation { State: SegmentationForm.Missing } => "nothing",
            NoSegmentation { State: SegmentationForm.Null } => "null",
            NoSegmentation => "[]",
            _ => shape.Form.ToString(),
        };
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
    }

    private static string Part(System.Collections.Immutable.ImmutableArray<double> xy) =>
        $"[{string.Join(", ", xy.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]";
}
