using System.Text.Json;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Model;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>Reads the figures of a release from its manifest.</summary>
internal static class ManifestFigures
{
    /// <summary>Reads them.</summary>
    /// <exception cref="BadDataException">The manifest is missing or damaged.</exception>
    public static ReleaseFigures Read(string releaseFolder)
    {
        string path = Path.Combine(releaseFolder, ReleaseNames.Manifest.Value);
        using JsonDocument manifest = ManifestFile.Read(path);
        string sha256 = FileDigest.OfFile(path).Sha256;
        return ManifestFile.Interpret(manifest, root => Figures(sha256, root.GetProperty("files")));
    }

    private static ReleaseFigures Figures(string sha256, JsonElement files)
    {
        long count = 0, bytes = 0;
        var records = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (JsonElement file in files.EnumerateArray())
        {
            count++;
            bytes += file.GetProperty("bytes").GetInt64();
            if (!file.TryGetProperty("records", out JsonElement kinds)) continue;
            foreach (JsonProperty kind in kinds.EnumerateObject())
                records[kind.Name] = records.GetValueOrDefault(kind.Name) + kind.Value.GetInt64();
        }
        return new ReleaseFigures(sha256, count, bytes, JsonSerializer.Serialize(records));
    }
}
