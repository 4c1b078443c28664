using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Tests.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Metrics;

public sealed class PixelOverlapTests
{
    [Fact]
    public void Pixels_are_counted() => Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Pair, pair =>
    {
        var (a, b) = (new Bitmap(pair.A), new Bitmap(pair.B));
        return PixelOverlap.Of(pair.A, pair.B) == new PixelOverlap(
            a.Where((x, y) => a[x, y] && b[x, y]).AreaPx, a.Where((x, y) => a[x, y] || b[x, y]).AreaPx);
    }));

    [Fact]
    public void Two_empty_masks_have_no_IoU()
    {
        Assert.Null(PixelOverlap.Of(Mask.Empty(3, 4), Mask.Empty(3, 4)).Iou);
        Assert.Equal(0, PixelOverlap.Of(Mask.Empty(3, 4), Mask.Full(3, 4)).Iou);
        Assert.Equal(1, PixelOverlap.Of(Mask.Full(3, 4), Mask.Full(3, 4)).Iou);
    }

    [Fact]
    public void Overlaps_add_up_to_that_of_a_dataset() =>
        Assert.Equal(0.5, (new PixelOverlap(1, 4) + new PixelOverlap(5, 8)).Iou);

    [Fact]
    public void Masks_of_different_sizes_are_refused() => Assert.Equal(
        MaskFault.Size,
        Assert.Throws<MaskFormatException>(() => PixelOverlap.Of(Mask.Empty(3, 4), Mask.Empty(4, 3))).Code);
}
