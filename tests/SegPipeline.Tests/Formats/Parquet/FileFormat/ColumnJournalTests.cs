using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats.Parquet.FileFormat;

/// <summary>Columns as they are kept to be appended again, and the distinct numbers of one.</summary>
public sealed class ColumnJournalTests
{
    private static readonly ParquetNode Schema = ParquetNode.Root(
    [
        ParquetNode.Leaf("whole", ParquetType.Int64, ParquetEncoding.Plain),
        ParquetNode.Leaf("text", ParquetType.ByteArray, ParquetEncoding.Plain),
        ParquetNode.List("list", ParquetNode.Leaf("element", ParquetType.Double, ParquetEncoding.Plain)),
    ]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2_000)]
    public void Any_column_comes_back_to_the_last_bit(int rows)
    {
        KeyedRandom random = SampleRank.Stream(5, "parquet", "journal");
        foreach (ParquetNode leaf in Schema.Leaves)
        {
            for (int decimals = 0; decimals < 6; decimals++)
            {
                ColumnValues column = Column(leaf, rows, decimals, ref random), read = new(leaf);
                var journal = new JournalWriter(_ => null);
                ColumnJournal.Save(column, journal);
                journal.Number(42);
                var reader = new JournalReader(journal.Written, _ => throw new InvalidOperationException());
                ColumnJournal.Load(read, reader);
                Assert.Equal(42, reader.Number());
                Assert.Equal(column.Repetitions, read.Repetitions);
                Assert.Equal(column.Definitions, read.Definitions);
                Assert.Equal(column.Numbers, read.Numbers);
                Assert.Equal(column.Bytes, read.Bytes);
            }
        }
    }

    [Fact]
    public void Coordinates_of_two_decimals_take_a_third_of_their_bytes()
    {
        KeyedRandom random = SampleRank.Stream(6, "parquet", "journal");
        var column = new ColumnValues(Schema.Leaves.Last());
        for (int i = 0; i < 10_000; i++)
            column.Add(1, BitConverter.DoubleToInt64Bits(Math.Round(random.NextDouble() * 1024, 2)));
        var journal = new JournalWriter(_ => null);
        ColumnJournal.Save(column, journal);
        Assert.InRange(journal.Written.Length, 1, 10_000 * sizeof(double) / 3);
    }

    [Fact]
    public void Distinct_numbers_are_numbered_as_they_come()
    {
        KeyedRandom random = SampleRank.Stream(7, "parquet", "numbers");
        var set = new NumberSet();
        for (int turn = 0; turn < 4; turn++)
        {
            set.Clear();
            var expected = new Dictionary<long, int>();
            for (int batch = 0; batch < 500; batch++)
            {
                long[] numbers = new long[random.NextInt(0, NumberSet.Most + 1)];
                for (int i = 0; i < numbers.Length; i++) numbers[i] = Double(turn + (batch % 2), ref random);
                int[] indices = new int[numbers.Length];
                set.IndicesOf(numbers, indices);
                foreach (long number in numbers) expected.TryAdd(number, expected.Count);
                Assert.Equal(numbers.Select(n => expected[n]), indices);
            }

            Assert.Equal(expected.Keys, set.Distinct.ToArray());
        }
    }

    private static ColumnValues Column(ParquetNode leaf, int rows, int decimals, ref KeyedRandom random)
    {
        var column = new ColumnValues(leaf);
        for (int i = 0; i < rows; i++)
        {
            int repetition = leaf.Repeated == 0 ? 0 : random.NextInt(0, 2);
            if (random.NextInt(0, 5) == 0) column.AddNull(repetition, random.NextInt(0, leaf.Defined));
            else if (leaf.Type == ParquetType.ByteArray) column.Add(repetition, new string('x', random.NextInt(0, 9)));
            else if (leaf.Type == ParquetType.Int64) column.Add(repetition, (long)random.NextBits());
            else column.Add(repetition, Double(decimals, ref random));
        }

        return column;
    }

    /// <summary>The bits of a double, sometimes of an odd one where there may be more than two decimals.</summary>
    private static long Double(int decimals, ref KeyedRandom random)
    {
        double[] odd =
            [-0.0, double.NaN, double.PositiveInfinity, double.Epsilon, -1e300, 1e15, 4e7, -0.01, 21474836.48];
        double value = decimals > 2 && random.NextInt(0, 50) == 0
            ? odd[random.NextInt(0, odd.Length)]
            : Math.Round(random.NextDouble() * 3000, decimals);
        return BitConverter.DoubleToInt64Bits(value);
    }
}
