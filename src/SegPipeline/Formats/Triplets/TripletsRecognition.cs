using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Triplets;

/// <summary>Knows folders of triplets by the ends of their names.</summary>
internal static class TripletsRecognition
{
    private static readonly string[] Taxonomies = ["classes.csv", "classes.yaml", "objectInfo150.csv"];

    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        string[] truths = [.. With(look, "_gt.png")], judged = [.. With(look, "_seg.png")];
        string[] pictures = [.. With(look, "_im.jpg"), .. With(look, "_im.png")];
        if (truths.Length + judged.Length == 0) yield break;
        string[] named = [.. truths.Concat(judged).Distinct(StringComparer.Ordinal)];
        PathLook? taxonomy = new[] { look, look.Parent }.OfType<PathLook>()
            .SelectMany(folder => Taxonomies.Select(folder.Child)).OfType<PathLook>().FirstOrDefault();
        bool isNumbered = named.All(n => TripletName.LayoutOf(n) != TripletLayout.Big);
        bool tellsClasses = isNumbered || named.All(n => new ClassWords(VocClasses.Voc).Find(n) is not null);
        string marks = string.Join(", ", new[] { (pictures, "_im"), (truths, "_gt"), (judged, "_seg") }
            .Where(m => m.Item1.Length > 0).Select(m => m.Item2));
        var reader = new TripletsReader
        {
            Root = look.ToInput(),
            Taxonomy = taxonomy?.ToInput(),
            Category = taxonomy is null && !tellsClasses ? "object" : null,
            // Several objects share a photo; taken one by one they would be images of the same name.
            Samples = isNumbered ? TripletSamples.Photos : TripletSamples.Objects,
        };
        // Masks without a truth to be held against are what the folder is about.
        if (truths.Length == 0) reader = reader with { GtSuffix = reader.SegSuffix, SegSuffix = reader.GtSuffix };
        yield return new Recognition(
            reader, pictures.Intersect(named).Any() ? Certainty.Sure : Certainty.Likely, $"names that end in {marks}");
    }

    private static IEnumerable<string> With(PathLook look, string end) =>
        look.Files.Where(f => f.EndsWith(end, StringComparison.OrdinalIgnoreCase)).Select(f => f[..^end.Length]);
}
