using System.Runtime.InteropServices;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>
/// Takes columns down in a journal, as small as can be had for little time: levels as runs, whole numbers as packed
/// differences, and so doubles that all are whole hundredths.
/// </summary>
internal static class ColumnJournal
{
    private enum Form
    {
        Bits,
        Hundredths,
        Whole,
    }

    [ThreadStatic]
    private static List<byte>? _buffer;

    /// <summary>Takes all entries down.</summary>
    public static void Save(ColumnValues column, JournalWriter journal)
    {
        List<byte> buffer = _buffer ??= [];
        ReadOnlySpan<byte> repetitions = CollectionsMarshal.AsSpan(column.Repetitions);
        ReadOnlySpan<byte> definitions = CollectionsMarshal.AsSpan(column.Definitions);
        journal.Number(definitions.Length);
        buffer.Clear();
        BitRuns.Write(buffer, repetitions, BitRuns.WidthOf(column.Leaf.Repeated));
        BitRuns.Write(buffer, definitions, BitRuns.WidthOf(column.Leaf.Defined));
        journal.Bytes(CollectionsMarshal.AsSpan(buffer));
        SaveNumbers(column, buffer, journal);
        journal.Bytes(CollectionsMarshal.AsSpan(column.Bytes));
    }

    /// <summary>Adds the entries that were taken down.</summary>
    public static void Load(ColumnValues column, JournalReader journal)
    {
        int entries = journal.Count();
        var levels = new ByteCursor(journal.Bytes().Span);
        LoadLevels(ref levels, column.Repetitions, entries, column.Leaf.Repeated);
        LoadLevels(ref levels, column.Definitions, entries, column.Leaf.Defined);
        LoadNumbers(column, journal);
        column.Bytes.AddRange(journal.Bytes().Span);
    }

    private static void SaveNumbers(ColumnValues column, List<byte> buffer, JournalWriter journal)
    {
        bool areHundredths = column.Numbers.TryGetHundredths(out ReadOnlySpan<int> hundredths);
        Form form = column.Leaf.Type != ParquetType.Double ? Form.Whole : areHundredths ? Form.Hundredths : Form.Bits;
        journal.Number((int)form);
        journal.Number(column.Numbers.Count);
        buffer.Clear();
        if (form == Form.Whole) DeltaNumbers.Write(buffer, column.Numbers.AsSpan());
        if (form == Form.Hundredths) DeltaNumbers.Write(buffer, hundredths);
        journal.Bytes(form == Form.Bits
            ? MemoryMarshal.AsBytes(column.Numbers.AsSpan())
            : CollectionsMarshal.AsSpan(buffer));
    }

    private static void LoadNumbers(ColumnValues column, JournalReader journal)
    {
        var form = (Form)journal.Count();
        int count = journal.Count();
        ReadOnlySpan<byte> bytes = journal.Bytes().Span;
        if (form == Form.Bits)
        {
            column.Numbers.AddRange(MemoryMarshal.Cast<byte, long>(bytes));
            return;
        }

        var cursor = new ByteCursor(bytes);
        foreach (long number in DeltaReader.Numbers(ref cursor, count, isNarrow: false))
            column.Numbers.Add(form == Form.Hundredths ? Hundredths.BitsOf(number) : number);
    }

    private static void LoadLevels(ref ByteCursor cursor, List<byte> levels, int count, int largest)
    {
        int[] runs = new int[count];
        cursor.Runs(BitRuns.WidthOf(largest), runs);
        foreach (int level in runs) levels.Add((byte)level);
    }
}
