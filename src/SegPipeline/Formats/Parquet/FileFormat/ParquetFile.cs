using System.Buffers.Binary;
using SegPipeline.Model;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>A Parquet file that is open for reading; any part of it from any thread.</summary>
internal sealed class ParquetFile : IDisposable
{
    private const int TailBytes = 8, MostFooterBytes = 1 << 28;

    private readonly SourceFile _file;
    private readonly ParquetNode[] _leaves;

    private ParquetFile(SourceFile file, string fullPath, ThriftStruct footer)
    {
        (_file, FullPath) = (file, fullPath);
        Schema = SchemaTree.Of(footer.Structs(2));
        _leaves = [.. Schema.Leaves];
        RowGroups = [.. footer.Structs(4).Select(RowGroupOf)];
        long rows = RowGroups.Sum(g => (long)g.RowCount), most = ParquetLimits.MostRows(file.LengthBytes);
        if (rows > most) throw ParquetFault.TooLarge("rows", rows, most);
        foreach (ThriftStruct pair in footer.Structs(5))
            if (pair.Text(1) is { } key && pair.Text(2) is { } value) Metadata[key] = value;
    }

    /// <summary>Path as the user named it.</summary>
    public string Path => _file.Path;

    /// <summary>Its full path.</summary>
    public string FullPath { get; }

    /// <summary>Its columns.</summary>
    public ParquetNode Schema { get; }

    /// <summary>How many rows each row group has, and where its columns stand.</summary>
    public IReadOnlyList<(int RowCount, ColumnPlace[] Columns)> RowGroups { get; }

    /// <summary>What else it says of itself.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fullPath">Its full path.</param>
    /// <exception cref="BadDataException">It cannot be read, or is no Parquet file.</exception>
    public static ParquetFile Open(SourceFile file, string fullPath)
    {
        try
        {
            return new ParquetFile(file, fullPath, FooterOf(file));
        }
        catch (RecordFaultException e)
        {
            file.Dispose();
            throw Told(file, e);
        }
    }

    /// <summary>Reads columns of a row group.</summary>
    /// <param name="group">Its number.</param>
    /// <param name="leaves">Numbers of the columns.</param>
    /// <exception cref="BadDataException">They are damaged.</exception>
    public DecodedRows Read(int group, IReadOnlyList<int> leaves)
    {
        try
        {
            var columns = new ColumnValues?[_leaves.Length];
            foreach (int leaf in leaves)
            {
                ColumnPlace place = RowGroups[group].Columns[leaf];
                byte[] bytes = GC.AllocateUninitializedArray<byte>(place.LengthBytes);
                _file.ReadExactly(place.Offset, bytes);
                columns[leaf] = ColumnDecoder.Decode(_leaves[leaf], place, bytes);
            }

            return new DecodedRows(columns, RowGroups[group].RowCount);
        }
        catch (RecordFaultException e)
        {
            throw Told(_file, e);
        }
    }

    /// <summary>Where the pages of a column that is in no list stand; one that is the whole column when the file does
    /// not say.</summary>
    /// <exception cref="BadDataException">What the file says is damaged.</exception>
    public IReadOnlyList<PagePlace> PagesOf(int group, int leaf)
    {
        (int rows, ColumnPlace[] columns) = RowGroups[group];
        ColumnPlace column = columns[leaf];
        if (column.Index is not { } index) return [new PagePlace(column.Offset, column.LengthBytes, 0)];
        try
        {
            byte[] bytes = new byte[index.LengthBytes];
            _file.ReadExactly(index.Offset, bytes);
            PagePlace[] pages = [.. new ThriftReader(bytes, 0).ReadStruct().Structs(1)
                .Select(page => PageOf(page, column, rows))];
            if (pages.Length == 0 || pages[0].FirstRow != 0 || pages.Zip(pages.Skip(1)).Any(
                p => p.Second.FirstRow <= p.First.FirstRow))
                throw ParquetFault.Damaged("the pages of a column do not follow each other");
            return pages;
        }
        catch (RecordFaultException e)
        {
            throw Told(_file, e);
        }
    }

