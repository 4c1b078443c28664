using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>The ledger of a finished release, as its manifest holds it.</summary>
public static class ReleaseLedger
{
    /// <summary>Reads how many samples left each stage by each port.</summary>
    /// <param name="folder">The release folder.</param>
    /// <exception cref="BadDataException">There is no manifest, or it is damaged.</exception>
    public static IReadOnlyDictionary<(string Stage, string Port), long> SamplesByPort(string folder)
    {
        using JsonDocument manifest = ManifestFile.Read(Path.Combine(folder, ReleaseNames.Manifest.Value));
        return ManifestFile.Interpret(manifest, root =>
        {
            var counts = new Dictionary<(string, string), long>();
            foreach (JsonElement entry in root.GetProperty("ledger").EnumerateArray())
                if (entry.TryGetProperty("samples_by_port", out JsonElement ports))
                    foreach (JsonProperty port in ports.EnumerateObject())
                        counts[(entry.GetProperty("stage").GetString()!, port.Name)] = port.Value.GetInt64();
            return counts;
        });
    }
}
