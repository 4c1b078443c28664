using SegPipeline.Formats.Parquet.FileFormat;

namespace SegPipeline.Tests.Formats.Parquet.FileFormat;

/// <summary>Doubles that are whole hundredths, many at once and one by one.</summary>
public sealed class HundredthsTests
{
    [Fact]
    public void Many_at_once_are_what_each_is_alone()
    {
        for (int count = 0; count < 40; count++)
        {
            long[] bits = [.. Enumerable.Range(0, count).Select(i => Bits(Math.Round((i * 137.51) - 700, 2)))];
            int[] hundredths = new int[count];
            Assert.True(Hundredths.TryOf(bits, hundredths));
            Assert.Equal(bits.Select(Alone), hundredths);
        }
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.29, true)]
    [InlineData(1.005, false)]
    [InlineData(-12345.67, true)]
    [InlineData(10737418.23, true)]
    [InlineData(10737418.24, false)]
    [InlineData(-10737418.24, false)]
    [InlineData(-0.0, false)]
    [InlineData(double.Epsilon, false)]
    [InlineData(1e300, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void One_without_hundredths_is_found_wherever_it_stands(double odd, bool hasHundredths)
    {
        Assert.Equal(hasHundredths, Hundredths.TryOf(Bits(odd), out int alone));
        for (int at = 0; at < 37; at++)
        {
            long[] bits = [.. Enumerable.Repeat(Bits(3.14), 37)];
            int[] hundredths = new int[37];
            bits[at] = Bits(odd);
            Assert.Equal(hasHundredths, Hundredths.TryOf(bits, hundredths));
            if (hasHundredths) Assert.Equal(alone, hundredths[at]);
        }
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static int Alone(long bits) => Hundredths.TryOf(bits, out int one) ? one : int.MinValue;
}
