using SegPipeline.Model;

namespace SegPipeline.Comparison;

/// <summary>
/// Which category of one taxonomy is which of another: the one of the same name; where there is none, the one of the
/// same id, which was renamed then.
/// </summary>
internal sealed class CategoryPairs
{
    private readonly Dictionary<RecordId, Category> _before = [];
    private readonly Dictionary<RecordId, Category> _after = [];
    private readonly Dictionary<RecordId, RecordId> _pairs = [];

    /// <summary>Pairs two taxonomies.</summary>
    public CategoryPairs(Taxonomy before, Taxonomy after)
    {
        foreach (Category category in before.Categories) _before.TryAdd(category.Id, category);
        foreach (Category category in after.Categories) _after.TryAdd(category.Id, category);
        var byName = after.Categories.Where(c => c.Name is not null)
            .GroupBy(c => c.Name!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
        var namesBefore = before.Categories.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (Category old in _before.Values)
        {
            Category? same = _after.GetValueOrDefault(old.Id);
            if (same is not null && same.Name == old.Name) _pairs[old.Id] = old.Id;
            else if (old.Name is not null && byName.TryGetValue(old.Name, out RecordId id)) _pairs[old.Id] = id;
            else if (same is not null && !namesBefore.Contains(same.Name)) _pairs[old.Id] = old.Id;
        }
        KeepIds = _pairs.All(pair => pair.Key == pair.Value) && _pairs.Count == _before.Count;
    }

    /// <summary>True when every id of the first taxonomy means the same in the second.</summary>
    public bool KeepIds { get; }

    /// <summary>Whether an instance has the same category in both.</summary>
    public bool AreSame(RecordId? before, RecordId? after) => before is { } old
        ? after == (_pairs.TryGetValue(old, out RecordId now) ? now : _before.ContainsKey(old) ? null : old)
        : after is null;

    /// <summary>What to call a category of the first taxonomy.</summary>
    public string NameBefore(RecordId? id) => NameIn(_before, id);

    /// <summary>What to call a category of the second taxonomy.</summary>
    public string NameAfter(RecordId? id) => NameIn(_after, id);

    /// <summary>What is different about the taxonomies, a sentence each.</summary>
    public IEnumerable<string> Differences()
    {
        foreach (Category old in _before.Values)
        {
            if (!_pairs.TryGetValue(old.Id, out RecordId id))
                yield return $"category {Described(old)} removed";
            else if (id != old.Id)
                yield return $"category {Described(old)} has the id {id} now";
            else if (_after[id].Name != old.Name)
                yield return $"category {Described(old)} is called '{_after[id].Name}' now";
            else if (_after[id].Supercategory != old.Supercategory)
                yield return $"category {Described(old)} has the supercategory '{_after[id].Supercategory}' now, " +
                    $"it was '{old.Supercategory}'";
        }
        var paired = _pairs.Values.ToHashSet();
        foreach (Category added in _after.Values.Where(c => !paired.Contains(c.Id)))
            yield return $"category {Described(added)} added";
    }

    private static string Described(Category category) =>
        category.Name is null ? $"{category.Id}" : $"'{category.Name}' ({category.Id})";

    private static string NameIn(Dictionary<RecordId, Category> categories, RecordId? id) => id is { } known
        ? categories.GetValueOrDefault(known)?.Name ?? known.JsonText
        : "(no category)";
}
