using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What the left side of a category map names.</summary>
public enum MapBy
{
    /// <summary>Names of categories; upper and lower case differ, blanks at the ends do not count.</summary>
    Name,

    /// <summary>Names of categories, in any case.</summary>
    NameInAnyCase,

    /// <summary>Ids of categories.</summary>
    Id,

    /// <summary>WordNet synsets of categories, as LVIS gives them: <c>dog.n.01</c>.</summary>
    Synset,
}

/// <summary>What becomes of categories that no rule names.</summary>
public enum Unmatched
{
    /// <summary>They are an error.</summary>
    Fail,

    /// <summary>They stay as they are.</summary>
    Keep,

    /// <summary>Their instances are dropped.</summary>
    Drop,

    /// <summary>They all become the category that <c>other</c> names.</summary>
    Other,
}

/// <summary>
/// Gives instances other categories: many can become one. That every category has a rule is checked before anything
/// runs; rules that the dataset has no category for are warned of. The list of categories becomes that of the new ones
/// in the order of the rules, then those kept. A category that has the name of a new one and no rule is that one.
/// </summary>
/// <example>coarse: { map_categories: { map: { cat: animal, dog: animal, car: vehicle }, unmatched: drop } }</example>
[Stage("map_categories")]
public sealed record MapCategories : Transform
{
    /// <summary>The rules: category before, name of the category after.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>A file with more rules: YAML or JSON, one map like <c>map</c>; or CSV (<c>.csv</c>) whose first row
    /// names the columns <c>from</c> and <c>to</c>.</summary>
    public InputPath? File { get; init; }

    /// <summary>What the left side of the rules names.</summary>
    public MapBy By { get; init; }

    /// <summary>
    /// Ids of new categories by name. One not listed keeps the id that a category of its name has in the dataset, or
    /// else gets the next number above the largest id.
    /// </summary>
    public IReadOnlyDictionary<string, RecordId> Ids { get; init; } = new Dictionary<string, RecordId>();

    /// <summary>What becomes of categories that no rule names, and of instances without a known category.</summary>
    public Unmatched Unmatched { get; init; }

    /// <summary>For <c>unmatched: other</c>: name of the category that they become.</summary>
    public string? Other { get; init; }

    /// <summary>Whether a sample that has no instances behind this stage goes on; if not, it is dropped.</summary>
    public bool KeepEmpty { get; init; } = true;

    /// <inheritdoc/>
    public override bool KeepsSamples => KeepEmpty;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Map.Count == 0 && File is null) yield return "'map' or 'file' must give at least one rule";
        if (Unmatched == Unmatched.Other != Other is not null)
            yield return "'other' and 'unmatched: other' need each other";
        foreach (var twice in Ids.GroupBy(id => id.Value).Where(group => group.Count() > 1))
            yield return $"'ids' gives {string.Join(" and ", twice.Select(id => $"'{id.Key}'"))} one id, {twice.Key}";
    }

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) =>
        input with { Taxonomy = CategoryMap.Compile(this, input.Taxonomy).Target };

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        CategoryMap map = CategoryMap.Compile(this, input.Taxonomy);
        foreach (string sentence in map.Doubts) context.Warn(sentence);
        return (sample, output) =>
        {
            var mapped = ImmutableArray.CreateBuilder<Instance>(sample.Instances.Length);
            foreach (Instance instance in sample.Instances)
                if (Apply(map, instance, sample, output) is { } result) mapped.Add(result);
            if (mapped.Count == 0 && !KeepEmpty)
            {
                output.DropSample("empty");
                return;
            }
            output.Count(Tally.InstancesDropped, "unmatched category", sample.Instances.Length - mapped.Count);
            output.Emit(sample with { Instances = mapped.DrainToImmutable() });
        };
    }

    private static Instance? Apply(CategoryMap map, Instance instance, Sample sample, StageOutput output)
    {
        MappedCategory mapped = map.Find(instance.CategoryId) ?? throw new BadDataException(
            new Problem("CATEGORY_UNMATCHED", instance.CategoryId is { } id
                ? $"there is no rule for category {id}, which the dataset does not list"
                : "there is no rule for instances without a category")
            {
                Remedy = "set 'unmatched'",
            }).At(instance, sample);
        if (mapped.Note is not null) output.Count(Tally.Note, mapped.Note, 1);
        if (mapped.IsDropped) return null;
        return mapped.Target is { } target && target != instance.CategoryId
            ? instance with { CategoryId = target }
            : instance;
    }
}
