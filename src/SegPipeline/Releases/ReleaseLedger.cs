using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Engine;
using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>The ledger of a finished release, as its manifest holds it.</summary>
public static class ReleaseLedger
{
    /// <summary>Reads the ledger.</summary>
    /// <param name="folder">The release folder.</param>
    /// <exception cref="BadDataException">There is no manifest, or it is damaged.</exception>
    public static Ledger Read(string folder)
    {
        using JsonDocument manifest = ManifestFile.Read(Path.Combine(folder, ReleaseNames.Manifest.Value));
        return ManifestFile.Interpret(
            manifest, root => new Ledger([.. root.GetProperty("ledger").EnumerateArray().Select(Entry)]));
    }

    private static LedgerEntry Entry(JsonElement entry) => new(
        ManifestFile.TextOf(entry, "stage"),
        AccountOf(entry.GetProperty("samples")),
        AccountOf(entry.GetProperty("instances")),
        Counts(entry, "notes"))
    {
        SamplesByPort = Counts(entry, "samples_by_port"),
    };

    private static Account AccountOf(JsonElement account) => new(
        account.GetProperty("in").GetInt64(),
        account.GetProperty("out").GetInt64(),
        account.TryGetProperty("rejected", out JsonElement rejected) ? rejected.GetInt64() : 0,
        Counts(account, "dropped"),
        Counts(account, "added"));

    private static ImmutableSortedDictionary<string, long> Counts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement counts)
            ? counts.EnumerateObject().ToImmutableSortedDictionary(
                count => count.Name, count => count.Value.GetInt64(), StringComparer.Ordinal)
            : ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
}
