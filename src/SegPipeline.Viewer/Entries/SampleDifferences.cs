using SegPipeline.Comparison;
using SegPipeline.Model;

namespace SegPipeline.Viewer.Entries;

/// <summary>What an instance of one version of a sample has become in the other.</summary>
/// <param name="Mark">Added, removed, changed, or nothing.</param>
/// <param name="Other">Its number in the other version; null where that has it not.</param>
internal readonly record struct InstanceFate(EntryMarks Mark, int? Other);

/// <summary>Says in what the samples of two datasets differ, as <c>segpipe diff</c> does.</summary>
internal sealed class SampleDifferences
{
    private readonly CategoryPairs _categories;
    private readonly SampleComparison _comparison;

    private SampleDifferences(CategoryPairs categories)
    {
        _categories = categories;
        _comparison = new SampleComparison(categories);
    }

    /// <summary>For the datasets of a list; null when there is only one.</summary>
    public static SampleDifferences? Between(EntryList entries) => entries.IsComparison
        ? new SampleDifferences(new CategoryPairs(
            entries.Datasets[0].Dataset.Info.Taxonomy, entries.Datasets[1].Dataset.Info.Taxonomy))
        : null;

    /// <summary>Whether two versions of a sample differ.</summary>
    /// <exception cref="BadDataException">A shape is malformed.</exception>
    public bool Differ(Sample before, Sample after) => Changes(before, after, mostKept: 1).Any();

    /// <summary>The changes, the first of each kind.</summary>
    /// <exception cref="BadDataException">A shape is malformed.</exception>
    public IEnumerable<Change> Changes(Sample before, Sample after, int mostKept)
    {
        var tally = new ChangeTally(mostKept);
        _comparison.Compare(before, after, tally);
        return tally.First;
    }

    /// <summary>What has become of the instances of either version, by their numbers.</summary>
    /// <exception cref="BadDataException">A shape is malformed.</exception>
    public (InstanceFate[] Before, InstanceFate[] After) Fates(Sample before, Sample after)
    {
        ComparedInstance[] olds =
            [.. before.Instances.Select(i => new ComparedInstance(i, _categories.NameBefore(i.CategoryId)))];
        ComparedInstance[] news =
            [.. after.Instances.Select(i => new ComparedInstance(i, _categories.NameAfter(i.CategoryId)))];
        var old = new InstanceFate[olds.Length];
        var now = new InstanceFate[news.Length];
        Array.Fill(old, new InstanceFate(EntryMarks.Removed, null));
        Array.Fill(now, new InstanceFate(EntryMarks.Added, null));
        foreach (var (first, second) in new InstancePairs(olds, news).Pairs)
        {
            int i = NumberOf(first, olds), j = NumberOf(second, news);
            EntryMarks mark = IsSame(before, first, after, second) ? EntryMarks.None : EntryMarks.Changed;
            old[i] = new InstanceFate(mark, j);
            now[j] = new InstanceFate(mark, i);
        }
        return (old, now);
    }

    private bool IsSame(Sample before, ComparedInstance first, Sample after, ComparedInstance second)
    {
        var tally = new ChangeTally(1);
        _comparison.Compare(
            before with { Instances = [first.Instance] }, after with { Instances = [second.Instance] }, tally);
        return tally.Totals.Keys.All(kind => kind == ChangeKind.SampleChanged);
    }

    private static int NumberOf(ComparedInstance instance, ComparedInstance[] all) =>
        Array.FindIndex(all, other => ReferenceEquals(other, instance));
}
