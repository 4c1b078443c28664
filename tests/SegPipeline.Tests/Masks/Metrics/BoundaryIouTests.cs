using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Tests.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Metrics;

public sealed class BoundaryIouTests
{
    [Fact]
    public void The_overlap_is_that_of_the_published_code()
    {
        Mask truth = Stripes.Labels(off: 0)[2], prediction = Stripes.Labels(off: 1)[2];
        Assert.Equal(new PixelOverlap(79650, 120678), BoundaryIou.Measure(truth, prediction));
        Assert.Equal(99863, BoundaryIou.Boundary(truth, BoundaryIou.DistancePx(480, 854)).AreaPx);
    }

    [Fact]
    public void The_boundary_has_the_pixels_near_background_or_the_edge() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, Gen.Choose(1, 4).ToArbitrary(), (mask, distance) =>
        {
            var pixels = new Bitmap(mask);
            Mask expected = pixels.Where((x, y) => pixels[x, y] && HasBackgroundNear(pixels, x, y, distance));
            return BoundaryIou.Boundary(mask, distance).Equals(expected);
        }));

    [Theory]
    [InlineData(480, 640, 16)]
    [InlineData(30, 40, 1)]
    [InlineData(75, 100, 2)]
    [InlineData(105, 140, 4)]
    [InlineData(3, 4, 1)]
    [InlineData(0, 0, 1)]
    public void The_distance_is_a_fiftieth_of_the_diagonal_rounded_to_even(int heightPx, int widthPx, int expectedPx) =>
        Assert.Equal(expectedPx, BoundaryIou.DistancePx(heightPx, widthPx));

    [Fact]
    public void Empty_masks_have_no_boundary() =>
        Assert.Null(BoundaryIou.Measure(Mask.Empty(9, 9), Mask.Empty(9, 9)).Iou);

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<MaskFormatException>(() => BoundaryIou.Measure(Mask.Empty(3, 4), Mask.Empty(4, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BoundaryIou.Boundary(Mask.Empty(3, 4), 0));
    }

    private static bool HasBackgroundNear(Bitmap pixels, int x, int y, int distance)
    {
        for (int nearX = x - distance; nearX <= x + distance; nearX++)
            for (int nearY = y - distance; nearY <= y + distance; nearY++)
                if (!pixels.Contains(nearX, nearY) || !pixels[nearX, nearY]) return true;
        return false;
    }
}
