using SegPipeline.Model;

namespace SegPipeline.Viewer.Entries;

/// <summary>A category that the page lists.</summary>
/// <param name="Name">What it is called: its name, or its id where it has none.</param>
/// <param name="Supercategory">Its supercategory; null when it has none.</param>
internal sealed record ListedCategory(string Name, string? Supercategory);

/// <summary>The categories of one or two datasets under one numbering: those of one name are one.</summary>
internal sealed class CategoryList
{
    private readonly Dictionary<RecordId, int>[] _numbers;

    /// <summary>Numbers the categories of taxonomies.</summary>
    public CategoryList(IReadOnlyList<Taxonomy> taxonomies)
    {
        var listed = new List<ListedCategory>();
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        _numbers = new Dictionary<RecordId, int>[taxonomies.Count];
        for (int side = 0; side < taxonomies.Count; side++)
        {
            _numbers[side] = [];
            foreach (Category category in taxonomies[side].Categories)
            {
                string name = category.Name ?? category.Id.JsonText;
                if (!byName.TryGetValue(name, out int number))
                {
                    byName[name] = number = listed.Count;
                    listed.Add(new ListedCategory(name, category.Supercategory));
                }
                _numbers[side].TryAdd(category.Id, number);
            }
        }
        Listed = listed;
    }

    /// <summary>Number of an instance that has no category, or one that its dataset does not list.</summary>
    public const int None = -1;

    /// <summary>The categories, by number.</summary>
    public IReadOnlyList<ListedCategory> Listed { get; }

    /// <summary>Number of a category of a dataset.</summary>
    public int NumberOf(int side, RecordId? id) =>
        id is { } known && _numbers[side].TryGetValue(known, out int number) ? number : None;
}
