using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>What the manifest of a release says.</summary>
/// <param name="Folder">The release, as the user named it and in full.</param>
/// <param name="ManifestSha256">Digest of the manifest: releases of which it is the same are the same.</param>
/// <param name="Settings">What it was made with: name, value.</param>
/// <param name="Files">Its files by name, the manifest and the checksums left out.</param>
internal sealed record ReleaseFacts(
    InputPath Folder, string ManifestSha256, ImmutableArray<(string Name, string Value)> Settings,
    SortedDictionary<string, FileDigest> Files)
{
    /// <summary>The input files: the reader, the name, the SHA-256.</summary>
    public ImmutableArray<(string Stage, string Name, string Sha256)> Inputs { get; init; } = [];

    /// <summary>The graph as its <c>pipeline.yaml</c> tells; null when that cannot be read.</summary>
    public PipelineGraph? Graph => _graph.Value;

    private readonly Lazy<PipelineGraph?> _graph = new(() => GraphOf(Folder));

    private const int DigitsShown = 12;

    /// <summary>Reads the manifest of a release, and looks whether the files are there in their sizes.</summary>
    /// <exception cref="BadDataException">There is no release, it is damaged, or files are missing.</exception>
    public static ReleaseFacts Read(InputPath folder)
    {
        string path = Path.Combine(folder.FullPath, ReleaseNames.Manifest.Value);
        if (!File.Exists(path))
            throw new BadDataException(new Problem("NO_RELEASE", $"there is no {ReleaseNames.Manifest} in it")
            {
                File = folder.Text,
                Remedy = "name the folder of a release",
            });
        var files = new SortedDictionary<string, FileDigest>(StringComparer.Ordinal);
        foreach (var (name, digest) in ManifestFile.ReadFiles(path)) files[name.Value] = digest;
        CheckSizes(folder, files);
        using JsonDocument manifest = ManifestFile.Read(path);
        return new ReleaseFacts(folder, FileDigest.OfFile(path).Sha256,
            [.. ManifestFile.Interpret(manifest, root => SettingsOf(root).ToArray())], files)
        {
            Inputs = [.. ManifestFile.Interpret(manifest, root => InputsOf(root).ToArray())],
        };
    }

    // Where its inputs lay does not matter now.
    private static PipelineGraph? GraphOf(InputPath folder) => PipelineFile.Load(
        Path.Combine(folder.FullPath, ReleaseNames.Pipeline.Value),
        new LoadOptions { Environment = _ => "unknown" }).Graph;

    private static IEnumerable<(string, string, string)> InputsOf(JsonElement manifest) =>
        manifest.GetProperty("inputs").EnumerateArray().Select(input => (input.GetProperty("stage").GetString()!,
            input.GetProperty("file").GetString()!, input.GetProperty("sha256").GetString()!));

    private static void CheckSizes(InputPath folder, SortedDictionary<string, FileDigest> files)
    {
        var wrong = from file in files
                    let found = new FileInfo(Path.Combine(folder.FullPath, file.Key))
                    where !found.Exists || (found.LinkTarget is null && found.Length != file.Value.SizeBytes)
                    select new Problem("FILE_CHANGED", found.Exists
                        ? $"expected {file.Value.SizeBytes} bytes, found {found.Length}"
                        : "the file is missing")
                    {
                        File = Path.Combine(folder.Text, file.Key),
                        Remedy = "see 'segpipe verify' for all that is wrong; fetch the release again",
                    };
        Problem[] problems = [.. wrong.Take(10)];
        if (problems.Length > 0) throw new BadDataException(problems);
    }

    private static IEnumerable<(string, string)> SettingsOf(JsonElement manifest)
    {
        JsonElement pipeline = manifest.GetProperty("pipeline"), tool = manifest.GetProperty("tool");
        yield return ("pipeline", ManifestFile.TextOf(pipeline, "name"));
        yield return ("seed", pipeline.GetProperty("seed").GetRawText());
        yield return ("segpipe", ManifestFile.TextOf(tool, "version") +
            (tool.TryGetProperty("commit", out _) ? $" ({Short(ManifestFile.TextOf(tool, "commit"))})" : ""));
        foreach (JsonProperty parameter in pipeline.GetProperty("params").EnumerateObject())
            yield return ("param " + parameter.Name, parameter.Value.ToString());
        foreach (JsonElement stage in manifest.GetProperty("stages").EnumerateArray())
            yield return ("stage " + ManifestFile.TextOf(stage, "name"), ManifestFile.TextOf(stage, "stage"));
        foreach (JsonElement input in manifest.GetProperty("inputs").EnumerateArray())
            yield return ($"input of {ManifestFile.TextOf(input, "stage")} {ManifestFile.TextOf(input, "file")}",
                $"SHA-256 {Short(ManifestFile.TextOf(input, "sha256"))}...");
    }

    private static string Short(string digest) => digest[..Math.Min(DigitsShown, digest.Length)];
}
