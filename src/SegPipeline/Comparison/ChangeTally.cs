using System.Collections.Immutable;

namespace SegPipeline.Comparison;

/// <summary>Counts changes, and keeps the first of each kind.</summary>
/// <param name="mostKept">How many of each kind are kept.</param>
internal sealed class ChangeTally(int mostKept)
{
    private static readonly int Kinds = Enum.GetValues<ChangeKind>().Length;

    private readonly long[] _totals = new long[Kinds];
    private readonly List<Change>[] _first = [.. Enumerable.Range(0, Kinds).Select(_ => new List<Change>())];
    private readonly SortedDictionary<string, long[]> _byCategory = new(StringComparer.Ordinal);

    /// <summary>How many changes of each kind there are; kinds without any are left out.</summary>
    public ImmutableSortedDictionary<ChangeKind, long> Totals => Named(_totals);

    /// <summary>The first changes of each kind, in the order of the kinds.</summary>
    public ImmutableArray<Change> First => [.. _first.SelectMany(changes => changes)];

    /// <summary>How many changes of each kind there are of the instances of each category.</summary>
    public ImmutableArray<CategoryChanges> ByCategory =>
        [.. _byCategory.Select(entry => new CategoryChanges(entry.Key, Named(entry.Value)))];

    /// <summary>Counts a change.</summary>
    public void Add(Change change)
    {
        int kind = (int)change.Kind;
        _totals[kind]++;
        if (_first[kind].Count < mostKept) _first[kind].Add(change);
        if (change.Category is { } category) CountsOf(category)[kind]++;
    }

    /// <summary>Adds what was counted behind all that is counted here.</summary>
    public void Add(ChangeTally next)
    {
        Sum(_totals, next._totals);
        for (int kind = 0; kind < Kinds; kind++)
            _first[kind].AddRange(next._first[kind].Take(mostKept - _first[kind].Count));
        foreach (var (category, counts) in next._byCategory) Sum(CountsOf(category), counts);
    }

    private static void Sum(long[] counts, long[] others)
    {
        for (int kind = 0; kind < Kinds; kind++) counts[kind] += others[kind];
    }

    private static ImmutableSortedDictionary<ChangeKind, long> Named(long[] counts) => counts
        .Select((count, kind) => (Kind: (ChangeKind)kind, Count: count))
        .Where(entry => entry.Count > 0)
        .ToImmutableSortedDictionary(entry => entry.Kind, entry => entry.Count);

    private long[] CountsOf(string category)
    {
        if (!_byCategory.TryGetValue(category, out long[]? counts)) _byCategory[category] = counts = new long[Kinds];
        return counts;
    }
}
