using System.Buffers.Binary;
using SegPipeline.Formats.Parquet.FileFormat;

namespace SegPipeline.Tests.Formats.Parquet;

/// <summary>A table of one column whose every number can be made to lie.</summary>
internal sealed record CraftedTable
{
    /// <summary>A page of values: one text.</summary>
    public static byte[] OneText { get; } = [5, 0, 0, 0, .. "a.jpg"u8];

    /// <summary>Rows that the row group says it has.</summary>
    public long Rows { get; init; } = 1;

    /// <summary>Values that the column says it has.</summary>
    public long Entries { get; init; } = 1;

    /// <summary>Bytes that the column says it takes; null for what it takes.</summary>
    public long? ColumnBytes { get; init; }

    /// <summary>How pages say they are compressed.</summary>
    public ParquetCodec Codec { get; init; }

    /// <summary>The type, and the length of a value of one length.</summary>
    public (ParquetType Type, int Length) Type { get; init; } = (ParquetType.ByteArray, 0);

    /// <summary>How often a value stands in a row.</summary>
    public ParquetRepetition Repetition { get; init; }

    /// <summary>Name of the column.</summary>
    public string Name { get; init; } = "file_name";

    /// <summary>What the bytes of values are: 0 for text, null for bytes.</summary>
    public int? ConvertedType { get; init; } = 0;

    /// <summary>Nulls that the column says it has; null when it does not say.</summary>
    public long? NullCount { get; init; }

    /// <summary>Groups that the column lies in.</summary>
    public int Depth { get; init; }

    /// <summary>Columns that the schema says it has.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>The pages: kind, values, encoding, size when unpacked (null for the true one), bytes.</summary>
    public (int Kind, long Values, ParquetEncoding Encoding, long? Unpacked, byte[] Body)[] Pages { get; init; } =
        [(0, 1, ParquetEncoding.Plain, null, OneText)];

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        byte[] pages = [.. Pages.SelectMany(PageOf)];
        byte[] footer = Footer(pages.Length);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. ParquetFileWriter.Magic, .. pages, .. footer, .. length, .. ParquetFileWriter.Magic];
    }

    private static byte[] PageOf((int Kind, long Values, ParquetEncoding Encoding, long? Unpacked, byte[] Body) page)
    {
        const int dictionary = 2;
        var head = new ThriftWriter();
        head.Int(1, page.Kind);
        head.Long(2, page.Unpacked ?? page.Body.Length);
        head.Int(3, page.Body.Length);
        head.Struct(page.Kind == dictionary ? 7 : 5, () =>
        {
            head.Long(1, page.Values);
            head.Int(2, (int)page.Encoding);
            head.Int(3, (int)ParquetEncoding.Rle);
            head.Int(4, (int)ParquetEncoding.Rle);
        });
        head.End();
        return [.. head.ToArray(), .. page.Body];
    }

    private byte[] Footer(int pageBytes)
    {
        var footer = new ThriftWriter();
        footer.Int(1, 2);
        footer.Structs(2, [.. Enumerable.Range(0, Columns > 0 ? Depth + 2 : 1)], i => WriteField(footer, i));
        footer.Long(3, Rows);
        footer.Structs(4, [0], _ =>
        {
            footer.Structs(1, Columns > 0 ? [0] : Array.Empty<int>(), _ => footer.Struct(3, () =>
            {
                footer.Int(1, (int)Type.Type);
                footer.Int(4, (int)Codec);
                footer.Long(5, Entries);
                footer.Long(7, ColumnBytes ?? pageBytes);
                footer.Long(9, ParquetFileWriter.Magic.Length);
                if (NullCount is { } nulls) footer.Struct(12, () => footer.Long(3, nulls));
            }));
            footer.Long(3, Rows);
        });
        footer.End();
        return footer.ToArray();
    }

    private void WriteField(ThriftWriter footer, int number)
    {
        bool isLeaf = number == Depth + 1;
        if (isLeaf) footer.Int(1, (int)Type.Type);
        if (isLeaf) footer.Int(2, Type.Length);
        if (number > 0) footer.Int(3, (int)Repetition);
        footer.Text(4, Name);
        if (!isLeaf) footer.Int(5, number == 0 ? Columns : 1);
        if (isLeaf && ConvertedType is { } meaning) footer.Int(6, meaning);
    }
}
