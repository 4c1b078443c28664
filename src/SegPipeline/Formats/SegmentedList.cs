namespace SegPipeline.Formats;

/// <summary>A list that grows without moving what it holds; for millions of index entries.</summary>
internal sealed class SegmentedList<T>
    where T : struct
{
    private const int Shift = 14;
    private const int SegmentItems = 1 << Shift;

    private readonly List<T[]> _segments = [];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>An item, by reference.</summary>
    public ref T this[int index] => ref _segments[index >> Shift][index & (SegmentItems - 1)];

    /// <summary>Adds an item.</summary>
    public void Add(in T item)
    {
        if (Count == _segments.Count << Shift) _segments.Add(GC.AllocateUninitializedArray<T>(SegmentItems));
        Count++;
        this[Count - 1] = item;
    }

    /// <summary>Removes all items.</summary>
    public void Clear()
    {
        _segments.Clear();
        Count = 0;
    }
}
