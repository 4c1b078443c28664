namespace SegPipeline.Masks.Metrics;

/// <summary>How many pixels two masks share and cover; sums of several give the figures of a whole dataset.</summary>
/// <param name="IntersectionPx">Pixels that both have.</param>
/// <param name="UnionPx">Pixels that at least one has.</param>
public readonly record struct PixelOverlap(long IntersectionPx, long UnionPx)
{
    /// <summary>Intersection over union, 0 to 1; null when both masks are empty.</summary>
    public double? Iou => UnionPx == 0 ? null : (double)IntersectionPx / UnionPx;

    /// <summary>The overlap of two masks.</summary>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static PixelOverlap Of(Mask a, Mask b)
    {
        long shared = MaskOverlap.IntersectionPx(a, b);
        return new PixelOverlap(shared, a.AreaPx + b.AreaPx - shared);
    }

    /// <summary>Both counts added up.</summary>
    public static PixelOverlap operator +(PixelOverlap a, PixelOverlap b) => Add(a, b);

    /// <summary>Both counts added up.</summary>
    public static PixelOverlap Add(PixelOverlap left, PixelOverlap right) =>
        new(left.IntersectionPx + right.IntersectionPx, left.UnionPx + right.UnionPx);
}
