using SegPipeline.Statistics;

namespace SegPipeline.Tests.Statistics;

public sealed class BinsTests
{
    [Fact]
    public void Every_count_is_in_the_bin_whose_bounds_hold_it()
    {
        int last = -1;
        foreach (int count in Enumerable.Range(0, 3000).Concat([100_000, 1 << 20, (1 << 20) + 1, int.MaxValue]))
        {
            int bin = CountBins.Of(count);
            Assert.InRange(count, CountBins.First(bin), CountBins.Last(bin));
            Assert.True(bin >= last);
            last = bin;
        }
        Assert.Equal(255, CountBins.Of(255));
        Assert.Equal(CountBins.Of(256), CountBins.Of(259));
        Assert.NotEqual(CountBins.Of(256), CountBins.Of(260));
    }

    [Theory]
    [InlineData(4096, 4096, 0)]
    [InlineData(4097, 4096, 1)]
    [InlineData(1024, 4096, -3)]
    [InlineData(1023.9, 4096, -4)]
    [InlineData(2048, 4096, -1)]
    [InlineData(2047, 4096, -2)]
    [InlineData(0, 4096, SizeBins.Nothing)]
    [InlineData(-1, 4096, SizeBins.Nothing)]
    [InlineData(1e-30, 4096, SizeBins.Nothing + 1)]
    public void A_relative_size_is_in_its_bin(double areaPx, double pixels, int bin) =>
        Assert.Equal(bin, SizeBins.Of(areaPx, pixels));

    [Fact]
    public void The_upper_edge_of_a_bin_bounds_the_root_of_the_share()
    {
        for (double area = 1; area < 4096; area *= 1.01)
        {
            int bin = SizeBins.Of(area, 4096);
            double relative = Math.Sqrt(area / 4096);
            Assert.InRange(relative, SizeBins.UpperEdge(bin - 1) * (1 - 1e-12), SizeBins.UpperEdge(bin) * (1 + 1e-12));
        }
    }
}
