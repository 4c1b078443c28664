using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What becomes of the instances of one category.</summary>
/// <param name="Target">Their new category; null when they keep theirs or are dropped.</param>
/// <param name="IsDropped">True when they are dropped.</param>
/// <param name="Note">Under which words the ledger counts them; null when nothing becomes of them.</param>
internal sealed record MappedCategory(RecordId? Target, bool IsDropped = false, string? Note = null);

/// <summary>A category map, applied to the categories of a dataset.</summary>
internal sealed class CategoryMap
{
    private readonly Dictionary<RecordId, MappedCategory> _byId = [];
    private readonly MappedCategory? _unlisted;

    private CategoryMap(MapCategories stage, CategoryRules rules, Taxonomy taxonomy)
    {
        var targets = CategoryTargets.Of(stage, rules, taxonomy);
        var kept = ImmutableArray.CreateBuilder<Category>();
        var problems = new List<Problem>(targets.Problems);
        foreach (Category category in taxonomy.Categories)
        {
            string? name = rules.TargetOf(category) ?? targets.NameLike(category);
            if (name is null && stage.Unmatched == Unmatched.Keep) kept.Add(category);
            if (name is null && stage.Unmatched == Unmatched.Fail) problems.Add(rules.NoRuleFor(category));
            _byId.TryAdd(category.Id, Map(stage, targets, name, Shown(category)));
        }
        foreach (var (id, name) in rules.ById) _byId.TryAdd(id, Map(stage, targets, name, id.JsonText));
        foreach (Category category in kept.Where(c => targets.Categories.Any(t => t.Id == c.Id)))
            problems.Add(new Problem("CATEGORY_ID_TAKEN",
                $"category {Shown(category)} is kept and has the id {category.Id} of a new category")
            {
                Remedy = "give the new category another id under 'ids'",
            });
        if (problems.Count > 0) throw new BadDataException(problems);
        _unlisted = stage.Unmatched == Unmatched.Fail ? null : Map(stage, targets, null, "unlisted category");
        Target = new Taxonomy([.. targets.Categories, .. kept], IsDeclared: true);
        Doubts = taxonomy.IsDeclared ? rules.Unused() : [];
    }

    /// <summary>The categories behind the stage.</summary>
    public Taxonomy Target { get; }

    /// <summary>Sentences about rules that the dataset has no category for.</summary>
    public IReadOnlyList<string> Doubts { get; }

    /// <summary>Applies the rules of a stage to the categories of a dataset.</summary>
    /// <exception cref="BadDataException">A category has no rule and must have one; ids collide; the rules cannot be
    /// read, or name categories of a dataset that lists none.</exception>
    public static CategoryMap Compile(MapCategories stage, Taxonomy taxonomy) =>
        new(stage, CategoryRules.Read(stage, taxonomy), taxonomy);

    /// <summary>What becomes of instances of a category; null when that is an error.</summary>
    public MappedCategory? Find(RecordId? category) =>
        category is { } id && _byId.TryGetValue(id, out MappedCategory? mapped) ? mapped : _unlisted;

    private static MappedCategory Map(MapCategories stage, CategoryTargets targets, string? name, string shown)
    {
        name ??= stage.Unmatched == Unmatched.Other ? stage.Other : null;
        if (name is null) return new MappedCategory(null, IsDropped: stage.Unmatched == Unmatched.Drop);
        return new MappedCategory(targets.IdOf(name), Note: name == shown ? null : $"{shown} to {name}");
    }

    private static string Shown(Category category) => category.Name?.Trim() ?? category.Id.JsonText;
}
