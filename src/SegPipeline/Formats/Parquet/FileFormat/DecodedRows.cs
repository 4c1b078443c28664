using System.Runtime.InteropServices;
using System.Text;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>
/// Rows that were read, put together again when they are asked for: a group is a dictionary, a list a list, a leaf a
/// <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or byte array. Safe to use from any thread.
/// </summary>
internal sealed class DecodedRows
{
    private readonly ColumnValues?[] _columns;
    private readonly int[][] _starts;
    private readonly (int Entry, int Number)[][] _rows;

    /// <summary>Rows of columns; those that were not read are null.</summary>
    /// <exception cref="RecordFaultException">The columns do not have that many rows.</exception>
    public DecodedRows(ColumnValues?[] columns, int rowCount)
    {
        _columns = columns;
        _starts = [.. columns.Select(c => c is null ? [] : PageValues.Starts(c))];
        _rows = [.. columns.Select(c => c is null ? [] : RowsOf(c, rowCount))];
    }

    /// <summary>Reads a field of a row; leaves below it that were not read are left out, null when none was.</summary>
    public object? Read(ParquetNode column, int row)
    {
        var cursors = new (int Entry, int Number)[_columns.Length];
        if (!IsRead(column)) return null;
        for (int leaf = column.FirstLeaf; leaf < column.FirstLeaf + column.LeafCount; leaf++)
            if (_columns[leaf] is not null) cursors[leaf] = _rows[leaf][row];
        return ReadNode(column, cursors);
    }

    /// <summary>Reads a leaf that is in no list, of a row.</summary>
    public object? ReadLeaf(ParquetNode leaf, int row)
    {
        var cursors = new (int Entry, int Number)[_columns.Length];
        cursors[leaf.FirstLeaf] = _rows[leaf.FirstLeaf][row];
        return ReadLeaf(leaf, cursors);
    }

    private object? ReadNode(ParquetNode node, (int Entry, int Number)[] cursors)
    {
        if (node.Repetition == ParquetRepetition.Repeated) return ReadItems(node, cursors);
        if (DefinitionAt(node, cursors) < node.Defined)
        {
            Skip(node, cursors);
            return null;
        }

        if (node.Type is not null) return ReadLeaf(node, cursors);
        return node.IsList ? ReadItems(node.Children[0], cursors) : ReadGroup(node, cursors);
    }

    private List<object?> ReadItems(ParquetNode repeated, (int Entry, int Number)[] cursors)
    {
        var items = new List<object?>();
        if (DefinitionAt(repeated, cursors) < repeated.Defined)
        {
            Skip(repeated, cursors);
            return items;
        }

        ColumnValues first = _columns[repeated.FirstLeaf]!;
        do
        {
            items.Add(repeated.Type is not null ? ReadLeaf(repeated, cursors)
                : repeated.Children is [var only] ? ReadNode(only, cursors)
                : ReadGroup(repeated, cursors));
        }
        while (cursors[repeated.FirstLeaf].Entry < first.Repetitions.Count
            && first.Repetitions[cursors[repeated.FirstLeaf].Entry] == repeated.Repeated);
        return items;
    }

    private Dictionary<string, object?> ReadGroup(ParquetNode node, (int Entry, int Number)[] cursors)
    {
        var group = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (ParquetNode child in node.Children)
            if (IsRead(child)) group[child.Name] = ReadNode(child, cursors);
        return group;
    }

    private object? ReadLeaf(ParquetNode leaf, (int Entry, int Number)[] cursors)
    {
        ColumnValues column = _columns[leaf.FirstLeaf]!;
        ref (int Entry, int Number) at = ref cursors[leaf.FirstLeaf];
        if (at.Entry >= column.Definitions.Count) throw ParquetFault.CutShort();
        bool isThere = column.Definitions[at.Entry++] == leaf.Defined;
        if (!isThere) return null;
        int number = at.Number++;
        switch (leaf.Type)
        {
            case ParquetType.Double or ParquetType.Float:
                return BitConverter.Int64BitsToDouble(column.Numbers[number]);
            case ParquetType.ByteArray or ParquetType.FixedLengthByteArray:
                int[] starts = _starts[leaf.FirstLeaf];
                ReadOnlySpan<byte> bytes =
                    CollectionsMarshal.AsSpan(column.Bytes)[starts[number]..starts[number + 1]];
                return leaf.Meaning == ParquetMeaning.Text ? Encoding.UTF8.GetString(bytes) : bytes.ToArray();
            default:
                return column.Numbers[number];
        }
    }

    private int DefinitionAt(ParquetNode node, (int Entry, int Number)[] cursors)
    {
        int leaf = node.FirstLeaf;
        while (_columns[leaf] is null) leaf++;
        List<byte> definitions = _columns[leaf]!.Definitions;
        int entry = cursors[leaf].Entry;
        return entry < definitions.Count ? definitions[entry] : throw ParquetFault.CutShort();
    }

    private bool IsRead(ParquetNode node)
    {
        for (int leaf = node.FirstLeaf; leaf < node.FirstLeaf + node.LeafCount; leaf++)
            if (_columns[leaf] is not null) return true;
        return false;
    }

    private static void Skip(ParquetNode node, (int Entry, int Number)[] cursors)
    {
        for (int leaf = node.FirstLeaf; leaf < node.FirstLeaf + node.LeafCount; leaf++) cursors[leaf].Entry++;
    }

    private static (int Entry, int Number)[] RowsOf(ColumnValues column, int rowCount)
    {
        var rows = new (int, int)[rowCount];
        int row = 0, number = 0;
        for (int entry = 0; entry < column.Definitions.Count; entry++)
        {
            if (column.Repetitions[entry] == 0)
            {
                if (row == rowCount) throw ParquetFault.Damaged($"expected {rowCount} rows in a column, found more");
                rows[row++] = (entry, number);
            }

            if (column.Definitions[entry] == column.Leaf.Defined) number++;
        }

        return row == rowCount
            ? rows
            : throw ParquetFault.Damaged($"expected {rowCount} rows in a column, found {row}");
    }
}
