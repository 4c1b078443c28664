using SegPipeline.Masks.Components;

namespace SegPipeline.Masks.Contours;

/// <summary>What to do with the holes of a component.</summary>
public enum HoleRule
{
    /// <summary>Each hole is a ring of its own.</summary>
    Keep,

    /// <summary>
    /// Each hole is joined to the ring above it by a vertical slit of no width, walked down and up again, so that a
    /// component is one ring. Filled by the even-odd rule, or as pycocotools fills, the hole stays open.
    /// </summary>
    Cut,
}

/// <summary>How to trace the outlines of a mask.</summary>
public sealed record ContourRule
{
    /// <summary>
    /// What happens where two foreground pixels touch at a corner only. With <see cref="Connectivity.Four"/> (default)
    /// each keeps its own corner and they are apart; with <see cref="Connectivity.Eight"/> the outline passes between
    /// the two background pixels and the foreground is connected. Both fill to the same pixels.
    /// </summary>
    public Connectivity Connectivity { get; init; } = Connectivity.Four;

    /// <summary>What to do with holes.</summary>
    public HoleRule Holes { get; init; } = HoleRule.Keep;

    /// <summary>
    /// How far in pixels a corner that is left out may lie from the line that replaces it; 0 leaves none out. See
    /// <see cref="MaskContours.Trace(Mask, ContourRule)"/>.
    /// </summary>
    public double TolerancePx { get; init; }
}
