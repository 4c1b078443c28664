using SegPipeline.Model;

namespace SegPipeline.Reports;

/// <summary>Categories as people know them.</summary>
internal static class CategoryNames
{
    /// <summary>What is said of instances without a category.</summary>
    public const string None = "(no category)";

    /// <summary>The name of a category; its id where it has no name.</summary>
    public static string Of(DatasetInfo info, RecordId? id)
    {
        if (id is not { } known) return None;
        return info.Taxonomy.Find(known)?.Name is { Length: > 0 } name ? name : $"category {known}";
    }

    /// <summary>The names of all categories of a dataset, by id.</summary>
    public static Dictionary<RecordId, string> Of(DatasetInfo info)
    {
        var names = new Dictionary<RecordId, string>();
        foreach (Category category in info.Taxonomy.Categories)
            names.TryAdd(category.Id, category.Name is { Length: > 0 } name ? name : $"category {category.Id}");
        return names;
    }
}
