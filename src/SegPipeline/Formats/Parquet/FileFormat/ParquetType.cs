namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>How values are stored; the numbers are those of the format.</summary>
internal enum ParquetType
{
    /// <summary>One bit.</summary>
    Boolean = 0,

    /// <summary>32 bits, signed.</summary>
    Int32 = 1,

    /// <summary>64 bits, signed.</summary>
    Int64 = 2,

    /// <summary>Old time stamps; not read.</summary>
    Int96 = 3,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float = 4,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double = 5,

    /// <summary>Bytes of any length.</summary>
    ByteArray = 6,

    /// <summary>Bytes of one length.</summary>
    FixedLengthByteArray = 7,
}

/// <summary>How often a field stands in its parent; the numbers are those of the format.</summary>
internal enum ParquetRepetition
{
    /// <summary>Once.</summary>
    Required = 0,

    /// <summary>Once or not at all.</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}

/// <summary>What values mean beyond their type.</summary>
internal enum ParquetMeaning
{
    /// <summary>Nothing more.</summary>
    None,

    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>A list of three levels.</summary>
    List,
}

/// <summary>How the values of a page are written; the numbers are those of the format.</summary>
internal enum ParquetEncoding
{
    /// <summary>One after another.</summary>
    Plain = 0,

    /// <summary>Old name of dictionary indices, and of a plain dictionary.</summary>
    PlainDictionary = 2,

    /// <summary>Runs and bit-packed groups.</summary>
    Rle = 3,

    /// <summary>Old levels; not read.</summary>
    BitPacked = 4,

    /// <summary>Differences of whole numbers, bit-packed in blocks.</summary>
    DeltaBinaryPacked = 5,

    /// <summary>Lengths as differences, then all bytes.</summary>
    DeltaLengthByteArray = 6,

    /// <summary>Lengths of what is shared with the value before, then the rests.</summary>
    DeltaByteArray = 7,

    /// <summary>Indices into a dictionary.</summary>
    RleDictionary = 8,

    /// <summary>First all first bytes, then all second bytes, ...</summary>
    ByteStreamSplit = 9,
}

/// <summary>How pages are compressed; the numbers are those of the format.</summary>
internal enum ParquetCodec
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Snappy, without framing.</summary>
    Snappy = 1,

    /// <summary>Gzip.</summary>
    Gzip = 2,

    /// <summary>Brotli; read, not written.</summary>
    Brotli = 4,

    /// <summary>Zstandard.</summary>
    Zstd = 6,

    /// <summary>Blocks of LZ4 without frames; read, not written.</summary>
    Lz4Raw = 7,
}
