using System.Collections.Immutable;

namespace SegPipeline.Masks.Contours;

/// <summary>The outlines of a mask as polygons that run along the edges of its pixels.</summary>
public static class MaskContours
{
    /// <summary>Traces the outline of each connected component, exactly and with its holes.</summary>
    /// <inheritdoc cref="Trace(Mask, ContourRule)"/>
    public static IReadOnlyList<MaskPolygon> Trace(Mask mask) => Trace(mask, new ContourRule());

    /// <summary>Traces the outline of each connected component.</summary>
    /// <remarks>
    /// Corners are whole numbers: pixel (x, y) is the square from (x, y) to (x + 1, y + 1). A ring starts at its
    /// leftmost corner, and of these the topmost. Without simplification it only turns at right angles, and
    /// <see cref="RingFill"/> over all rings gives the mask back, pixel for pixel; so does pycocotools'
    /// <see cref="PolygonFill"/> when no polygon has holes or they have been cut. Simplification removes corners after
    /// Douglas and Peucker: every corner that is left out lies within the tolerance of the line that replaces it. It
    /// keeps at least three corners of each ring, but rings may then cross themselves or each other, and the two fills
    /// may differ by pixels along slanting edges, where pycocotools rounds to fifths of a pixel.
    /// </remarks>
    /// <param name="mask">Any mask.</param>
    /// <param name="rule">Connectivity, holes and simplification.</param>
    /// <returns>One polygon for each component, ordered by the first corner in column-major order.</returns>
    /// <exception cref="ArgumentException">The tolerance is negative or not a number.</exception>
    /// <exception cref="MaskFormatException">There are more runs than an array can hold (MASK_SIZE).</exception>
    public static IReadOnlyList<MaskPolygon> Trace(Mask mask, ContourRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (!(rule.TolerancePx >= 0))
            throw new ArgumentException($"a tolerance must be 0 or more, found {rule.TolerancePx}", nameof(rule));
        using var graph = CornerGraph.Of(mask, rule.Connectivity);
        TracedRing[] rings = RingTracer.Trace(graph.Corners, rule.Holes);
        for (int i = 0; i < rings.Length; i++) rings[i] = RingSimplifier.Simplify(rings[i], rule.TolerancePx);
        ILookup<int, TracedRing> holes = rings.Where(r => r.IsHole && rule.Holes == HoleRule.Keep)
            .ToLookup(r => r.Polygon);
        return [.. rings.Where(r => !r.IsHole).Select(outer => new MaskPolygon(
            RingJoin.Join(rings, outer),
            [.. holes[outer.Polygon].Select(hole => RingJoin.Join(rings, hole))]))];
    }
}
