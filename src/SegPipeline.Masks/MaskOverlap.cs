using System.Buffers;

namespace SegPipeline.Masks;

/// <summary>How much masks overlap.</summary>
public static class MaskOverlap
{
    /// <summary>Number of pixels that two masks of one size share.</summary>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static long IntersectionPx(Mask first, Mask second)
    {
        MaskSize.CheckSame(first, second);
        using var a = new MaskIntervals([first]);
        using var b = new MaskIntervals([second]);
        return a.SharedPx(0, b, 0);
    }

    /// <summary>Intersection over union of two masks; 0 where both are empty.</summary>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static double Iou(Mask first, Mask second) => Iou([first], [second])[0, 0];

    /// <summary>
    /// Intersection over union of each detection with each truth. With a crowd the union is the detection's own area,
    /// as in the COCO evaluation. 0 where the union is empty.
    /// </summary>
    /// <param name="detections">Masks of the first index.</param>
    /// <param name="truths">Masks of the second index, of the same size.</param>
    /// <param name="isCrowd">Whether each truth is a crowd; empty when none is.</param>
    /// <returns>A value between 0 and 1 for each pair.</returns>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    /// <exception cref="ArgumentException">There are crowd flags, but not one for each truth.</exception>
    public static double[,] Iou(
        ReadOnlySpan<Mask> detections, ReadOnlySpan<Mask> truths, ReadOnlySpan<bool> isCrowd = default)
    {
        if (!isCrowd.IsEmpty && isCrowd.Length != truths.Length)
            throw new ArgumentException("there must be one crowd flag for each truth", nameof(isCrowd));
        foreach (Mask mask in detections) MaskSize.CheckSame(detections[0], mask);
        foreach (Mask mask in truths) MaskSize.CheckSame(detections.IsEmpty ? truths[0] : detections[0], mask);
        double[,] result = new double[detections.Length, truths.Length];
        using var a = new MaskIntervals(detections);
        using var b = new MaskIntervals(truths);
        for (int d = 0; d < detections.Length; d++)
            for (int t = 0; t < truths.Length; t++)
            {
                long shared = a.SharedPx(d, b, t);
                if (shared == 0) continue;
                bool crowd = !isCrowd.IsEmpty && isCrowd[t];
                long union = crowd ? a.AreaPx(d) : a.AreaPx(d) + b.AreaPx(t) - shared;
                result[d, t] = (double)shared / union;
            }
        return result;
    }
}
