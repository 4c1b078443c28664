using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>
/// Compares two versions of a dataset sample by sample, by key. Samples are read when their turn comes and forgotten
/// again: what is held are keys.
/// </summary>
public sealed class DatasetComparison
{
    private const int SamplesAtOnce = 64;

    private readonly OpenDataset _before;
    private readonly OpenDataset _after;
    private readonly int _mostKept;
    private readonly CategoryPairs _categories;
    private readonly SampleComparison _samples;
    private readonly Dictionary<string, int> _placesAfter;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="before">The first version.</param>
    /// <param name="after">The second version.</param>
    /// <param name="mostKept">How many changes of each kind are kept; all are counted.</param>
    public DatasetComparison(OpenDataset before, OpenDataset after, int mostKept)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        _before = before;
        _after = after;
        _mostKept = mostKept;
        _categories = new CategoryPairs(before.Info.Taxonomy, after.Info.Taxonomy);
        _samples = new SampleComparison(_categories);
        _placesAfter = new Dictionary<string, int>(after.Plan.Count, StringComparer.Ordinal);
        for (int i = 0; i < after.Plan.Count; i++) _placesAfter[after.Plan[i].Key] = i;
    }

    /// <summary>Compares them.</summary>
    /// <param name="cancel">Ends the comparison.</param>
    /// <exception cref="BadDataException">A sample cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DatasetDifference Compare(CancellationToken cancel)
    {
        int[] partners = [.. _before.Plan.Select(entry => _placesAfter.GetValueOrDefault(entry.Key, -1))];
        var isOld = new bool[_after.Plan.Count];
        foreach (int partner in partners.Where(p => p >= 0)) isOld[partner] = true;
        int[] added = [.. Enumerable.Range(0, isOld.Length).Where(i => !isOld[i])];
        var tally = new ChangeTally(_mostKept);
        CompareAll(partners.Length, (i, part) => CompareOld(i, partners[i], part), tally, cancel);
        CompareAll(added.Length,
            (i, part) => _samples.CompareWithNone(_after.Read(added[i]), isAdded: true, part), tally, cancel);
        return new DatasetDifference(_after.Info.Kind, _before.Plan.Count, _after.Plan.Count)
        {
            Taxonomy = [.. _categories.Differences()],
            Totals = tally.Totals,
            First = tally.First,
            ByCategory = tally.ByCategory,
            IsReordered = IsDescending(partners),
        };
    }

    private void CompareOld(int before, int after, ChangeTally tally)
    {
        Sample old = _before.Read(before);
        if (after < 0) _samples.CompareWithNone(old, isAdded: false, tally);
        else _samples.Compare(old, _after.Read(after), tally);
    }

    private void CompareAll(
        int count, Action<int, ChangeTally> compare, ChangeTally tally, CancellationToken cancel)
    {
        var parts = Enumerable.Range(0, (count + SamplesAtOnce - 1) / SamplesAtOnce)
            .AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(number =>
            {
                var part = new ChangeTally(_mostKept);
                int end = Math.Min(count, (number + 1) * SamplesAtOnce);
                for (int i = number * SamplesAtOnce; i < end; i++) compare(i, part);
                return part;
            });
        try
        {
            foreach (ChangeTally part in parts) tally.Add(part);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<BadDataException>().FirstOrDefault() is { } bad)
        {
            throw new BadDataException([.. bad.Problems]);
        }
    }

    private static bool IsDescending(int[] partners)
    {
        int latest = -1;
        foreach (int partner in partners)
        {
            if (partner < 0) continue;
            if (partner < latest) return true;
            latest = partner;
        }
        return false;
    }
}
