using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Conditions;

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

    /// <summary>
    /// A condition on the records of categories; those for which it holds are kept, in addition to those named. It
    /// knows <c>id</c>, <c>name</c>, <c>supercategory</c> and every other member, e.g. <c>partition in [0, 1]</c> for
    /// the base categories of LV-VIS or <c>frequency == 'r'</c> for the rare ones of LVIS.
    /// </summary>
    public Condition? Where { get; init; }

    /// <summary>Whether a sample that has no instances behind this stage goes on; if not, it is dropped.</summary>
    public bool KeepEmpty { get; init; } = true;

    /// <inheritdoc/>
    public override bool KeepsSamples => KeepEmpty;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Names.IsEmpty && Ids.IsEmpty && Where is null)
            yield return "'names', 'ids' or 'where' must name at least one category";
        if (Where is not null && CategoryCondition.Fault(Where) is { } fault) yield return $"'where' {fault}";
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
        if (Where is not null) kept.UnionWith(CategoryCondition.Select(Where, taxonomy));
        return kept;
    }
}
