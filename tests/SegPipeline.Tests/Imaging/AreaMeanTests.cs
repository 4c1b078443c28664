using SegPipeline.Imaging;

namespace SegPipeline.Tests.Imaging;

public sealed class AreaMeanTests
{
    private static RgbPixels Noise(int widthPx, int heightPx)
    {
        byte[] rgb = new byte[3 * widthPx * heightPx];
        uint state = (uint)(31 * widthPx + heightPx);
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)((state = state * 1664525 + 1013904223) >> 24);
        return new RgbPixels(widthPx, heightPx, rgb);
    }

    /// <summary>The mean by its definition: every source pixel counted as often as it has parts in the area.</summary>
    private static byte[] ByDefinition(RgbPixels source, int widthPx, int heightPx)
    {
        byte[] result = new byte[3 * widthPx * heightPx];
        for (int i = 0; i < result.Length; i++)
        {
            int x = i / 3 % widthPx, y = i / 3 / widthPx;
            long sum = 0, total = (long)source.WidthPx * source.HeightPx;
            for (int v = y * source.HeightPx; v < (y + 1) * source.HeightPx; v++)
                for (int u = x * source.WidthPx; u < (x + 1) * source.WidthPx; u++)
                    sum += source.RowMajor[3 * (v / heightPx * source.WidthPx + u / widthPx) + i % 3];
            result[i] = (byte)((2 * sum + total) / (2 * total));
        }
        return result;
    }

    [Theory]
    [InlineData(64, 48, 32, 24)]
    [InlineData(65, 47, 33, 24)]
    [InlineData(60, 40, 20, 10)]
    [InlineData(41, 29, 7, 28)]
    [InlineData(23, 31, 23, 5)]
    [InlineData(90, 2, 1, 1)]
    public void Each_pixel_is_the_rounded_mean_of_the_area_it_covers(
        int fromWidth, int fromHeight, int width, int height)
    {
        RgbPixels source = Noise(fromWidth, fromHeight);

        RgbPixels reduced = AreaMean.Reduce(source, width, height);

        Assert.Equal((width, height), (reduced.WidthPx, reduced.HeightPx));
        Assert.Equal(ByDefinition(source, width, height), reduced.RowMajor);
    }

    [Fact]
    public void A_half_is_rounded_up() =>
        Assert.Equal([1, 2, 3], AreaMean.Reduce(new RgbPixels(2, 1, [0, 1, 2, 1, 2, 3]), 1, 1).RowMajor);

    [Fact]
    public void A_white_picture_stays_white_at_any_size()
    {
        var white = new RgbPixels(97, 89, [.. Enumerable.Repeat((byte)255, 3 * 97 * 89)]);

        for (int size = 1; size <= 89; size += 11)
            Assert.Equal(-1, AreaMean.Reduce(white, size, size).RowMajor.AsSpan().IndexOfAnyExcept((byte)255));
    }

    [Fact]
    public void Nothing_is_enlarged() =>
        Assert.ThrowsAny<ArgumentException>(() => AreaMean.Reduce(Noise(4, 4), 5, 4));
}
