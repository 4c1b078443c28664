using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks.Geometry;

public sealed class MaskResizeTests
{
    private static Gen<(Mask Mask, int Height, int Width)> AnyResize =>
        from mask in MaskCases.AnyMask()
        from height in Gen.Choose(0, 33)
        from width in Gen.Choose(0, 33)
        where mask.PixelCount > 0
        select (mask, height, width);

    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Downsampling_gives_the_expected_masks()
    {
        foreach (JsonElement c in GoldenCases.Load("downsample.json"))
        {
            Mask mask = GoldenCases.Mask(c.GetProperty("mask"));
            int factor = c.GetProperty("factor").GetInt32();
            int height = mask.HeightPx / factor, width = mask.WidthPx / factor;
            Assert.Equal(GoldenCases.Text(c.GetProperty("nearest_centre")),
                MaskResize.Nearest(mask, height, width).ToCocoString());
            Assert.Equal(GoldenCases.Text(c.GetProperty("coverage_half")),
                MaskResize.Coverage(mask, height, width).ToCocoString());
        }
    }

    [Fact]
    public void Nearest_takes_the_source_pixel_under_the_sample_point() => MaskCases.ForAll(
        from resize in AnyResize
        from point in Gen.Elements(SamplePoint.Centre, SamplePoint.TopLeft)
        select (resize, point),
        c =>
        {
            (Mask m, int height, int width) = c.resize;
            bool[,] p = MaskCases.Pixels(m);
            int offset = c.point == SamplePoint.Centre ? 1 : 0;
            return Agrees(MaskResize.Nearest(m, height, width, c.point), height, width, (y, x) =>
                p[(2 * y + offset) * m.HeightPx / (2 * height), (2 * x + offset) * m.WidthPx / (2 * width)]);
        });

    [Fact]
    public void Coverage_compares_the_covered_area_with_the_share_exactly() => MaskCases.ForAll(
        from resize in AnyResize
        from denominator in Gen.Choose(1, 9)
        from numerator in Gen.Choose(0, denominator)
        select (resize, share: new CoverageShare(numerator, denominator)),
        c =>
        {
            (Mask m, int height, int width) = c.resize;
            bool[,] p = MaskCases.Pixels(m);
            return Agrees(MaskResize.Coverage(m, height, width, c.share, Vanishing.Allowed), height, width, (y, x) =>
            {
                long covered = Covered(p, height, width, y, x);
                return covered > 0 && covered * c.share.Denominator >= (long)c.share.Numerator * p.Length;
            });
        });

    [Fact]
    public void A_mask_that_would_vanish_keeps_its_best_covered_pixel_on_demand() => MaskCases.ForAll(AnyResize, c =>
    {
        (Mask m, int height, int width) = c;
        Mask plain = MaskResize.Coverage(m, height, width);
        Mask kept = MaskResize.Coverage(m, height, width, CoverageShare.Half, Vanishing.KeepsBestPixel);
        if (!plain.IsEmpty || m.IsEmpty || height * width == 0) return kept.Equals(plain);
        bool[,] p = MaskCases.Pixels(m);
        var best = (from x in Enumerable.Range(0, width)
                    from y in Enumerable.Range(0, height)
                    select (y, x)).MaxBy(at => Covered(p, height, width, at.y, at.x));
        return Agrees(kept, height, width, (y, x) => (y, x) == best);
    });

    [Fact]
    public void The_same_size_is_the_same_mask() => MaskCases.ForAll(MaskCases.AnyMask(), m =>
        MaskResize.Nearest(m, m.HeightPx, m.WidthPx).Equals(m) &&
        MaskResize.Coverage(m, m.HeightPx, m.WidthPx).Equals(m));

    [Fact]
    public void The_largest_masks_are_resized_without_overflow()
    {
        Mask high = Mask.Full(int.MaxValue, 2);
        Assert.Equal(Mask.Full(1000, 3), MaskResize.Coverage(high, 1000, 3));
        Assert.Equal(Mask.Full(int.MaxValue - 1, 2), MaskResize.Nearest(high, int.MaxValue - 1, 2));
        Assert.Equal(Mask.Full(3, 7), MaskResize.Coverage(Mask.Full(42_949, 99_999), 3, 7));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(2, 0)]
    [InlineData(3, 2)]
    public void A_share_outside_nought_to_one_is_refused(int numerator, int denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MaskResize.Coverage(
            Mask.Full(4, 4), 2, 2, new CoverageShare(numerator, denominator), Vanishing.Allowed));

    [Fact]
    public void An_impossible_size_is_refused()
    {
        Mask mask = Mask.Full(4, 4);
        Assert.Throws<MaskFormatException>(() => MaskResize.Nearest(mask, -1, 4));
        Assert.Throws<MaskFormatException>(() => MaskResize.Coverage(mask, 70_000, 70_000));
    }

    /// <summary>Covered area of a resized pixel, in parts; a resized pixel has one for each source pixel.</summary>
    private static long Covered(bool[,] pixels, int height, int width, int y, int x)
    {
        long covered = 0;
        for (int i = 0; i < pixels.GetLength(0); i++)
            for (int j = 0; j < pixels.GetLength(1); j++)
                if (pixels[i, j])
                    covered += Shared(i, height, y, pixels.GetLength(0)) * Shared(j, width, x, pixels.GetLength(1));
        return covered;
    }

    private static long Shared(int source, int resizedPx, int resized, int sourcePx)
    {
        int start = Math.Max(source * resizedPx, resized * sourcePx);
        return Math.Max(0, Math.Min((source + 1) * resizedPx, (resized + 1) * sourcePx) - start);
    }

    private static bool Agrees(Mask result, int heightPx, int widthPx, Func<int, int, bool> isForeground) =>
        MaskCases.IsWellFormed(result) && result.Equals(MaskCases.Mask(heightPx, widthPx, isForeground));
}
