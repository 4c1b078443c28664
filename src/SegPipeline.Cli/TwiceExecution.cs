using System.Collections.Immutable;
using SegPipeline.Comparison;
using SegPipeline.Engine;
using SegPipeline.Engine.Tracing;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli;

/// <summary>
/// Runs a pipeline twice, once as slowly and once as widely as can be, and publishes the release only when both have
/// made the same bytes.
/// </summary>
/// <param name="pipeline">The pipeline, free of problems.</param>
/// <param name="settings">How to run it the second time.</param>
/// <param name="clock">Tells the time for the record of the run.</param>
internal sealed class TwiceExecution(LoadedPipeline pipeline, RunSettings settings, TimeProvider clock)
{
    private const int FewestWorkers = 2;
    private const int NarrowestWindow = 16;

    private readonly RunSettings _wide = settings with
    {
        Workers = Math.Max(settings.Workers, FewestWorkers),
        Window = Math.Max(settings.Window, NarrowestWindow),
        Journal = null,
        TraceDetail = TraceDetail.Instances,
    };

    /// <summary>What the two runs had different, for the user.</summary>
    public string Settings => FormattableString.Invariant(
        $"1 worker with window 1, {_wide.Workers} workers with window {_wide.Window}");

    /// <summary>Runs it. Until all is done the release is as it was before.</summary>
    /// <param name="progress">Told how the runs come on.</param>
    /// <param name="cancel">Ends them.</param>
    /// <exception cref="RunsDifferException">They differ; nothing is published.</exception>
    public async Task<FinishedRun> RunAsync(Action<RunProgress> progress, CancellationToken cancel)
    {
        string target = pipeline.ReleaseFolder!;
        string parent = Path.GetDirectoryName(target)!, name = Path.GetFileName(target);
        string once = Path.Combine(parent, $".{name}.once");
        Directory.CreateDirectory(parent);
        try
        {
            var slowly = new PipelineExecution(
                pipeline with { ReleaseFolder = once }, _wide with { Workers = 1, Window = 1 }, clock);
            FinishedRun first = await slowly.RunAsync(progress, cancel).ConfigureAwait(false);
            using TraceFile trace = TraceFile.Open(ReleaseSiblings.TraceOf(once), first.Record.ManifestSha256)!;
            var widely = new PipelineExecution(pipeline, _wide with
            {
                Against = new TraceCheck(trace),
                Judge = (files, folder) => Judge(first, files, folder, cancel),
            }, clock);
            return await widely.RunAsync(progress, cancel).ConfigureAwait(false);
        }
        finally
        {
            if (Directory.Exists(once)) Directory.Delete(once, recursive: true);
            ReleaseSiblings.Remove(once);
            File.Delete(Path.Combine(parent, $"..{name}.once.lock"));
        }
    }

    // What describes a release differs wherever another file does, so it is told of last.
    private static void Judge(
        FinishedRun first, ImmutableArray<ReleaseFile> files, string folder, CancellationToken cancel)
    {
        var digests = first.Files.ToDictionary(f => f.Name.Value, f => f.Digest, StringComparer.Ordinal);
        ReleaseFile? other = files.OrderBy(f => ReleaseNames.Describes(f.Name) ? 1 : 0)
            .FirstOrDefault(f => !digests.Remove(f.Name.Value, out FileDigest digest) || digest != f.Digest);
        if (other is null && digests.Count == 0) return;
        if (other is null || !first.Files.Any(f => f.Name == other.Name))
            throw new RunsDifferException($"only one of them wrote {other?.Name.Value ?? digests.Keys.First()}");
        FirstDifference? place = FileComparison.Compare(
            Path.Combine(first.Folder, other.Name.Value), Path.Combine(folder, other.Name.Value), cancel);
        throw new RunsDifferException(FormattableString.Invariant(
            $"{other.Name} from byte {place?.ByteOffset ?? 0} on, though all that flowed to its writer was the same"));
    }
}
