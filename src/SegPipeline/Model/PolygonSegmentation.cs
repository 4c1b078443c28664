using System.Collections.Immutable;
using SegPipeline.Masks;

namespace SegPipeline.Model;

/// <summary>
/// One or several polygons, whose union is the shape: a part inside another does not make a hole, as in pycocotools.
/// </summary>
/// <param name="Parts">
/// The parts: x1, y1, x2, y2, ... in pixels, continuous coordinates exactly as the source gave them; each has at least
/// three points and may lie outside the picture.
/// </param>
public sealed record PolygonSegmentation(ImmutableArray<ImmutableArray<double>> Parts) : Segmentation
{
    /// <inheritdoc/>
    public override SegmentationForm Form => SegmentationForm.Polygons;

    /// <inheritdoc/>
    public override Mask ToMask(int heightPx, int widthPx)
    {
        try
        {
            if (Parts.Length == 1) return PolygonFill.Fill(heightPx, widthPx, Parts[0].AsSpan());
            if (Parts.Length == 0) return Mask.Empty(heightPx, widthPx);
            var masks = new Mask[Parts.Length];
            for (int i = 0; i < masks.Length; i++) masks[i] = PolygonFill.Fill(heightPx, widthPx, Parts[i].AsSpan());
            return MaskSets.Union(masks);
        }
        catch (MaskFormatException e)
        {
            throw new BadDataException(new Problem(e.Code, "the polygon cannot be filled: " + e.Message)
            {
                Remedy = "correct the polygon in the source",
            }, e);
        }
    }
}