    /// <summary>Reads some rows of a column that is in no list: those of one of its pages.</summary>
    /// <param name="group">Number of the row group.</param>
    /// <param name="leaf">Number of the column.</param>
    /// <param name="page">Where the page stands.</param>
    /// <param name="rowCount">Number of its rows.</param>
    /// <exception cref="BadDataException">They are damaged.</exception>
    public DecodedRows ReadPage(int group, int leaf, PagePlace page, int rowCount)
    {
        try
        {
            byte[] bytes = GC.AllocateUninitializedArray<byte>(page.SizeBytes);
            _file.ReadExactly(page.Offset, bytes);
            var columns = new ColumnValues?[_leaves.Length];
            ColumnPlace place = RowGroups[group].Columns[leaf] with { EntryCount = rowCount };
            ColumnValues values = ColumnDecoder.Decode(_leaves[leaf], place, bytes);
            columns[leaf] = values;
            if (place.NullCount == 0 && values.Numbers.Count != rowCount)
                throw ParquetFault.Damaged("a column that is said to have no nulls has some");
            return new DecodedRows(columns, rowCount);
        }
        catch (RecordFaultException e)
        {
            throw Told(_file, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ThriftStruct FooterOf(SourceFile file)
    {
        int magic = ParquetFileWriter.Magic.Length;
        if (file.LengthBytes < TailBytes + magic) throw NotParquet();
        Span<byte> head = stackalloc byte[magic], tail = stackalloc byte[TailBytes];
        file.ReadExactly(0, head);
        file.ReadExactly(file.LengthBytes - TailBytes, tail);
        if (!head.SequenceEqual(ParquetFileWriter.Magic)) throw NotParquet(KindOf(file));
        if (!tail[^magic..].SequenceEqual(ParquetFileWriter.Magic))
            throw ParquetFault.Damaged("it does not end as it must; it may have been cut off");
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > Math.Min(MostFooterBytes, file.LengthBytes - TailBytes - magic))
            throw ParquetFault.Damaged($"its end says that it has {(uint)length} bytes of metadata");
        byte[] footer = new byte[length];
        file.ReadExactly(file.LengthBytes - TailBytes - length, footer);
        var reader = new ThriftReader(footer, 0);
        return reader.ReadStruct();
    }

    private (int RowCount, ColumnPlace[] Columns) RowGroupOf(ThriftStruct group)
    {
        int rows = (int)group.Needed(3, "a number of rows", int.MaxValue);
        IReadOnlyList<ThriftStruct> chunks = group.Structs(1);
        if (chunks.Count != _leaves.Length)
            throw ParquetFault.Damaged($"expected {_leaves.Length} columns in a row group, found {chunks.Count}");
        return (rows, [.. chunks.Select((chunk, leaf) => PlaceOf(chunk, _leaves[leaf], rows))]);
    }

    private ColumnPlace PlaceOf(ThriftStruct chunk, ParquetNode leaf, int rows)
    {
        if (chunk.Text(1) is not null) throw ParquetFault.Unknown("a column in another file");
        ThriftStruct column = chunk.Struct(3) ?? throw ParquetFault.Unknown("an encrypted column");
        if (column.Needed(1, "a type") != (int)leaf.Type!)
            throw ParquetFault.Damaged($"the type of the column {string.Join('.', leaf.Path)} is not the schema's");
        var codec = (ParquetCodec)column.Needed(4, "a codec");
        if (!Enum.IsDefined(codec)) throw ParquetFault.Unknown($"the compression {(int)codec}");
        long offset = column.Needed(9, "an offset", _file.LengthBytes);
        if (column.Number(11) is > 0 and { } dictionary && dictionary < offset) offset = dictionary;
        int length = (int)column.Needed(7, "a size", Math.Min(int.MaxValue, _file.LengthBytes - offset));
        long entries = column.Needed(5, "a number of values");
        if (entries > ParquetLimits.MostEntries)
            throw ParquetFault.TooLarge("values in a column", entries, ParquetLimits.MostEntries);
        if (entries < rows || (leaf.Repeated == 0 && entries != rows))
            throw ParquetFault.Damaged($"expected values for {rows} rows, found {entries}");
        bool hasDictionary = column.Number(11) is > 0;
        return new ColumnPlace(codec, entries, offset, length)
        {
            NullCount = column.Struct(12)?.Number(3),
            Index = !hasDictionary && chunk.Number(4) is > 0 and { } index && chunk.Number(5) is > 0 and { } size &&
                size <= MostFooterBytes && index <= _file.LengthBytes - size ? (index, (int)size) : null,
        };
    }

    private PagePlace PageOf(ThriftStruct page, ColumnPlace column, int rows)
    {
        long offset = page.Needed(1, "an offset of a page", _file.LengthBytes);
        var place = new PagePlace(offset,
            (int)page.Needed(2, "a size of a page", Math.Min(int.MaxValue, _file.LengthBytes - offset)),
            page.Needed(3, "a first row of a page", rows));
        return offset >= column.Offset && offset + place.SizeBytes <= column.Offset + column.LengthBytes
            ? place
            : throw ParquetFault.Damaged("a page is not in its column");
    }

    private static string? KindOf(SourceFile file)
    {
        Span<byte> head = stackalloc byte[PackedFile.HeadBytes];
        return PackedFile.KindOf(head[..file.Read(0, head)]);
    }

    private static RecordFaultException NotParquet(string? kind = null) => new("NOT_PARQUET",
        "expected a Parquet file, which begins with 'PAR1'" + (kind is null ? "" : ", found " + kind),
        kind is null ? "check the path" : "unpack the file first");

    private static BadDataException Told(SourceFile file, RecordFaultException e) =>
        new(new Problem(e.Code, e.Message) { File = file.Path, Remedy = e.Remedy }, e);
}
