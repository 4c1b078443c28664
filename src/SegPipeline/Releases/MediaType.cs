namespace SegPipeline.Releases;

/// <summary>The media types of the files that releases hold, by the ends of their names.</summary>
/// <remarks>As registered with IANA; Parquet has no registered one that tools agree on, so it has the one of Hugging
/// Face's own descriptions.</remarks>
internal static class MediaType
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".bmp"] = "image/bmp",
        [".csv"] = "text/csv",
        [".gif"] = "image/gif",
        [".html"] = "text/html",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".json"] = "application/json",
        [".jsonl"] = "application/jsonl",
        [".md"] = "text/markdown",
        [".parquet"] = "application/x-parquet",
        [".png"] = "image/png",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".txt"] = "text/plain",
        [".webp"] = "image/webp",
        [".xml"] = "application/xml",
        [".yaml"] = "application/yaml",
    };

    /// <summary>The media type of a file; that of any bytes when the end of its name is not known.</summary>
    public static string Of(string name) =>
        Known.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");

    /// <summary>True of the media types of pictures.</summary>
    public static bool IsPicture(string type) => type.StartsWith("image/", StringComparison.Ordinal);
}
