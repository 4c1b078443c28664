using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Keeps the instances of some categories and drops all others. The dataset's list of categories is cut down to those
/// kept, in its own order and with its own ids.
/// </summary>
/// <example>pets: { keep_categories: { names: [cat, dog] } }</example>
[Stage("keep_categories")]
public sealed record KeepCategories : Transform
{
    /// <summary>
    /// Names of the categories to keep. Upper and lower case differ, blanks at the ends do not count; a name that is
    /// not there is an error. Categories that share the name are all kept.
    /// </summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Ids of the categories to keep, in addition to those named.</summary>
    public ImmutableArray<RecordId> Ids { get; init; } = [];

    /// <summary>Whether a sample that has no instances behind this stage goes on; if not, it is dropped.</summary>
    public bool KeepEmpty { get; init; } = true;

    /// <inheritdoc/>
    public override bool KeepsSamples => KeepEmpty;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Names.IsEmpty && Ids.IsEmpty) yield return "'names' or 'ids' must name at least one category";
    }

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input)
    {
        HashSet<RecordId> kept = KeptIds(input.Taxonomy);
        ImmutableArray<Category> left = input.Taxonomy.Categories.RemoveAll(c => !kept.Contains(c.Id));
        return input with { Taxonomy = input.Taxonomy with { Categories = left } };
    }

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        HashSet<RecordId> kept = KeptIds(input.Taxonomy);
        return (sample, output) => sample.KeepInstances(
            i => i.CategoryId is { } id && kept.Contains(id), "other category", KeepEmpty, output);
    }

    private HashSet<RecordId> KeptIds(Taxonomy taxonomy)
    {
        var lookup = new CategoryLookup(taxonomy);
        HashSet<RecordId> kept = [.. Names.SelectMany(lookup.ByName).Select(c => c.Id), .. Ids.Select(lookup.ById)];
        lookup.ThrowIfUnknown();
        return kept;
    }
}
