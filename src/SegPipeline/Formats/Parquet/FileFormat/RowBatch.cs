using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Rows of a table, column by column.</summary>
internal sealed class RowBatch
{
    private readonly List<ColumnMark[]> _ends = [];

    /// <summary>No rows of a schema.</summary>
    public RowBatch(ParquetNode schema) => Columns = [.. schema.Leaves.Select(leaf => new ColumnValues(leaf))];

    /// <summary>The columns, in the order of the schema's leaves.</summary>
    public ColumnValues[] Columns { get; }

    /// <summary>How many rows there are.</summary>
    public int RowCount => _ends.Count;

    /// <summary>About how many bytes a row takes.</summary>
    public long SizeOf(int row)
    {
        long size = 0;
        for (int c = 0; c < Columns.Length; c++) size += ColumnMark.Distance(StartOf(row, c), _ends[row][c]);
        return size;
    }

    /// <summary>Ends a row: all its entries were added.</summary>
    public void EndRow() => _ends.Add([.. Columns.Select(c => c.Mark)]);

    /// <summary>Forgets all rows, so that the object can be used again.</summary>
    public void Clear()
    {
        _ends.Clear();
        foreach (ColumnValues column in Columns) column.Clear();
    }

    /// <summary>Takes all rows down.</summary>
    public void Save(JournalWriter journal)
    {
        journal.Number(RowCount);
        foreach (ColumnMark mark in _ends.SelectMany(marks => marks))
        {
            journal.Number(mark.Entries);
            journal.Number(mark.Numbers);
            journal.Number(mark.Bytes);
        }
        foreach (ColumnValues column in Columns) ColumnJournal.Save(column, journal);
    }

    /// <summary>Adds the rows that were taken down to none.</summary>
    public void Load(JournalReader journal)
    {
        for (int left = journal.Count(); left > 0; left--)
        {
            var marks = new ColumnMark[Columns.Length];
            for (int c = 0; c < marks.Length; c++)
                marks[c] = new ColumnMark(journal.Count(), journal.Count(), journal.Count());
            _ends.Add(marks);
        }
        foreach (ColumnValues column in Columns) ColumnJournal.Load(column, journal);
    }

    /// <summary>Adds rows to a table.</summary>
    public void CopyTo(ColumnValues[] columns, int fromRow, int toRow)
    {
        if (fromRow == toRow) return;
        for (int c = 0; c < columns.Length; c++)
            columns[c].AddRange(Columns[c], StartOf(fromRow, c), _ends[toRow - 1][c]);
    }

    /// <summary>Adds an entry without value to every column at or below a field.</summary>
    public void Null(ParquetNode node, int repetition, int definition)
    {
        for (int c = node.FirstLeaf; c < node.FirstLeaf + node.LeafCount; c++)
            Columns[c].AddNull(repetition, definition);
    }

    /// <summary>Says that a field is not there, while all above it is.</summary>
    public void Null(ParquetNode node, int repetition) => Null(node, repetition, node.Defined - 1);

    /// <summary>Adds a whole number.</summary>
    public void Add(ParquetNode leaf, int repetition, long? value)
    {
        if (value is { } number) Columns[leaf.FirstLeaf].Add(repetition, number);
        else Null(leaf, repetition);
    }

    /// <summary>Adds a number.</summary>
    public void Add(ParquetNode leaf, int repetition, double? value) =>
        Add(leaf, repetition, value is { } number ? BitConverter.DoubleToInt64Bits(number) : null);

    /// <summary>Adds text.</summary>
    public void Add(ParquetNode leaf, int repetition, string? text)
    {
        if (text is null) Null(leaf, repetition);
        else Columns[leaf.FirstLeaf].Add(repetition, text);
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ParquetNode leaf, int repetition, ReadOnlySpan<byte> bytes) =>
        Columns[leaf.FirstLeaf].Add(repetition, bytes);

    /// <summary>Begins a list; the result is false when it has no items, and then nothing remains to be done.</summary>
    public bool BeginList(ParquetNode list, int repetition, int count)
    {
        if (count == 0) Null(list, repetition, list.Defined);
        return count > 0;
    }

    /// <summary>Level of repetition of an item of a list.</summary>
    public static int RepetitionOf(ParquetNode list, int repetition, int item) =>
        item == 0 ? repetition : list.Children[0].Repeated;

    private ColumnMark StartOf(int row, int column) => row == 0 ? default : _ends[row - 1][column];
}
