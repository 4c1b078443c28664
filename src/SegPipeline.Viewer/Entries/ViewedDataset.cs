using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Viewer.Entries;

/// <summary>A dataset that is looked at. Disposing of it closes the dataset.</summary>
/// <param name="name">What the page calls it, e.g. the path as the user named it.</param>
/// <param name="dataset">The dataset, open.</param>
/// <param name="rejects">What the run that made it rejected; none where nobody knows.</param>
internal sealed class ViewedDataset(string name, OpenDataset dataset, ImmutableArray<RejectedSample> rejects)
    : IDisposable
{
    private const int MostKept = 8;
    private readonly Lock _lock = new();
    private readonly LinkedList<(int Index, Sample Sample)> _recent = new();

    /// <summary>What the page calls it.</summary>
    public string Name => name;

    /// <summary>What tells it from others in a heading: the last two parts of the name.</summary>
    public string ShortName => string.Join('/', name.Replace('\\', '/').TrimEnd('/').Split('/').TakeLast(2));

    /// <summary>What a reader of the page has to know about it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The dataset.</summary>
    public OpenDataset Dataset => dataset;

    /// <summary>What was rejected.</summary>
    public ImmutableArray<RejectedSample> Rejects => rejects;

    /// <summary>Reads a sample; the last few are kept, as a page asks for one several times.</summary>
    /// <exception cref="BadDataException">The sample is bad.</exception>
    public Sample Read(int index)
    {
        lock (_lock)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
                if (node.Value.Index == index) return node.Value.Sample;
        }
        Sample sample = dataset.Read(index);
        lock (_lock)
        {
            _recent.AddFirst((index, sample));
            if (_recent.Count > MostKept) _recent.RemoveLast();
        }
        return sample;
    }

    /// <inheritdoc/>
    public void Dispose() => dataset.Dispose();
}
