using SegPipeline.Masks.Morphology;

namespace SegPipeline.Masks.Metrics;

/// <summary>The measures of the DAVIS challenges for one object in one frame: J and F.</summary>
/// <remarks>
/// Perazzi et al., "A Benchmark Dataset and Evaluation Methodology for Video Object Segmentation", CVPR 2016, as in
/// davisvideochallenge/davis2017-evaluation, davis2017/metrics.py. J is region similarity. F is contour accuracy: the
/// harmonic mean of precision and recall of contour pixels, where a contour pixel is found when the other contour
/// passes within a disk around it.
/// </remarks>
public static class DavisMeasures
{
    /// <summary>Radius of the disk as a share of the picture's diagonal.</summary>
    public const double DefaultBoundThreshold = 0.008;

    // A contour pixel differs from its neighbour to the right, below or diagonally below. At the right and bottom
    // edges only the neighbours inside count, which is what a gradient does with cells outside the picture.
    private static readonly Kernel RightAndBelow = Kernel.Rectangle(2, 2).WithAnchor(0, 0);

    /// <summary>Region similarity J: intersection over union, 0 to 1; 1 when both masks are empty.</summary>
    /// <param name="truth">The annotated mask.</param>
    /// <param name="prediction">The mask to judge.</param>
    /// <param name="voidPixels">Pixels that do not count; null for none.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static double RegionSimilarity(Mask truth, Mask prediction, Mask? voidPixels = null) =>
        PixelOverlap.Of(Without(truth, voidPixels), Without(prediction, voidPixels)).Iou ?? 1;

    /// <summary>Contour accuracy F, 0 to 1; 1 when both masks have no contour.</summary>
    /// <param name="truth">The annotated mask.</param>
    /// <param name="prediction">The mask to judge.</param>
    /// <param name="voidPixels">Pixels taken as background in both masks; null for none.</param>
    /// <param name="boundThreshold">
    /// Radius of the disk: below 1 a share of the diagonal, rounded up to whole pixels; else a number of pixels.
    /// </param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    /// <exception cref="ArgumentException">The disk is larger than a kernel can be.</exception>
    public static double ContourAccuracy(
        Mask truth, Mask prediction, Mask? voidPixels = null, double boundThreshold = DefaultBoundThreshold)
    {
        MaskSize.CheckSame(truth, prediction);
        Mask expected = Contour(Without(truth, voidPixels)), found = Contour(Without(prediction, voidPixels));
        if (expected.IsEmpty || found.IsEmpty) return expected.IsEmpty && found.IsEmpty ? 1 : 0;
        Kernel disk = Kernel.Disk(2 * RadiusPx(truth, boundThreshold) + 1);
        double precision = Matched(found, expected, disk), recall = Matched(expected, found, disk);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>
    /// The contour pixels of a mask, one pixel wide and half a pixel up and left of the true contour (the original's
    /// <c>seg2bmap</c>).
    /// </summary>
    public static Mask Contour(Mask mask) => MaskMorphology.Gradient(mask, RightAndBelow);

    private static double Matched(Mask contour, Mask other, Kernel disk) =>
        (double)MaskOverlap.IntersectionPx(contour, MaskMorphology.Dilate(other, disk)) / contour.AreaPx;

    private static int RadiusPx(Mask mask, double boundThreshold)
    {
        double heightPx = mask.HeightPx, widthPx = mask.WidthPx;
        double diagonal = Math.Sqrt(heightPx * heightPx + widthPx * widthPx);
        return (int)(boundThreshold >= 1 ? boundThreshold : Math.Ceiling(boundThreshold * diagonal));
    }

    private static Mask Without(Mask mask, Mask? voidPixels) =>
        voidPixels is null ? mask : MaskSets.Difference(mask, voidPixels);
}
