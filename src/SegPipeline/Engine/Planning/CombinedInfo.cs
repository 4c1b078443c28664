using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Engine.Planning;

/// <summary>What is known about several datasets that flow into one stage.</summary>
internal static class CombinedInfo
{
    /// <summary>Combines what is known about datasets that are used as one.</summary>
    /// <param name="infos">The datasets, at least one.</param>
    /// <param name="warn">Told what is left out.</param>
    /// <exception cref="BadDataException">They cannot be used as one.</exception>
    public static DatasetInfo Of(IReadOnlyList<DatasetInfo> infos, Action<string> warn)
    {
        DatasetInfo first = infos[0];
        if (infos.All(info => info == first)) return first;
        if (infos.Any(info => info.Kind != first.Kind))
            throw new BadDataException(new Problem("KINDS_MIXED", "some inputs of the stage are images, others videos")
            {
                Remedy = "make them one kind before they meet, with to_frames or to_video",
            });
        if (infos.Any(info => !info.Document.SequenceEqual(first.Document)))
            warn("of the members at the top of the inputs' files, only those of the first input are kept");
        return first with
        {
            Taxonomy = Union([.. infos.Select(info => info.Taxonomy)]),
            IsResults = infos.All(info => info.IsResults),
        };
    }

    /// <summary>What is known about rejected samples, which may come from any of the datasets.</summary>
    public static DatasetInfo OfAnything(IReadOnlyList<DatasetInfo> infos) =>
        infos.Count > 0 && infos.All(info => info == infos[0])
            ? infos[0]
            : new DatasetInfo { Kind = infos.Count > 0 ? infos[0].Kind : SampleKind.Image };

    private static Taxonomy Union(IReadOnlyList<Taxonomy> taxonomies)
    {
        var categories = ImmutableArray.CreateBuilder<Category>();
        var known = new Dictionary<RecordId, Category>();
        foreach (Category category in taxonomies.SelectMany(t => t.Categories))
        {
            if (known.TryAdd(category.Id, category)) categories.Add(category);
            else if (known[category.Id].Name != category.Name) throw Clash(known[category.Id], category);
        }
        return new Taxonomy(categories.ToImmutable(), taxonomies.Any(t => t.IsDeclared));
    }

    private static BadDataException Clash(Category one, Category other) =>
        new(new Problem("TAXONOMY_CLASH",
            $"category {one.Id} is '{one.Name}' in one input of the stage and '{other.Name}' in another")
        {
            Remedy = "bring the inputs to one taxonomy with map_categories, or use merge",
        });
}
