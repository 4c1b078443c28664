using System.Collections.Immutable;

namespace SegPipeline.Masks.Contours;

/// <summary>The outline of one connected component of a mask.</summary>
/// <param name="Outer">The outer ring, clockwise as seen on a screen: the foreground lies to its right hand.</param>
/// <param name="Holes">The rings of its holes, counter-clockwise: the foreground again lies to the right.</param>
public sealed record MaskPolygon(Ring Outer, ImmutableArray<Ring> Holes)
{
    /// <summary>True when there are holes, which a COCO polygon cannot hold: its parts are united.</summary>
    public bool HasHoles => !Holes.IsEmpty;

    /// <summary>The outer ring and then the holes.</summary>
    public IEnumerable<Ring> Rings => [Outer, .. Holes];

    /// <summary>The polygon as one part of a COCO segmentation, x1, y1, x2, y2, ....</summary>
    /// <exception cref="InvalidOperationException">
    /// It has holes, which would be filled. Trace with <see cref="HoleRule.Cut"/>, or keep the mask as run lengths.
    /// </exception>
    public double[] ToCocoPart() => HasHoles
        ? throw new InvalidOperationException("a COCO polygon cannot hold a hole; cut the holes open when tracing")
        : Outer.ToXy();
}
