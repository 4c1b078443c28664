using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Tests.Formats.Parquet;
using SegPipeline.Tests.Support;
using static SegPipeline.Formats.Parquet.FileFormat.ParquetEncoding;

namespace SegPipeline.Tests.Traps;

/// <summary>Tables whose sizes, counts and levels are beyond what may be asked for, or contradict each other.</summary>
public sealed class ParquetTrapTests : IDisposable
{
    private const string Remedy = "check the file; write smaller row groups if it is sound [PARQUET_SIZE]";
    private const string Anew = "get the file anew [PARQUET_DAMAGED]";

    private readonly TrapFolder _trap = new() { Reader = "read.parquet: { root: in.parquet }", Look = "" };

    public void Dispose() => _trap.Dispose();

    private static CraftedTable Table(string row) => row switch
    {
        "rows" => new() { Rows = 1_000_000, Entries = 1_000_000 },
        "rows of 2^31" => new() { Rows = 1L << 31 },
        "values" => new() { Entries = ParquetLimits.MostEntries + 1L, Repetition = ParquetRepetition.Repeated },
        "values of 2^62" => new() { Entries = 1L << 62, Repetition = ParquetRepetition.Repeated },
        "values unlike rows" => new() { Entries = 2 },
        "column size" => new() { ColumnBytes = 1L << 40 },
        "page size" => new() { Pages = [(0, 1, Plain, ParquetLimits.MostPageBytes + 1L, CraftedTable.OneText)] },
        "page of 2^62" => new() { Pages = [(0, 1, Plain, 1L << 62, CraftedTable.OneText)] },
        "snappy bomb" => Bomb(ParquetCodec.Snappy, 577),
        "gzip bomb" => Bomb(ParquetCodec.Gzip, 9_289),
        "lz4 bomb" => Bomb(ParquetCodec.Lz4Raw, 2_296),
        "zstd bomb" => Bomb(ParquetCodec.Zstd, (9 << 20) + 1),
        "page values" => new() { Pages = [(0, 2, Plain, null, CraftedTable.OneText)] },
        "dictionary values" => new()
        {
            Pages = [(2, ParquetLimits.MostEntries + 1L, Plain, null, []), (0, 1, RleDictionary, null, [0, 2, 0])],
        },
        "dictionary repeated" => Repeated,
        "value length" => new() { Pages = [(0, 1, Plain, null, [0xFF, 0xFF, 0xFF, 0x7F, 1])] },
        "levels" => new()
        {
            Repetition = ParquetRepetition.Repeated,
            Pages = [(0, 1, Plain, null, [2, 0, 0, 0, 2, 3])],
        },
        "groups" => new() { Depth = 30 },
        "value of no bytes" => new() { Type = (ParquetType.FixedLengthByteArray, 0) },
        "no columns" => new() { Columns = 0 },
        "columns of 2^31-1" => new() { Columns = int.MaxValue },
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    private static CraftedTable Bomb(ParquetCodec codec, long unpacked) =>
        new() { Codec = codec, Pages = [(0, 1, Plain, unpacked, CraftedTable.OneText)] };

    // A text of a megabyte, named 1,100 times by a run of two bytes and a page of seven.
    private static CraftedTable Repeated => new()
    {
        Rows = 1_100,
        Entries = 1_100,
        Pages =
        [
            (2, 1, Plain, null, [0, 0, 0x10, 0, .. new byte[1 << 20]]),
            (0, 1_100, RleDictionary, null, [1, 0x98, 0x11, 0]),
        ],
    };

    [Theory]
    [InlineData("rows", "the file says that it has 1000000 rows, at most 6720 are accepted; " + Remedy)]
    [InlineData("rows of 2^31",
        "the Parquet file is damaged: expected a number of rows from 0 to 2147483647, found 2147483648; " + Anew)]
    [InlineData("values",
        "the file says that it has 134217729 values in a column, at most 134217728 are accepted; " + Remedy)]
    [InlineData("values of 2^62",
        "the file says that it has 4611686018427387904 values in a column, at most 134217728 are accepted; " + Remedy)]
    [InlineData("values unlike rows",
        "the Parquet file is damaged: expected values for 1 rows, found 2; " + Anew)]
    [InlineData("column size",
        "the Parquet file is damaged: expected a size from 0 to 100, found 1099511627776; " + Anew)]
    [InlineData("page size",
        "the file says that it has 1073741825 bytes in a page, at most 1073741824 are accepted; " + Remedy)]
    [InlineData("page of 2^62",
        "the file says that it has 4611686018427387904 bytes in a page, at most 1073741824 are accepted; " + Remedy)]
    [InlineData("snappy bomb",
        "the Parquet file is damaged: 9 bytes of a page cannot become 577 (Snappy); " + Anew)]
    [InlineData("gzip bomb", "the Parquet file is damaged: 9 bytes of a page cannot become 9289 (Gzip); " + Anew)]
    [InlineData("lz4 bomb", "the Parquet file is damaged: 9 bytes of a page cannot become 2296 (Lz4Raw); " + Anew)]
    [InlineData("zstd bomb", "the Parquet file is damaged: 9 bytes of a page cannot become 9437185 (Zstd); " + Anew)]
    [InlineData("page values",
        "the Parquet file is damaged: expected a number of values from 0 to 1, found 2; " + Anew)]
    [InlineData("dictionary values",
        "the Parquet file is damaged: expected a number of values from 0 to 134217728, found 134217729; " + Anew)]
    [InlineData("dictionary repeated",
        "the file says that it has 1153433600 bytes or more in a column, at most 1073741824 are accepted; " + Remedy)]
    [InlineData("value length", "the Parquet file is damaged: its data end too early; " + Anew)]
    [InlineData("levels", "the Parquet file is damaged: found level 3, expected at most 1; " + Anew)]
    [InlineData("groups", "the Parquet file is damaged: its schema is too deep; " + Anew)]
    [InlineData("value of no bytes",
        "the Parquet file is damaged: the values of the column file_name have 0 bytes; " + Anew)]
    [InlineData("no columns", "the Parquet file is damaged: it has no columns; " + Anew)]
    [InlineData("columns of 2^31-1",
        "the Parquet file is damaged: expected a number of columns from 0 to 2, found 2147483647; " + Anew)]
    public Task A_table_that_asks_for_too_much_or_contradicts_itself_is_refused(string row, string fault)
    {
        _trap.Files.WriteBytes("in.parquet", Table(row).ToBytes());
        return _trap.StopsAsync("in.parquet: error: stage 'in': " + fault);
    }

    [Fact]
    public async Task A_table_that_says_the_truth_is_read()
    {
        _trap.Files.WriteBytes("in.parquet", new CraftedTable().ToBytes());
        Assert.Contains("\"a.jpg\"", await _trap.PassesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Lists_within_lists_without_end_are_refused()
    {
        // A field of a footer that is a list of one list of one list ...
        byte[] footer = [0x29, .. Enumerable.Repeat((byte)0x19, 1 << 20)];
        _trap.Files.WriteBytes("in.parquet",
            [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
        return _trap.StopsAsync("in.parquet: error: stage 'in': the Parquet file is damaged: structures and lists " +
            "lie too deep in each other; " + Anew);
    }
}
