using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>The new categories that a category map makes, with their ids.</summary>
internal sealed class CategoryTargets
{
    private readonly Dictionary<string, RecordId> _ids = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    private CategoryTargets(MapCategories stage, ImmutableArray<string> names, Taxonomy taxonomy)
    {
        var free = new RecordId(LargestOf([.. taxonomy.Categories.Select(c => c.Id), .. stage.Ids.Values]));
        var categories = ImmutableArray.CreateBuilder<Category>();
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            Category? same = taxonomy.Categories.FirstOrDefault(c => c.Name?.Trim() == name);
            if (!stage.Ids.TryGetValue(name, out RecordId id))
                id = same?.Id ?? (free = new RecordId(free.Number + 1));
            _ids.Add(name, id);
            categories.Add(same?.Id == id ? same : new Category(id, name, same?.Supercategory));
        }
        Categories = categories.ToImmutable();
        FindFaults(stage);
    }

    /// <summary>The new categories, in the order of the rules.</summary>
    public ImmutableArray<Category> Categories { get; }

    /// <summary>What is wrong with their ids.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The new categories of a stage.</summary>
    public static CategoryTargets Of(MapCategories stage, CategoryRules rules, Taxonomy taxonomy) =>
        new(stage, stage.Other is null ? rules.Targets : rules.Targets.Add(stage.Other), taxonomy);

    /// <summary>The id of a new category.</summary>
    public RecordId IdOf(string name) => _ids[name];

    /// <summary>The name of the new category that a category of the dataset has the name of; null when none.</summary>
    public string? NameLike(Category category) =>
        category.Name?.Trim() is { } name && _ids.ContainsKey(name) ? name : null;

    private static long LargestOf(IEnumerable<RecordId> ids) =>
        ids.Where(id => id.IsInteger).Select(id => id.Number).Append(0).Max();

    private void FindFaults(MapCategories stage)
    {
        foreach (string name in stage.Ids.Keys.Where(name => !_ids.ContainsKey(name)))
            _problems.Add(new Problem("CATEGORY_UNKNOWN", $"'ids' names '{name}', which no rule makes")
            {
                Remedy = Stages.DidYouMean.HintOrList(name, [.. _ids.Keys]),
            });
        foreach (var twice in Categories.GroupBy(c => c.Id).Where(group => group.Count() > 1))
            _problems.Add(new Problem("CATEGORY_ID_TAKEN",
                $"the new categories {string.Join(" and ", twice.Select(c => $"'{c.Name}'"))} have one id, {twice.Key}")
            {
                Remedy = "give one of them another id under 'ids'",
            });
    }
}
