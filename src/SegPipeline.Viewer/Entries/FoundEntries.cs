namespace SegPipeline.Viewer.Entries;

/// <summary>Finds entries, and keeps what was found last: pages of one list are asked for one after another.</summary>
internal sealed class FoundEntries(EntryList entries, EntryIndex index)
{
    private sealed record Found(string Query, int Known, int[] Numbers);

    private volatile Found? _last;

    /// <summary>The numbers of the entries that fit, in order.</summary>
    public int[] Find(EntryQuery query, CancellationToken cancel)
    {
        string name = $"{query with { Categories = new HashSet<int>() }} {string.Join(',', query.Categories)}";
        int known = index.Done;
        if (_last is { } last && last.Query == name && last.Known == known) return last.Numbers;
        int[] numbers = query.Find(entries, index, cancel);
        _last = new Found(name, known, numbers);
        return numbers;
    }
}
