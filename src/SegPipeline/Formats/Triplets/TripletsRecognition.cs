using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Triplets;

/// <summary>Knows folders of triplets by the ends of their names.</summary>
internal static class TripletsRecognition
{
    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        string[] truths = [.. With(look, "_gt.png")], judged = [.. With(look, "_seg.png")];
        string[] pictures = [.. With(look, "_im.jpg"), .. With(look, "_im.png")];
        if (truths.Length + judged.Length == 0) yield break;
        string[] named = [.. truths.Concat(judged).Distinct(StringComparer.Ordinal)];
        string? taxonomy = look.Files.FirstOrDefault(f => f is "classes.csv" or "classes.yaml" or "objectInfo150.csv");
        bool tellsClasses = named.All(n => TripletName.LayoutOf(n) != TripletLayout.Big) ||
            named.All(n => new ClassWords(VocClasses.Voc).Find(n) is not null);
        string marks = string.Join(", ", new[] { (pictures, "_im"), (truths, "_gt"), (judged, "_seg") }
            .Where(m => m.Item1.Length > 0).Select(m => m.Item2));
        yield return new Recognition(
            new TripletsReader
            {
                Root = look.ToInput(),
                Taxonomy = taxonomy is null ? null : look.Child(taxonomy)!.ToInput(),
                Category = taxonomy is null && !tellsClasses ? "object" : null,
            },
            pictures.Intersect(named).Any() ? Certainty.Sure : Certainty.Likely, $"names that end in {marks}");
    }

    private static IEnumerable<string> With(PathLook look, string end) =>
        look.Files.Where(f => f.EndsWith(end, StringComparison.OrdinalIgnoreCase)).Select(f => f[..^end.Length]);
}
