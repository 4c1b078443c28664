using SegPipeline.Detection;
using SegPipeline.Formats.KaggleRle;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Cli;

/// <summary>What is in a dataset, told so that datasets of different formats can be held against each other: of each
/// picture with objects its masks, each with its category where the format knows any.</summary>
internal static class ConvertedContent
{
    /// <summary>What two formats can both say.</summary>
    /// <param name="Categories">Whether both tell categories.</param>
    /// <param name="Objects">Whether both tell objects of one category apart.</param>
    internal readonly record struct Common(bool Categories, bool Objects);

    private static readonly string[] WithoutCategories = ["palette", "kaggle_masks"];

    /// <summary>What two formats can both say.</summary>
    public static Common Of(string first, string second) => new(
        !WithoutCategories.Contains(first) && !WithoutCategories.Contains(second),
        first != "label_maps" && second != "label_maps");

    /// <summary>The content of a dataset: a line for each mask, of pictures in the order of their names.</summary>
    public static string[] Read(string path, Common common)
    {
        Reader reader = DatasetDetection.Detect(path).Best().Reader!;
        if (reader is KaggleRleReader rle)
            reader = rle with { Height = ConvertibleDatasets.HeightPx, Width = ConvertibleDatasets.WidthPx };
        using OpenDataset dataset = reader.Open(new StageContext("read", 0));
        var lines = new List<string>();
        for (int i = 0; i < dataset.Plan.Count; i++)
            lines.AddRange(Lines(dataset.Read(i), dataset.Info.Taxonomy, common));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Lines(Sample sample, Taxonomy taxonomy, Common common)
    {
        for (int frame = 0; frame < sample.Frames.Length; frame++)
        {
            var masks = new List<(string Category, Mask Mask)>();
            foreach (Instance instance in sample.Instances)
                if (instance.MaskOf(instance.ShapesIn(sample)[frame], sample, frame) is { IsEmpty: false } mask)
                    masks.Add((common.Categories ? taxonomy.Find(instance.CategoryId!.Value)!.Name! : "", mask));
            IEnumerable<(string Category, Mask Mask)> told = common.Objects ? masks
                : masks.GroupBy(m => m.Category).Select(g => (g.Key, MaskSets.Union([.. g.Select(m => m.Mask)])));
            foreach ((string category, Mask mask) in told)
                yield return $"{NameOf(sample, frame)} {category} {mask.ToCanonical().ToCocoString()}";
        }
    }

    // Formats name pictures with or without folders and extensions.
    private static string NameOf(Sample sample, int frame)
    {
        string name = sample.Kind == SampleKind.Video ? sample.Frames[frame].Name : sample.Key;
        string stem = Path.ChangeExtension(name, null).Replace('/', '_');
        if (stem.EndsWith("_im", StringComparison.Ordinal)) return stem[..^"_im".Length];
        string[] sides = stem.Split("_images_");
        return sides.Length == 2 && sides[0] == sides[1] ? sides[0] : stem;
    }
}
