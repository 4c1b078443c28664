using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>Compares two releases: what they were made with, their files, and the data in these.</summary>
/// <remarks>That files are what the manifests say of them is taken for granted but for their sizes; it is for
/// <see cref="ReleaseCheck"/> to tell.</remarks>
public static class ReleaseComparison
{
    /// <summary>Files of which it is told where they begin to differ; of the others that they do.</summary>
    private const int MostLookedInto = 20;

    /// <summary>Compares releases.</summary>
    /// <param name="before">Folder of the first.</param>
    /// <param name="after">Folder of the second.</param>
    /// <param name="mostKept">How many changes of each kind are kept; all are counted.</param>
    /// <param name="cancel">Ends the comparison.</param>
    /// <exception cref="BadDataException">One of them is no release, or is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReleaseDifference Compare(
        InputPath before, InputPath after, int mostKept, CancellationToken cancel)
    {
        ReleaseFacts old = ReleaseFacts.Read(before), now = ReleaseFacts.Read(after);
        if (old.ManifestSha256 == now.ManifestSha256) return new ReleaseDifference { EqualFiles = old.Files.Count };
        FileChange[] files = LookInto([.. Files(old, now)], old, now, cancel);
        var datasets = new WrittenDatasets(old, now, files, mostKept);
        ImmutableArray<WrittenDifference> written = datasets.Compare(cancel);
        using var flow = new FlowComparison(old, now);
        return new ReleaseDifference
        {
            HasOtherManifest = true,
            Settings = [.. Settings(old, now)],
            ConfigLines = [.. LineComparison.Compare(ConfigOf(old), ConfigOf(now))],
            Flow = flow.Compare(cancel),
            Files = [.. WithOrigins(files, now.Graph ?? old.Graph, datasets.Records, flow)],
            EqualFiles = old.Files.Keys.Union(now.Files.Keys).Count() - files.Length,
            Datasets = written,
        };
    }

    private static IEnumerable<(string, string?, string?)> Settings(ReleaseFacts old, ReleaseFacts now)
    {
        var values = now.Settings.ToLookup(s => s.Name, s => s.Value, StringComparer.Ordinal);
        var names = old.Settings.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in old.Settings)
            if (values[name].FirstOrDefault() is var other && other != value) yield return (name, value, other);
        foreach (var (name, value) in now.Settings.Where(s => !names.Contains(s.Name)))
            yield return (name, null, value);
    }

    private static string[] ConfigOf(ReleaseFacts release)
    {
        string path = Path.Combine(release.Folder.FullPath, ReleaseNames.Pipeline.Value);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static IEnumerable<FileChange> Files(ReleaseFacts old, ReleaseFacts now)
    {
        foreach (string name in old.Files.Keys.Union(now.Files.Keys).Order(StringComparer.Ordinal))
        {
            FileDigest? first = old.Files.TryGetValue(name, out FileDigest a) ? a : null;
            FileDigest? second = now.Files.TryGetValue(name, out FileDigest b) ? b : null;
            if (first != second) yield return new FileChange(name, first?.SizeBytes, second?.SizeBytes);
        }
    }

    private static IEnumerable<FileChange> WithOrigins(FileChange[] files, PipelineGraph? graph,
        IReadOnlyDictionary<string, FileRecord> records, FlowComparison flow)
    {
        Dictionary<string, int> chunks = flow.ChunksOf(
            records.Values.Select(r => r.Key).ToHashSet(StringComparer.Ordinal),
            files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal));
        foreach (FileChange file in files)
        {
            FileRecord? record = records.GetValueOrDefault(file.Name);
            bool isDescription = ReleaseNames.Describes(ReleaseName.From(file.Name));
            yield return file with
            {
                Stage = graph is null || isDescription ? null : FileOrigins.StageOf(graph, file.Name),
                Chunk = chunks.TryGetValue(file.Name, out int chunk) || chunks.TryGetValue(record?.Key ?? "", out chunk)
                    ? chunk
                    : null,
                Record = record,
            };
        }
    }

    // The description of a release differs wherever anything does.
    private static FileChange[] LookInto(
        FileChange[] files, ReleaseFacts old, ReleaseFacts now, CancellationToken cancel)
    {
        int left = MostLookedInto;
        return [.. files.Select(file => file is { BytesBefore: not null, BytesAfter: not null } && left-- > 0
            ? file with
            {
                First = FileComparison.Compare(Path.Combine(old.Folder.FullPath, file.Name),
                    Path.Combine(now.Folder.FullPath, file.Name), cancel),
            }
            : file)];
    }
}
