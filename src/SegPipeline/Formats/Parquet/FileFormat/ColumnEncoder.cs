using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SegPipeline.Masks.Png;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Makes the pages of a column: a function of its values alone.</summary>
internal sealed class ColumnEncoder
{
    private const long PageBytes = 1 << 20;

    [ThreadStatic]
    private static List<byte>? _buffer;

    private readonly ColumnValues _column;
    private readonly ParquetCodec _codec;
    private readonly ValueDictionary? _dictionary;
    private readonly List<byte[]> _pages = [];
    private readonly List<PagePlace> _places = [];
    private readonly SortedSet<int> _encodings = [(int)ParquetEncoding.Rle];
    private long _plainBytes;

    private ColumnEncoder(ColumnValues column, ValueDictionary? dictionary, ParquetCodec codec) =>
        (_column, _dictionary, _codec) = (column, dictionary, codec);

    /// <summary>Encodes a column of a row group.</summary>
    public static ColumnChunk Encode(ColumnValues column, ParquetCodec codec)
    {
        ValueDictionary? dictionary =
            column.Leaf.Encoding == ParquetEncoding.RleDictionary ? ValueDictionary.Of(column) : null;
        // Pages are made by several threads.
        if (dictionary is null) column.Numbers.AsSpan();
        var encoder = new ColumnEncoder(column, dictionary, codec);
        int dictionaryBytes = encoder.AddDictionary();
        encoder.AddPages();
        return new ColumnChunk(column.Leaf, encoder._pages, encoder._encodings, column.Mark.Entries,
            column.Mark.Entries - column.Mark.Numbers, encoder._plainBytes, dictionaryBytes,
            ValueBounds.Of(dictionary?.Distinct ?? column), encoder._places);
    }

    private int AddDictionary()
    {
        if (_dictionary is not { } dictionary) return 0;
        _encodings.Add((int)ParquetEncoding.Plain);
        _encodings.Add((int)ParquetEncoding.RleDictionary);
        const int dictionaryPage = 2, header = 7;
        byte[] values = PlainValues.Of(dictionary.Distinct, default, dictionary.Distinct.Mark);
        Add(Compress(dictionaryPage, values, head => head.Struct(header, () =>
        {
            head.Int(1, dictionary.Count);
            head.Int(2, (int)ParquetEncoding.Plain);
        })));
        return _pages.Sum(p => p.Length);
    }

    private void AddPages()
    {
        var ends = new List<ColumnMark> { default };
        while (ends[^1].Entries < _column.Mark.Entries) ends.Add(EndOfPage(ends[^1]));
        var pages = new EncodedPage[ends.Count - 1];
        Parallel.For(0, pages.Length, p => pages[p] = EncodePage(ends[p], ends[p + 1]));
        if (pages.Length > 0) _encodings.Add((int)EncodingOfPages);
        long offset = _pages.Sum(p => (long)p.Length), row = 0;
        for (int p = 0; p < pages.Length; p++)
        {
            int size = pages[p].Head.Length + pages[p].Body.Length;
            _places.Add(new PagePlace(offset, size, row));
            Add(pages[p]);
            offset += size;
            row += CollectionsMarshal.AsSpan(_column.Repetitions)[ends[p].Entries..ends[p + 1].Entries].Count((byte)0);
        }
    }

    private EncodedPage EncodePage(ColumnMark from, ColumnMark to)
    {
        List<byte> page = _buffer ??= [];
        page.Clear();
        if (_column.Leaf.Repeated > 0) AddLevels(page, _column.Repetitions, from, to, _column.Leaf.Repeated);
        if (_column.Leaf.Defined > 0) AddLevels(page, _column.Definitions, from, to, _column.Leaf.Defined);
        AddValues(page, from, to);
        const int dataPage = 0, header = 5;
        return Compress(dataPage, CollectionsMarshal.AsSpan(page), head => head.Struct(header, () =>
        {
            head.Int(1, to.Entries - from.Entries);
            head.Int(2, (int)EncodingOfPages);
            head.Int(3, (int)ParquetEncoding.Rle);
            head.Int(4, (int)ParquetEncoding.Rle);
        }));
    }

