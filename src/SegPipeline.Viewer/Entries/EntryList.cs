using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Viewer.Entries;

/// <summary>
/// What there is to look at, by number: the samples of the first dataset in its order, then those that only the second
/// has, then what was rejected. Holds keys and numbers, no sample. An entry whose key another has already, as a
/// rejected sample of which another branch of a pipeline kept something, gets a number behind it, so that each has an
/// address.
/// </summary>
internal sealed class EntryList
{
    private readonly IReadOnlyList<PlanEntry> _plan;
    private readonly Dictionary<string, int> _second = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);
    private readonly List<int> _onlySecond = [];
    private readonly List<RejectedSample> _rejects = [];

    /// <summary>Lists the entries of one or two datasets.</summary>
    public EntryList(IReadOnlyList<ViewedDataset> datasets)
    {
        Datasets = datasets;
        Categories = new CategoryList([.. datasets.Select(d => d.Dataset.Info.Taxonomy)]);
        _plan = datasets[0].Dataset.Plan;
        for (int i = 0; i < _plan.Count; i++) Name(i, _plan[i].Key);
        if (IsComparison)
        {
            IReadOnlyList<PlanEntry> other = datasets[1].Dataset.Plan;
            for (int i = 0; i < other.Count; i++)
            {
                if (!_second.TryAdd(other[i].Key, i)) continue;
                if (_numbers.TryAdd(other[i].Key, _plan.Count + _onlySecond.Count)) _onlySecond.Add(i);
            }
        }
        Samples = _plan.Count + _onlySecond.Count;
        foreach (RejectedSample reject in datasets.SelectMany(d => d.Rejects))
        {
            Name(Samples + _rejects.Count, reject.Key);
            _rejects.Add(reject);
        }
    }

    /// <summary>One dataset, or two to compare.</summary>
    public IReadOnlyList<ViewedDataset> Datasets { get; }

    /// <summary>The categories of both.</summary>
    public CategoryList Categories { get; }

    /// <summary>True when there are two datasets.</summary>
    public bool IsComparison => Datasets.Count > 1;

    /// <summary>Number of entries that are samples; what was rejected comes behind them.</summary>
    public int Samples { get; }

    /// <summary>Number of all entries.</summary>
    public int Count => Samples + _rejects.Count;

    /// <summary>The key of an entry; with a number behind it where an earlier entry has the same.</summary>
    public string KeyOf(int number)
    {
        if (_names.TryGetValue(number, out string? name)) return name;
        return RejectOf(number)?.Key ?? (number < _plan.Count
            ? _plan[number].Key
            : Datasets[1].Dataset.Plan[_onlySecond[number - _plan.Count]].Key);
    }

    /// <summary>The entry that <see cref="KeyOf"/> gives a key; null when there is none.</summary>
    public int? Find(string key) => _numbers.TryGetValue(key, out int number) ? number : null;

    /// <summary>What was rejected, of an entry that was.</summary>
    public RejectedSample? RejectOf(int number) => number < Samples ? null : _rejects[number - Samples];

    /// <summary>Where a dataset has the sample of an entry; null when it has none.</summary>
    public int? PlaceOf(int number, int side)
    {
        if (number >= Samples) return null;
        if (side == 0) return number < _plan.Count ? number : null;
        if (number >= _plan.Count) return _onlySecond[number - _plan.Count];
        return _second.TryGetValue(_plan[number].Key, out int place) ? place : null;
    }

    /// <summary>The sample that a dataset has for an entry; null when it has none.</summary>
    /// <exception cref="BadDataException">The sample is bad.</exception>
    public Sample? Read(int number, int side) =>
        PlaceOf(number, side) is { } place ? Datasets[side].Read(place) : null;

    private void Name(int number, string key)
    {
        if (_numbers.TryAdd(key, number)) return;
        int next = _repeats.GetValueOrDefault(key, 1) + 1;
        while (!_numbers.TryAdd($"{key} ({next})", number)) next++;
        _repeats[key] = next;
        _names[number] = $"{key} ({next})";
    }
}
