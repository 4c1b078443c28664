using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Where a record stood in the list it came from.</summary>
/// <param name="File">The file, or any other object that stands for the list; null when it came from none.</param>
/// <param name="Position">Its position there.</param>
internal readonly record struct RecordOrder(object? File, long Position)
{
    /// <summary>The place of a record that a stage made: behind those that came from a file.</summary>
    public static RecordOrder None => default;
}

/// <summary>
/// The records of a list that is being written. Samples come image by image, yet the list is to have the order of its
/// sources: so only the place of each record is kept, 32 bytes, and the text is fetched when the list is written.
/// </summary>
/// <param name="release">Gives a scratch file for the text of records that are not a source's.</param>
internal sealed class RecordSpool(IReleaseFolder release) : IDisposable
{
    private const int NoOpenValue = -1;
    private const int PositionBits = 40;
    private const long MaxPosition = (1L << PositionBits) - 1;
    private const ulong Unordered = ulong.MaxValue;

    private readonly SegmentedList<Entry> _entries = new();
    private readonly List<SourceFile> _files = [];
    private readonly Dictionary<SourceFile, int> _fileNumbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, ulong> _lists = new(ReferenceEqualityComparer.Instance);
    private FileStream? _scratch;
    private SourceFile? _lastFile;
    private int _lastFileNumber;
    private ulong _lastKey;
    private bool _isOrdered = true;

    /// <summary>Number of records.</summary>
    public int Count => _entries.Count;

    /// <summary>What the records that were written have in common.</summary>
    public CommonMembers Members { get; } = new();

    /// <summary>Adds a record that is copied from its source as it is.</summary>
    public void Add(JsonSlice record, RecordOrder order) =>
        Add(new Entry(record.Offset, KeyOf(order), record.LengthBytes, FileNumber(record.File), NoOpenValue));

    /// <summary>Adds a record with a text of its own.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="openAt">Where a number is to be put into it when it is written; -1 when nowhere.</param>
    /// <param name="order">Where it stood in its source.</param>
    public void Add(ReadOnlySpan<byte> text, int openAt, RecordOrder order)
    {
        _scratch ??= release.CreateScratchFile();
        Add(new Entry(_scratch.Position, KeyOf(order), text.Length, FileNumber: -1, openAt));
        _scratch.Write(text);
    }

    /// <summary>Writes all records, in the order of their sources, parted by a comma and a line end.</summary>
    /// <param name="output">Gets the text.</param>
    /// <param name="firstNumber">The first of the numbers that are put where a record was left open.</param>
    /// <param name="numbered">Told, for each number put in, which record got it: by place of adding.</param>
    public void Write(StreamOutput output, long firstNumber, Action<int, long>? numbered = null)
    {
        int[]? order = _isOrdered ? null : Sorted();
        _scratch?.Flush();
        using var reader = new SpoolReader(_files, _scratch);
        Func<int, SpoolPlace> placeOf = order is null ? PlaceOf : i => PlaceOf(order[i]);
        long number = firstNumber;
        for (int i = 0; i < Count; i++)
        {
            int at = order is null ? i : order[i];
            reader.Ahead(i, Count, placeOf);
            ref Entry entry = ref _entries[at];
            ReadOnlySpan<byte> text = reader.Text(PlaceOf(at));
            if (i > 0) output.Write(",\n"u8);
            if (Members.IsCurious && text is [(byte)'{', ..])
                Members.Look(entry.OpenAt < 0 ? text : Filled(text, entry.OpenAt));
            if (entry.OpenAt < 0)
            {
                output.Write(text);
                continue;
            }
            output.Write(text[..entry.OpenAt]);
            JsonText.WriteNumber(output, number);
            output.Write(text[entry.OpenAt..]);
            numbered?.Invoke(at, number);
            number++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    private static byte[] Filled(ReadOnlySpan<byte> text, int openAt) =>
        [.. text[..openAt], (byte)'0', .. text[openAt..]];

    private void Add(in Entry entry)
    {
        _isOrdered &= entry.Key >= _lastKey;
        _lastKey = entry.Key;
        _entries.Add(entry);
    }

    private SpoolPlace PlaceOf(int at)
    {
        ref Entry entry = ref _entries[at];
        return new SpoolPlace(entry.FileNumber, entry.Offset, entry.LengthBytes);
    }

    /// <summary>One number to sort by: the list, in the order in which lists came up, then the position.</summary>
    private ulong KeyOf(RecordOrder order)
    {
        if (order.File is null) return Unordered;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)order.Position, (ulong)MaxPosition);
        if (!_lists.TryGetValue(order.File, out ulong list)) _lists[order.File] = list = (ulong)_lists.Count;
        return (list << PositionBits) | (ulong)order.Position;
    }

    private int FileNumber(SourceFile file)
    {
        if (ReferenceEquals(file, _lastFile)) return _lastFileNumber;
        if (!_fileNumbers.TryGetValue(file, out int number))
        {
            _fileNumbers[file] = number = _files.Count;
            _files.Add(file);
        }

        (_lastFile, _lastFileNumber) = (file, number);
        return number;
    }

    /// <summary>The entries in order; equal ones stay as they were added.</summary>
    private int[] Sorted()
    {
        var keys = new ulong[Count];
        var order = new int[Count];
        for (int i = 0; i < Count; i++) (keys[i], order[i]) = (_entries[i].Key, i);
        Array.Sort(keys, order, Comparer<ulong>.Default);
        for (int from = 0; from < Count;)
        {
            int end = from + 1;
            while (end < Count && keys[end] == keys[from]) end++;
            if (end - from > 1) Array.Sort(order, from, end - from, Comparer<int>.Default);
            from = end;
        }

        return order;
    }

    private record struct Entry(long Offset, ulong Key, int LengthBytes, int FileNumber, int OpenAt);
}
