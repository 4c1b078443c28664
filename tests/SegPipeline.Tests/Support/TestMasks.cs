using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Tests.Support;

/// <summary>Small masks for tests of stages.</summary>
internal static class TestMasks
{
    /// <summary>A mask of which the first pixels, column by column, are set.</summary>
    public static Mask FirstPixels(int heightPx, int widthPx, uint pixels) =>
        new(heightPx, widthPx, [0, pixels, (uint)(heightPx * widthPx) - pixels]);

    /// <summary>The same mask in each form that holds run lengths.</summary>
    public static IEnumerable<Segmentation> InEveryForm(int heightPx, int widthPx)
    {
        Mask mask = FirstPixels(heightPx, widthPx, pixels: 5);
        yield return new MaskSegmentation(mask, SegmentationForm.Counts);
        yield return new MaskSegmentation(mask, SegmentationForm.CompressedCounts);
        yield return new MaskSegmentation(mask, SegmentationForm.LabelRegion);
    }
}
