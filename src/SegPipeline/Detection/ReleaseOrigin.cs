using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Detection;

/// <summary>What the manifest of a release tells of its formats.</summary>
internal static class ReleaseOrigin
{
    private const string Write = "write.";

    /// <summary>The formats that the writers of a release wrote, without <c>write.</c>; none when a folder is no
    /// release.</summary>
    public static IReadOnlyList<string> FormatsIn(PathLook look)
    {
        if (look.Child(ReleaseNames.Manifest.Value) is not { IsFile: true } manifest) return [];
        if (ManifestFile.FaultAtBeginning(manifest.FullPath) is not null) return [];
        try
        {
            using JsonDocument document = ManifestFile.Read(manifest.FullPath);
            return ManifestFile.Interpret(document, Formats);
        }
        catch (BadDataException)
        {
            // A manifest that cannot be read tells nothing; the files may tell all the same.
            return [];
        }
    }

    private static string[] Formats(JsonElement manifest) =>
    [
        .. manifest.GetProperty("stages").EnumerateArray().Select(s => ManifestFile.TextOf(s, "stage"))
            .Where(s => s.StartsWith(Write, StringComparison.Ordinal)).Select(s => s[Write.Length..])
            .Distinct(StringComparer.Ordinal),
    ];
}
