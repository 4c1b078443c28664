namespace SegPipeline.Viewer.Entries;

/// <summary>What is to be said of an entry.</summary>
[Flags]
internal enum EntryMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It cannot be read, or a shape of it is malformed.</summary>
    Broken = 1,

    /// <summary>A run rejected it.</summary>
    Rejected = 2,

    /// <summary>Only the second dataset has it.</summary>
    Added = 4,

    /// <summary>Only the first dataset has it.</summary>
    Removed = 8,

    /// <summary>Both have it, and it differs.</summary>
    Changed = 16,
}

/// <summary>What is remembered of an instance to filter by.</summary>
/// <param name="Category">Number of its category.</param>
/// <param name="Size">Relative mask size: the square root of the share of the picture that it covers; of a video in the
/// frame where that is largest. -1 where there is no mask or no size.</param>
/// <param name="IsCrowd">Whether it is a crowd.</param>
internal readonly record struct InstanceFacts(int Category, float Size, bool IsCrowd);

/// <summary>What is remembered of consecutive entries: twelve bytes for each instance, five for each
/// entry.</summary>
internal sealed class EntryFacts
{
    /// <summary>Number of entries in a block.</summary>
    public const int BlockEntries = 256;

    private readonly int[] _ends;
    private readonly EntryMarks[] _marks;
    private readonly InstanceFacts[] _instances;

    /// <summary>Takes the facts of consecutive entries.</summary>
    public EntryFacts(IReadOnlyList<(EntryMarks Marks, InstanceFacts[] Instances)> entries)
    {
        _ends = new int[entries.Count];
        _marks = new EntryMarks[entries.Count];
        int end = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            _ends[i] = end += entries[i].Instances.Length;
            _marks[i] = entries[i].Marks;
        }
        _instances = [.. entries.SelectMany(e => e.Instances)];
    }

    /// <summary>The instances of an entry, by its place in the block.</summary>
    public ReadOnlySpan<InstanceFacts> InstancesOf(int place)
    {
        int start = place == 0 ? 0 : _ends[place - 1];
        return _instances.AsSpan(start, _ends[place] - start);
    }

    /// <summary>What is to be said of an entry.</summary>
    public EntryMarks MarksOf(int place) => _marks[place];
}
