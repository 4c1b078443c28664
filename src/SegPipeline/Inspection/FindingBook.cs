using System.Collections.Immutable;

namespace SegPipeline.Inspection;

/// <summary>Findings: how many there are of each kind, and the first places of each.</summary>
internal sealed class FindingBook
{
    /// <summary>Most places that are kept of a kind.</summary>
    public const int MostPlaces = 50;

    private readonly SortedDictionary<Finding, (long Count, List<string> Places)> _findings = [];

    /// <summary>What was found, by kind.</summary>
    public IReadOnlyList<(Finding Finding, long Count, ImmutableArray<string> Places)> Findings =>
        [.. _findings.Select(f => (f.Key, f.Value.Count, f.Value.Places.ToImmutableArray()))];

    /// <summary>Something was found.</summary>
    /// <param name="finding">What.</param>
    /// <param name="place">Where; asked for only while places are kept.</param>
    public void Add(Finding finding, Func<string> place)
    {
        var found = Of(finding);
        if (found.Places.Count < MostPlaces) found.Places.Add(place());
        _findings[finding] = (found.Count + 1, found.Places);
    }

    /// <summary>Adds what was found behind everything that is here.</summary>
    public void Add(FindingBook other)
    {
        foreach ((Finding finding, (long count, List<string> places)) in other._findings)
        {
            var found = Of(finding);
            found.Places.AddRange(places.Take(MostPlaces - found.Places.Count));
            _findings[finding] = (found.Count + count, found.Places);
        }
    }

    private (long Count, List<string> Places) Of(Finding finding) =>
        _findings.TryGetValue(finding, out var found) ? found : (0, []);
}
