using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Finds out whether two datasets mean the same by their categories.</summary>
internal static class SameTaxonomy
{
    /// <summary>
    /// Fails unless both datasets are of one kind and the first has every category of the second, by id and name.
    /// Blanks around names do not count. A dataset that declares no categories agrees with any.
    /// </summary>
    /// <param name="first">The dataset whose categories count.</param>
    /// <param name="second">The other one.</param>
    /// <param name="firstName">What messages call the first: <c>the original labels</c>.</param>
    /// <param name="secondName">What messages call the second.</param>
    /// <exception cref="BadDataException">They differ; names every category that does.</exception>
    public static void Check(DatasetInfo first, DatasetInfo second, string firstName, string secondName)
    {
        CheckKind(first, second, firstName, secondName);
        if (!first.Taxonomy.IsDeclared || !second.Taxonomy.IsDeclared) return;
        Problem[] problems = [.. second.Taxonomy.Categories
            .Select(category => Compare(first.Taxonomy.Find(category.Id), category, firstName, secondName))
            .OfType<Problem>()];
        if (problems.Length > 0) throw new BadDataException(problems);
    }

    /// <summary>Fails when one dataset has images and the other videos.</summary>
    public static void CheckKind(DatasetInfo first, DatasetInfo second, string firstName, string secondName)
    {
        if (first.Kind == second.Kind) return;
        throw new BadDataException(new Problem("KIND",
            $"{firstName} are {Text(first.Kind)}s, {secondName} are {Text(second.Kind)}s")
        { Remedy = "make them one kind with to_frames or to_video" });
    }

    private static Problem? Compare(Category? found, Category category, string firstName, string secondName)
    {
        const string remedy = "bring both to one taxonomy with map_categories";
        if (found is null)
            return new Problem("TAXONOMY_CLASH",
                $"{secondName} have category {category.Id} '{category.Name}', {firstName} have none with this id")
            { Remedy = remedy };
        if (string.Equals(found.Name?.Trim(), category.Name?.Trim(), StringComparison.Ordinal)) return null;
        return new Problem("TAXONOMY_CLASH",
            $"category {category.Id} is '{found.Name}' in {firstName} and '{category.Name}' in {secondName}")
        { Remedy = remedy };
    }

    private static string Text(SampleKind kind) => kind == SampleKind.Image ? "image" : "video";
}
