using System.Buffers.Binary;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Writes a Parquet file, one row group after another.</summary>
internal sealed class ParquetFileWriter
{
    private readonly Stream _file;
    private readonly ParquetNode _schema;
    private readonly ParquetCodec _codec;
    private readonly List<RowGroup> _groups = [];

    /// <summary>Begins a file.</summary>
    /// <param name="file">Gets the bytes; need not be seekable.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="codec">How pages are compressed.</param>
    public ParquetFileWriter(Stream file, ParquetNode schema, ParquetCodec codec)
    {
        (_file, _schema, _codec) = (file, schema, codec);
        Write(Magic);
    }

    /// <summary>First and last bytes of every file.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Bytes written so far.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Rows written so far.</summary>
    public long RowCount => _groups.Sum(g => g.RowCount);

    /// <summary>Writes a row group; its columns are encoded in parallel.</summary>
    public void WriteRows(ColumnValues[] columns, long rowCount)
    {
        var chunks = new ColumnChunk[columns.Length];
        Parallel.For(0, columns.Length, c => chunks[c] = ColumnEncoder.Encode(columns[c], _codec));
        var offsets = new List<long>(chunks.Length);
        long start = SizeBytes;
        foreach (ColumnChunk chunk in chunks)
        {
            offsets.Add(SizeBytes);
            foreach (byte[] page in chunk.Pages) Write(page);
        }

        var sizes = chunks.Select(c => c.SizeBytes).ToArray();
        _groups.Add(new RowGroup(
            start, rowCount, [.. chunks.Select((c, i) => new PlacedChunk(c.WithoutPages(), offsets[i], sizes[i]))]));
    }

    /// <summary>Completes the file.</summary>
    /// <param name="metadata">Key and value, in order.</param>
    public void Finish(IReadOnlyList<(string Key, string Value)> metadata)
    {
        foreach (PlacedChunk placed in _groups.SelectMany(g => g.Chunks)) WriteOffsetIndex(placed);
        byte[] footer = Footer(metadata);
        Write(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        Write(length);
        Write(Magic);
    }

    /// <summary>Tells where the pages of a column stand, so that some rows can be read without the others.</summary>
    private void WriteOffsetIndex(PlacedChunk placed)
    {
        var index = new ThriftWriter();
        index.Structs(1, placed.Chunk.Places, page =>
        {
            index.Long(1, placed.Offset + page.Offset);
            index.Int(2, page.SizeBytes);
            index.Long(3, page.FirstRow);
        });
        index.End();
        byte[] bytes = index.ToArray();
        (placed.IndexOffset, placed.IndexBytes) = (SizeBytes, bytes.Length);
        Write(bytes);
    }

    private byte[] Footer(IReadOnlyList<(string Key, string Value)> metadata)
    {
        var footer = new ThriftWriter();
        footer.Int(1, 2);
        footer.Structs(2, [.. Flatten(_schema)], node => WriteField(footer, node));
        footer.Long(3, RowCount);
        footer.Structs(4, _groups, group => WriteGroup(footer, group));
        footer.Structs(5, metadata, pair =>
        {
            footer.Text(1, pair.Key);
            footer.Text(2, pair.Value);
        });
        footer.Text(6, "SegPipeline");
        footer.Structs(7, [.. _schema.Leaves], _ => footer.Struct(1, () => { }));
        footer.End();
        return footer.ToArray();
    }

    private void WriteField(ThriftWriter footer, ParquetNode node)
    {
        const int utf8 = 0, list = 3;
        if (node.Type is { } type) footer.Int(1, (int)type);
        if (node != _schema) footer.Int(3, (int)node.Repetition);
        footer.Text(4, node.Name);
        if (node.Type is null) footer.Int(5, node.Children.Count);
        if (node.Meaning == ParquetMeaning.None) return;
        bool isText = node.Meaning == ParquetMeaning.Text;
        footer.Int(6, isText ? utf8 : list);
        footer.Struct(10, () => footer.Struct(isText ? 1 : 3, () => { }));
    }

    private void WriteGroup(ThriftWriter footer, RowGroup group)
    {
        footer.Structs(1, group.Chunks, placed =>
        {
            footer.Long(2, 0);
            footer.Struct(3, () => WriteChunk(footer, placed));
            footer.Long(4, placed.IndexOffset);
            footer.Int(5, placed.IndexBytes);
        });
        footer.Long(2, group.Chunks.Sum(c => c.Chunk.PlainBytes));
        footer.Long(3, group.RowCount);
        footer.Long(5, group.Offset);
        footer.Long(6, group.Chunks.Sum(c => c.SizeBytes));
    }

    private void WriteChunk(ThriftWriter footer, PlacedChunk placed)
    {
        ColumnChunk chunk = placed.Chunk;
        footer.Int(1, (int)chunk.Leaf.Type!);
        footer.Ints(2, chunk.Encodings);
        footer.Texts(3, [.. chunk.Leaf.Path]);
        footer.Int(4, (int)_codec);
        footer.Long(5, chunk.EntryCount);
        footer.Long(6, chunk.PlainBytes);
        footer.Long(7, placed.SizeBytes);
        footer.Long(9, placed.Offset + chunk.DictionaryBytes);
        if (chunk.DictionaryBytes > 0) footer.Long(11, placed.Offset);
        footer.Struct(12, () =>
        {
            footer.Long(3, chunk.NullCount);
            if (chunk.Bounds.Greatest is { } greatest) footer.Bytes(5, greatest);
            if (chunk.Bounds.Least is { } least) footer.Bytes(6, least);
        });
    }

    private static IEnumerable<ParquetNode> Flatten(ParquetNode node) =>
        node.Children.SelectMany(Flatten).Prepend(node);

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        SizeBytes += bytes.Length;
    }

    private sealed record RowGroup(long Offset, long RowCount, IReadOnlyList<PlacedChunk> Chunks);

    private sealed record PlacedChunk(ColumnChunk Chunk, long Offset, long SizeBytes)
    {
        public long IndexOffset { get; set; }

        public int IndexBytes { get; set; }
    }
}
