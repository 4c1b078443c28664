namespace SegPipeline.Cli.Converting;

/// <summary>What becomes of photos.</summary>
internal static class PhotoChoice
{
    /// <summary>The words of <c>--photos</c>.</summary>
    public static string[] Words { get; } = ["none", "copy", "hardlink", "symlink"];

    /// <summary>The key of a writer that says so, as in YAML; null when it needs none.</summary>
    public static string? Key(ConversionTarget target, string word) =>
        target.PhotoKey is null || word == "none" ? null
        : $"{target.PhotoKey}: {(target.EmbedsPhotos ? "embed" : word)}";
}