    /// <summary>Pages end between rows, once they are large enough.</summary>
    private ColumnMark EndOfPage(ColumnMark from)
    {
        ReadOnlySpan<byte> repetitions = CollectionsMarshal.AsSpan(_column.Repetitions);
        ReadOnlySpan<byte> definitions = CollectionsMarshal.AsSpan(_column.Definitions);
        bool hasBytes = _column.Leaf.Type == ParquetType.ByteArray;
        ReadOnlySpan<long> lengths = hasBytes ? _column.Numbers.AsSpan() : default;
        ColumnMark end = from;
        do
        {
            int further = repetitions[(end.Entries + 1)..].IndexOf((byte)0);
            int row = further < 0 ? repetitions.Length - end.Entries : further + 1;
            int values = definitions.Slice(end.Entries, row).Count((byte)_column.Leaf.Defined);
            int bytes = hasBytes ? (int)Sum(lengths.Slice(end.Numbers, values)) : 0;
            end = new ColumnMark(end.Entries + row, end.Numbers + values, end.Bytes + bytes);
        }
        while (end.Entries < definitions.Length && ColumnMark.Distance(from, end) < PageBytes);
        return end;
    }

    private static long Sum(ReadOnlySpan<long> lengths)
    {
        long sum = 0;
        foreach (long length in lengths) sum += length;
        return sum;
    }

    private static void AddLevels(List<byte> page, List<byte> levels, ColumnMark from, ColumnMark to, int largest)
    {
        int start = page.Count;
        ReadOnlySpan<byte> numbers = CollectionsMarshal.AsSpan(levels)[from.Entries..to.Entries];
        page.AddRange([0, 0, 0, 0]);
        BitRuns.Write(page, numbers, BitRuns.WidthOf(largest));
        BinaryPrimitives.WriteInt32LittleEndian(
            CollectionsMarshal.AsSpan(page)[start..], page.Count - start - sizeof(int));
    }

    private ParquetEncoding EncodingOfPages => _dictionary is not null
        ? ParquetEncoding.RleDictionary
        : (_column.Leaf.Type, _column.Leaf.Encoding) switch
        {
            (ParquetType.Int64, _) => ParquetEncoding.DeltaBinaryPacked,
            (ParquetType.Double, not ParquetEncoding.Plain) => ParquetEncoding.ByteStreamSplit,
            _ => ParquetEncoding.Plain,
        };

    private void AddValues(List<byte> page, ColumnMark from, ColumnMark to)
    {
        switch (EncodingOfPages)
        {
            case ParquetEncoding.RleDictionary:
                int width = BitRuns.WidthOf(_dictionary!.Count - 1);
                page.Add((byte)width);
                BitRuns.Write<int>(page, _dictionary.Indices[from.Numbers..to.Numbers], width);
                break;
            case ParquetEncoding.DeltaBinaryPacked:
                DeltaNumbers.Write(page, _column.Numbers.AsSpan()[from.Numbers..to.Numbers]);
                break;
            case ParquetEncoding.ByteStreamSplit:
                page.AddRange(PlainValues.Split(_column.Numbers.AsSpan()[from.Numbers..to.Numbers]));
                break;
            default:
                page.AddRange(PlainValues.Of(_column, from, to));
                break;
        }
    }

    private EncodedPage Compress(int kind, ReadOnlySpan<byte> page, Action<ThriftWriter> describe)
    {
        byte[] body = PageCompression.Compress(_codec, page);
        var head = new ThriftWriter();
        head.Int(1, kind);
        head.Int(2, page.Length);
        head.Int(3, body.Length);
        head.Int(4, (int)Crc32.Of(body));
        describe(head);
        head.End();
        return new EncodedPage(head.ToArray(), body, page.Length);
    }

    private void Add(EncodedPage page)
    {
        _pages.Add(page.Head);
        _pages.Add(page.Body);
        _plainBytes += page.Head.Length + page.PlainBytes;
    }

    private sealed record EncodedPage(byte[] Head, byte[] Body, int PlainBytes);
}
