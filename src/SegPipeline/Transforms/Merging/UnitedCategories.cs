using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Merging;

/// <summary>The categories of several datasets as one list.</summary>
/// <param name="Taxonomy">The list.</param>
/// <param name="Maps">For each dataset the ids that change.</param>
internal sealed record UnitedCategories(
    Taxonomy Taxonomy, ImmutableArray<IReadOnlyDictionary<RecordId, RecordId>> Maps)
{
    /// <summary>Unites the categories of the inputs of a merge.</summary>
    /// <exception cref="BadDataException">They contradict each other; names everything that does.</exception>
    public static UnitedCategories Of(CategoriesBy by, Taxonomy[] taxonomies, string[] names)
    {
        var union = new Union(by, taxonomies);
        for (int i = 0; i < taxonomies.Length; i++) union.Add(taxonomies[i], names[i]);
        return union.ToResult();
    }

    private sealed class Union(CategoriesBy by, Taxonomy[] taxonomies)
    {
        private readonly ImmutableArray<Category>.Builder _categories = ImmutableArray.CreateBuilder<Category>();
        private readonly Dictionary<RecordId, (Category Category, string Input)> _byId = [];
        private readonly Dictionary<string, (Category Category, string Input)> _byName = new(StringComparer.Ordinal);
        private readonly List<IReadOnlyDictionary<RecordId, RecordId>> _maps = [];
        private readonly List<Problem> _problems = [];
        private long _largest = taxonomies.SelectMany(t => t.Categories).Select(c => c.Id)
            .Where(id => id.IsInteger).Select(id => id.Number).Append(0).Max();

        public void Add(Taxonomy taxonomy, string input)
        {
            var map = new Dictionary<RecordId, RecordId>();
            if (by == CategoriesBy.Name && !taxonomy.IsDeclared)
                _problems.Add(new Problem("CATEGORIES_UNDECLARED",
                    $"input {input} has no list of categories, so that they have no names to be united by")
                { Remedy = "set categories: id" });
            foreach (Category category in taxonomy.Categories)
                if (by == CategoriesBy.Id) AddById(category, input);
                else AddByName(category, input, map);
            _maps.Add(map);
        }

        public UnitedCategories ToResult()
        {
            if (_problems.Count > 0) throw new BadDataException(_problems);
            var taxonomy = new Taxonomy(_categories.ToImmutable(), taxonomies.Any(t => t.IsDeclared));
            return new UnitedCategories(taxonomy, [.. _maps]);
        }

        private void AddById(Category category, string input)
        {
            string? name = category.Name?.Trim();
            if (_byId.TryGetValue(category.Id, out var same))
            {
                if (same.Category.Name?.Trim() != name)
                    _problems.Add(Clash($"category {category.Id} is '{same.Category.Name}' in input {same.Input} and "
                        + $"'{category.Name}' in input {input}", "map_categories, or set categories: name"));
                return;
            }
            if (name is not null && _byName.TryGetValue(name, out var other) && other.Input != input)
                _problems.Add(Clash($"category '{name}' has the id {other.Category.Id} in input {other.Input} and "
                    + $"{category.Id} in input {input}", "map_categories, or set categories: name"));
            Put(category, name, input);
        }

        private void AddByName(Category category, string input, Dictionary<RecordId, RecordId> map)
        {
            if (category.Name?.Trim() is not { } name)
            {
                _problems.Add(Clash(
                    $"category {category.Id} of input {input} has no name to be united by", "categories: id"));
                return;
            }
            if (_byName.TryGetValue(name, out var same))
            {
                if (same.Input == input)
                    _problems.Add(Clash($"input {input} has two categories named '{name}', {same.Category.Id} and "
                        + $"{category.Id}", "map_categories"));
                if (same.Category.Id != category.Id) map.Add(category.Id, same.Category.Id);
                return;
            }
            if (_byId.ContainsKey(category.Id))
            {
                var free = new RecordId(++_largest);
                map.Add(category.Id, free);
                category = category with { Id = free, SourceRecord = null };
            }
            Put(category, name, input);
        }

        private void Put(Category category, string? name, string input)
        {
            _categories.Add(category);
            _byId.Add(category.Id, (category, input));
            if (name is not null) _byName.TryAdd(name, (category, input));
        }

        private static Problem Clash(string message, string with) =>
            new("TAXONOMY_CLASH", message) { Remedy = $"bring the inputs to one taxonomy with {with}" };
    }
}
