namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>
/// How much a file may ask for. A few bytes can stand for any number of values: runs repeat one, dictionaries one of
/// any length, and compressed zeros take next to nothing; so sizes are held against these before memory is taken.
/// </summary>
internal static class ParquetLimits
{
    /// <summary>Most values and nulls of a column in a row group; tables have a thousandth of it.</summary>
    public const int MostEntries = 1 << 27;

    /// <summary>Most bytes of texts and pictures of a column in a row group.</summary>
    public const int MostValueBytes = 1 << 30;

    /// <summary>Most bytes of a page, not compressed.</summary>
    public const int MostPageBytes = 1 << 30;

    private const int MostRowsPerByte = 64;

    /// <summary>Most rows of a file of a size: every row has a name or a picture of its own.</summary>
    public static long MostRows(long fileBytes) => MostRowsPerByte * fileBytes;

    /// <summary>Most bytes that compressed ones can become.</summary>
    public static long MostUnpacked(ParquetCodec codec, long packedBytes) => packedBytes * codec switch
    {
        ParquetCodec.None => 1,
        ParquetCodec.Snappy => 64, // a copy of 64 bytes takes two
        ParquetCodec.Lz4Raw => byte.MaxValue, // a byte of a length adds so many to it
        ParquetCodec.Gzip => 1032, // the longest match, 258, by codes of one bit
        _ => 1 << 20, // no bound stands in the formats; zeros come near this
    };
}
