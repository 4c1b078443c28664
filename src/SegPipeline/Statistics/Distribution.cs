using System.Runtime.InteropServices;
using SegPipeline.Stages;

namespace SegPipeline.Statistics;

/// <summary>How often each of some whole numbers (counts, or numbers of bins) occurred.</summary>
public sealed class Distribution
{
    private readonly Dictionary<int, long> _counts = [];

    /// <summary>True when nothing was counted.</summary>
    public bool IsEmpty => _counts.Count == 0;

    /// <summary>Everything that was counted.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>The numbers that occurred, ascending, and how often.</summary>
    public IReadOnlyList<(int Number, long Count)> Ascending =>
        [.. _counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Value))];

    /// <summary>Counts a number.</summary>
    public void Add(int number, long count = 1) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, number, out _) += count;

    /// <summary>Counts everything that another one has.</summary>
    public void Add(Distribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((int number, long count) in other._counts) Add(number, count);
    }

    internal void Save(JournalWriter journal)
    {
        journal.Number(_counts.Count);
        foreach ((int number, long count) in _counts)
        {
            journal.Number(number);
            journal.Number(count);
        }
    }

    internal static Distribution Load(JournalReader journal)
    {
        var loaded = new Distribution();
        for (int left = journal.Count(); left > 0; left--) loaded.Add((int)journal.Number(), journal.Number());
        return loaded;
    }
}
