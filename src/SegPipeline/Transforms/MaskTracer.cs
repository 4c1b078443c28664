using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Masks.Contours;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Makes polygons of masks, and counts what that costs in pixels.</summary>
/// <param name="tolerancePx">How far a corner that is left out may lie from the line that replaces it.</param>
/// <param name="holes">What becomes of holes.</param>
internal sealed class MaskTracer(double tolerancePx, Holes holes)
{
    private readonly bool _isExact = tolerancePx == 0 && holes != Holes.Fill;

    private readonly HoleRule _rule = holes == Holes.Cut ? HoleRule.Cut : HoleRule.Keep;

    /// <summary>The polygons of a mask; the shape itself where holes are to be kept and there are some.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="shape">The shape that it was made of.</param>
    /// <param name="kind">Whether an object without pixels is one without a mask, or absent from its frame.</param>
    /// <param name="output">Where is counted what it costs.</param>
    public Segmentation Trace(Mask mask, Segmentation shape, SampleKind kind, StageOutput output)
    {
        if (mask.IsEmpty)
        {
            output.Count(Tally.Note, "empty", 1);
            return kind == SampleKind.Image ? Segmentation.EmptyList : Segmentation.Null;
        }
        IReadOnlyList<MaskPolygon> polygons = Outlines(mask, tolerancePx);
        if (holes == Holes.Keep && polygons.Any(polygon => polygon.HasHoles))
        {
            output.Count(Tally.Note, "with holes, kept", 1);
            return shape;
        }
        PolygonSegmentation traced = ToSegmentation(polygons);
        if (_isExact) return traced;
        Mask filled = traced.ToMask(mask.HeightPx, mask.WidthPx);
        if (filled.IsEmpty)
        {
            output.Count(Tally.Note, "too small for the tolerance", 1);
            traced = ToSegmentation(Outlines(mask, tolerance: 0));
            filled = traced.ToMask(mask.HeightPx, mask.WidthPx);
        }
        output.Count(Tally.Note, "pixels gained", MaskSets.Difference(filled, mask).AreaPx);
        output.Count(Tally.Note, "pixels lost", MaskSets.Difference(mask, filled).AreaPx);
        return traced;
    }

    private IReadOnlyList<MaskPolygon> Outlines(Mask mask, double tolerance) =>
        MaskContours.Trace(mask, new ContourRule { Holes = _rule, TolerancePx = tolerance });

    private static PolygonSegmentation ToSegmentation(IReadOnlyList<MaskPolygon> polygons) =>
        new([.. polygons.Select(polygon => ImmutableArray.Create(polygon.Outer.ToXy()))]);
}
