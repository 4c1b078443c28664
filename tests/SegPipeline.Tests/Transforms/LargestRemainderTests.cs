using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

public sealed class LargestRemainderTests
{
    [Theory]
    [InlineData(10, new[] { 0.8, 0.1, 0.1 }, new long[] { 8, 1, 1 })]
    [InlineData(11, new[] { 0.8, 0.1, 0.1 }, new long[] { 9, 1, 1 })]
    [InlineData(9, new[] { 0.8, 0.1, 0.1 }, new long[] { 7, 1, 1 })]
    [InlineData(3, new[] { 0.5, 0.5 }, new long[] { 2, 1 })]
    [InlineData(0, new[] { 0.5, 0.5 }, new long[] { 0, 0 })]
    [InlineData(7, new[] { 1.0, 0.0 }, new long[] { 7, 0 })]
    public void What_is_left_goes_to_the_largest_remainders(int total, double[] ratios, long[] parts) =>
        Assert.Equal(parts, LargestRemainder.Divide(total, ratios));

    [Fact]
    public void Parts_sum_to_the_whole_and_are_off_by_less_than_one()
    {
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), Gen.Choose(1, 98).ToArbitrary(), (total, percent) =>
        {
            double[] ratios = [percent / 100.0, (99 - percent) / 100.0, 0.01];
            long[] parts = LargestRemainder.Divide(total, ratios);
            return parts.Sum() == total && parts.Zip(ratios).All(p => Math.Abs(p.First - p.Second * total) < 1);
        }).QuickCheckThrowOnFailure();
    }
}
