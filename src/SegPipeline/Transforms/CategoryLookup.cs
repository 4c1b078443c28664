using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Finds the categories that a pipeline names; says of those it cannot find what might be meant.</summary>
internal sealed class CategoryLookup(Taxonomy taxonomy)
{
    private readonly List<Problem> _problems = [];

    /// <summary>The categories of a name. Blanks around names do not count; two categories can share a name.</summary>
    public IEnumerable<Category> ByName(string name)
    {
        Category[] found = [.. taxonomy.Categories.Where(c => c.Name is not null && c.Name.Trim() == name.Trim())];
        if (found.Length == 0) ReportUnknownName(name);
        return found;
    }

    /// <summary>The same id, which must be that of a category if the dataset lists its categories.</summary>
    public RecordId ById(RecordId id)
    {
        if (taxonomy.IsDeclared && taxonomy.Find(id) is null)
            _problems.Add(new Problem("CATEGORY_UNKNOWN", $"the dataset has no category with id {id}")
            {
                Remedy = "its " + Counted.Of(taxonomy.Categories.Length, "category has", "categories have") +
                    $" the ids {Some(c => c.Id.JsonText)}",
            });
        return id;
    }

    /// <summary>Ends the lookup: fails with everything that was not found.</summary>
    /// <exception cref="BadDataException">Something was not found.</exception>
    public void ThrowIfUnknown()
    {
        if (_problems.Count > 0) throw new BadDataException(_problems);
    }

    private void ReportUnknownName(string name)
    {
        string[] names = [.. taxonomy.Categories.Where(c => c.Name is not null).Select(c => c.Name!.Trim())];
        _problems.Add(taxonomy.IsDeclared
            ? new Problem("CATEGORY_UNKNOWN", $"the dataset has no category named '{name}'")
            {
                Remedy = DidYouMean.Hint(name.Trim(), names) ??
                    $"its {names.Length} named categories are {Some(c => c.Name?.Trim())}",
            }
            : new Problem("CATEGORIES_UNDECLARED", $"the dataset has no list of categories, so '{name}' names nothing")
            {
                Remedy = "name categories by id",
            });
    }

    private string Some(Func<Category, string?> text)
    {
        string[] all = [.. taxonomy.Categories.Select(text).OfType<string>()];
        return string.Join(", ", all.Take(8)) + (all.Length > 8 ? ", ..." : "");
    }
}
