using SegPipeline.Stages;

namespace SegPipeline.Statistics;

/// <summary>A sample that was drawn to be shown, by its place in a run.</summary>
/// <param name="Node">The node that gave it.</param>
/// <param name="Port">By which port.</param>
/// <param name="Source">The source of its plan entry.</param>
/// <param name="Entry">The plan entry.</param>
/// <param name="Key">Its key.</param>
internal readonly record struct DrawnSample(int Node, int Port, int Source, int Entry, string Key)
    : IComparable<DrawnSample>
{
    /// <summary>Order of places.</summary>
    public int CompareTo(DrawnSample other) =>
        (Source, Entry, Node, Port).CompareTo((other.Source, other.Entry, other.Node, other.Port));
}

/// <summary>
/// Draws some samples to be shown: those whose keys have the smallest SHA-256 with seed and salt, as <c>sample</c>
/// does. Added up in any order it gives the same samples; of those with one key the first place is drawn.
/// </summary>
/// <param name="seed">The pipeline's seed.</param>
/// <param name="most">Most samples to draw.</param>
internal sealed class SampleDrawing(long seed, int most)
{
    private const string Salt = "report";

    private readonly SortedList<SampleRank, DrawnSample> _drawn = [];

    /// <summary>The samples, in the order of the draw.</summary>
    public IReadOnlyList<DrawnSample> Drawn => [.. _drawn.Values];

    /// <summary>Takes a sample into the draw.</summary>
    public void Add(in DrawnSample sample)
    {
        if (most == 0) return;
        SampleRank rank = SampleRank.Of(seed, Salt, sample.Key);
        if (_drawn.Count == most && rank > _drawn.GetKeyAtIndex(most - 1)) return;
        if (_drawn.TryGetValue(rank, out DrawnSample other) && other.CompareTo(sample) <= 0) return;
        _drawn[rank] = sample;
        if (_drawn.Count > most) _drawn.RemoveAt(most);
    }

    /// <summary>Takes down what was drawn.</summary>
    public void Save(JournalWriter journal)
    {
        journal.Number(_drawn.Count);
        foreach (DrawnSample sample in _drawn.Values)
        {
            journal.Number(sample.Node);
            journal.Number(sample.Port);
            journal.Number(sample.Source);
            journal.Number(sample.Entry);
            journal.Text(sample.Key);
        }
    }

    /// <summary>Draws from what was taken down.</summary>
    public void Load(JournalReader journal)
    {
        for (int left = journal.Count(); left > 0; left--)
            Add(new DrawnSample(
                journal.Count(), journal.Count(), journal.Count(), journal.Count(), journal.Text()!));
    }
}
