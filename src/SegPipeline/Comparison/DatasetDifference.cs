using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Comparison;

/// <summary>How two versions of a dataset differ.</summary>
/// <param name="Kind">Whether it has images or videos.</param>
/// <param name="SamplesBefore">Samples of the first version.</param>
/// <param name="SamplesAfter">Samples of the second version.</param>
public sealed record DatasetDifference(SampleKind Kind, int SamplesBefore, int SamplesAfter)
{
    /// <summary>What is different about the list of categories, a sentence each.</summary>
    public ImmutableArray<string> Taxonomy { get; init; } = [];

    /// <summary>How many changes of each kind there are; kinds without any are left out.</summary>
    public ImmutableSortedDictionary<ChangeKind, long> Totals { get; init; } =
        ImmutableSortedDictionary<ChangeKind, long>.Empty;

    /// <summary>The first changes of each kind, in the order of the first version; what was added in that of the
    /// second.</summary>
    public ImmutableArray<Change> First { get; init; } = [];

    /// <summary>The changes of instances by category, in ordinal order of its name.</summary>
    public ImmutableArray<CategoryChanges> ByCategory { get; init; } = [];

    /// <summary>True when the samples that both versions have stand in another order.</summary>
    public bool IsReordered { get; init; }

    /// <summary>True when nothing differs.</summary>
    public bool IsEmpty => Taxonomy.IsEmpty && Totals.IsEmpty && !IsReordered;
}

/// <summary>How many instances of a category changed.</summary>
/// <param name="Category">Its name; its id where it has none.</param>
/// <param name="Totals">How many changes of each kind there are; kinds without any are left out.</param>
public sealed record CategoryChanges(string Category, ImmutableSortedDictionary<ChangeKind, long> Totals);
