using SegPipeline.Masks.Morphology;

namespace SegPipeline.Masks.Metrics;

/// <summary>Boundary IoU: intersection over union of what of two masks lies close to their own contours.</summary>
/// <remarks>
/// Cheng, Girshick, Dollar, Berg, Kirillov, "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation",
/// CVPR 2021, as in its code (bowenc0221/boundary-iou-api, boundary_iou/utils/boundary_utils.py): the distance d is a
/// share of the picture's diagonal, rounded to the nearest even and at least 1; the boundary of a mask is what d
/// erosions with a 3x3 square take away, where the picture's edge counts as a contour. The evaluation there then takes
/// the smaller of mask IoU and boundary IoU, which is left to the caller.
/// </remarks>
public static class BoundaryIou
{
    /// <summary>The share of the diagonal that the paper uses for COCO and LVIS.</summary>
    public const double DefaultDilationRatio = 0.02;

    /// <summary>The overlap of the boundaries of two masks.</summary>
    /// <param name="truth">One mask.</param>
    /// <param name="prediction">The other, of the same size.</param>
    /// <param name="dilationRatio">Distance from the contour as a share of the diagonal, above 0.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    /// <exception cref="ArgumentException">The distance is more than a kernel can have.</exception>
    public static PixelOverlap Measure(
        Mask truth, Mask prediction, double dilationRatio = DefaultDilationRatio)
    {
        MaskSize.CheckSame(truth, prediction);
        int sidePx = 2 * DistancePx(truth.HeightPx, truth.WidthPx, dilationRatio) + 1;
        Kernel square = Kernel.Rectangle(sidePx, sidePx);
        return PixelOverlap.Of(Boundary(truth, square), Boundary(prediction, square));
    }

    /// <summary>The pixels of a mask with background, or what lies outside the picture, near by.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="distancePx">How far to look in rows and in columns, 1 or more.</param>
    /// <exception cref="ArgumentException">The distance is less than 1, or more than a kernel can have.</exception>
    public static Mask Boundary(Mask mask, int distancePx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(distancePx, 1);
        return Boundary(mask, Kernel.Rectangle(2 * distancePx + 1, 2 * distancePx + 1));
    }

    /// <summary>The distance for a size of picture.</summary>
    public static int DistancePx(int heightPx, int widthPx, double dilationRatio = DefaultDilationRatio)
    {
        double diagonal = Math.Sqrt((double)heightPx * heightPx + (double)widthPx * widthPx);
        return (int)Math.Max(1, Math.Round(dilationRatio * diagonal));
    }

    private static Mask Boundary(Mask mask, Kernel square) =>
        MaskSets.Difference(mask, MaskMorphology.Erode(mask, square, Outside.Background));
}
