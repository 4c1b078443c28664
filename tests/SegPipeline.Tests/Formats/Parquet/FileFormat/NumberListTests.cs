using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats.Parquet.FileFormat;

/// <summary>The numbers of a column, in whichever of the two ways they are held.</summary>
public sealed class NumberListTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_added_comes_back_to_the_last_bit_however_it_was_added(bool holdsDoubles)
    {
        KeyedRandom random = SampleRank.Stream(8, "parquet", "list");
        for (int turn = 0; turn < 300; turn++)
        {
            var expected = new List<long>();
            var list = new NumberList(holdsDoubles);
            for (int step = 0; step < 12; step++) Add(list, expected, odds: turn % 3, ref random);
            Assert.Equal(expected, list);
            Assert.Equal(expected.Count, list.Count);
            Assert.Equal(expected, list.AsSpan().ToArray());
            Assert.Equal(expected, list);
        }
    }

    [Fact]
    public void Doubles_are_hundredths_until_one_is_not_and_again_when_all_are_forgotten()
    {
        var list = new NumberList(holdsDoubles: true);
        list.AddRange([Bits(0.29), Bits(-7.5)]);
        Assert.True(list.TryGetHundredths(out ReadOnlySpan<int> hundredths));
        Assert.Equal([29, -750], hundredths.ToArray());
        list.Add(Bits(1.0 / 3));
        Assert.False(list.TryGetHundredths(out _));
        list.Clear();
        list.Add(Bits(3));
        Assert.True(list.TryGetHundredths(out hundredths));
        Assert.Equal([300], hundredths.ToArray());
    }

    [Fact]
    public void Whole_numbers_are_never_taken_for_doubles()
    {
        var list = new NumberList(holdsDoubles: false);
        list.Add(Bits(0.29));
        Assert.False(list.TryGetHundredths(out _));
    }

    private static void Add(NumberList list, List<long> expected, int odds, ref KeyedRandom random)
    {
        long[] numbers = new long[random.NextInt(0, 40)];
        for (int i = 0; i < numbers.Length; i++)
        {
            double value = random.NextDouble() * 2000 - 500;
            numbers[i] = Bits(random.NextInt(0, 100) < odds ? value : Math.Round(value, 2));
        }

        expected.AddRange(numbers);
        switch (random.NextInt(0, 3))
        {
            case 0:
                foreach (long number in numbers) list.Add(number);
                break;
            case 1:
                list.AddRange(numbers);
                break;
            default:
                var other = new NumberList(holdsDoubles: true);
                other.AddRange([Bits(1), .. numbers, Bits(2)]);
                list.AddRange(other, 1..^1);
                break;
        }
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
