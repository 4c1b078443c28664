using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>What <c>MANIFEST.json</c> of a finished release says about its files.</summary>
internal static class ManifestFile
{
    /// <summary>First member of every manifest: it tells ours from a file that only has the same name.</summary>
    public const string Marker = "segpipe_manifest";

    /// <summary>Version of the manifest's own format.</summary>
    public const int FormatVersion = 1;

    /// <summary>Reads the list of files.</summary>
    /// <param name="path">The manifest.</param>
    /// <exception cref="BadDataException">It is missing, not JSON, or not a manifest of ours.</exception>
    public static List<(ReleaseName Name, FileDigest Digest)> ReadFiles(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            if (!document.RootElement.TryGetProperty(Marker, out JsonElement version))
                throw Damaged($"the member '{Marker}' is missing, so this is no manifest of a release");
            if (version.GetInt32() != FormatVersion)
                throw Damaged($"the manifest has format {version}, this version of segpipe knows {FormatVersion}");
            return [.. document.RootElement.GetProperty("files").EnumerateArray().Select(ReadFile)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged("the manifest cannot be read: " + e.Message);
        }
    }

    private static (ReleaseName, FileDigest) ReadFile(JsonElement file)
    {
        string name = file.GetProperty("name").GetString() ?? "";
        if (!ReleaseName.TryParse(name, null, out ReleaseName good))
            throw Damaged($"the file name '{name}' cannot be one of a release");
        return (good, new FileDigest(
            file.GetProperty("bytes").GetInt64(), file.GetProperty("sha256").GetString() ?? ""));
    }

    private static BadDataException Damaged(string message) =>
        new(new Problem("MANIFEST_DAMAGED", message)
        {
            File = ReleaseNames.Manifest.Value,
            Remedy = "fetch the release again, or run the pipeline again",
        });
}
