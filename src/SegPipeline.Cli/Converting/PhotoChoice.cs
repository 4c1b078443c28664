using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Converting;

/// <summary>What becomes of photos.</summary>
internal static class PhotoChoice
{
    /// <summary>The words of <c>--photos</c>.</summary>
    public static string[] Words { get; } = ["none", "copy", "hardlink", "symlink"];

    /// <summary>The key that would give a reader its photos, where it has none: <c>images</c> or <c>frames</c>; null
    /// for one that finds them, and one whose format has none.</summary>
    public static string? MissingKey(Reader reader) => reader.FindsPhotos
        ? null
        : StageCatalog.Default.Find(StageAttribute.NameOf(reader))!.Keys.Select(k => k.Name)
            .FirstOrDefault(name => name is "images" or "frames");

    /// <summary>The key of a writer that says so, as in YAML; null when it needs none.</summary>
    public static string? Key(ConversionTarget target, string word) =>
        target.PhotoKey is null || word == "none" ? null
        : $"{target.PhotoKey}: {(target.EmbedsPhotos ? "embed" : word)}";
}
