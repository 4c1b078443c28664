using System.Security.Cryptography;
using System.Text;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>
/// A digest over what decides a release: this program's version, the config, the parameters, and all files behind the
/// paths that the pipeline names, those in folders too. Equal digests mean that a run would make the same release.
/// </summary>
internal static class InputsDigest
{
    private static readonly EnumerationOptions WholeTree = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = true,
    };

    /// <summary>Takes the digest.</summary>
    /// <param name="pipeline">A pipeline without problems.</param>
    /// <param name="compare">What stands for a file: its size and time of change, or its bytes.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>SHA-256 in hexadecimal; null when a file cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string? Of(LoadedPipeline pipeline, CompareBy compare, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        Add(Segpipe.Version);
        Add(pipeline.ConfigDigest);
        foreach (PipelineParameter parameter in pipeline.Parameters) Add($"{parameter.Name}={parameter.Recorded}");
        List<FileInfo> files = [.. FilesOf(pipeline)];
        FoundDigest[] digests = compare == CompareBy.Content
            ? FileDigests.Of([.. files.Select(f => f.FullName)], stop)
            : [];
        if (Array.Exists(digests, d => d.Digest is null)) return null;
        for (int i = 0; i < files.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            Add($"{files[i].FullName}\0" + (compare == CompareBy.Content
                ? digests[i].Digest!.Value.Sha256
                : $"{files[i].Length} {HistoryText.Of(files[i].LastWriteTimeUtc)}"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<FileInfo> FilesOf(LoadedPipeline pipeline) => pipeline.InputPaths
        .SelectMany(p => p.IsPattern ? PathPattern.Expand(p.Path.FullPath) : [p.Path.FullPath])
        .Distinct(StringComparer.Ordinal)
        .SelectMany(FilesAt)
        .Select(FileItself)
        .Where(file => file.Exists);

    private static IEnumerable<FileInfo> FilesAt(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", WholeTree).OrderBy(f => f.FullName, StringComparer.Ordinal)
        : [new FileInfo(path)];

    /// <summary>The file that a link leads to: the link has a size and a time of its own.</summary>
    private static FileInfo FileItself(FileInfo file) => file.LinkTarget is null
        ? file
        : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
}
