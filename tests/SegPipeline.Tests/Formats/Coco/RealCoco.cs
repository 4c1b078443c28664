using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

/// <summary>The COCO files among the real data.</summary>
internal static class RealCoco
{
    /// <summary>Files with images and annotations, relative to the folder of real data.</summary>
    public static IEnumerable<string> Files => Below("coco").Where(f => !IsResults(f) && !IsVocabulary(f));

    /// <summary>Lists of results.</summary>
    public static IEnumerable<string> Results => Below("coco").Concat(Below("coco-results")).Where(IsResults);

    /// <summary>The file that has the images of the lists of results.</summary>
    public const string GroundTruth = "coco/coco-val2014-100-gt-and-results/instances_val2014_100.json";

    private static bool IsResults(string name) => name.EndsWith("_results.json", StringComparison.Ordinal);

    private static bool IsVocabulary(string name) => name.EndsWith("coco_to_synset.json", StringComparison.Ordinal);

    private static IEnumerable<string> Below(string folder) => SharedData.Data is null
        ? []
        : Directory.EnumerateFiles(Path.Combine(SharedData.Data, folder), "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SharedData.Data, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
