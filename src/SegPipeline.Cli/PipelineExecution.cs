using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SegPipeline.Engine;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Releases.Shards;
using SegPipeline.Reports.Gallery;

namespace SegPipeline.Cli;

/// <summary>What a run that came to its end made.</summary>
/// <param name="Folder">The release folder.</param>
/// <param name="Files">Its files.</param>
/// <param name="Result">What became of everything.</param>
/// <param name="Record">Times and machine.</param>
internal sealed record FinishedRun(
    string Folder, ImmutableArray<ReleaseFile> Files, RunResult Result, RunRecord Record);

/// <summary>Runs a pipeline into its release.</summary>
/// <param name="pipeline">The pipeline, free of problems.</param>
/// <param name="settings">How to run it.</param>
/// <param name="clock">Tells the time for the record of the run.</param>
internal sealed class PipelineExecution(LoadedPipeline pipeline, RunSettings settings, TimeProvider clock)
{
    private readonly PipelineGraph _graph = pipeline.Graph!;
    private readonly GalleryDrawing? _gallery = pipeline.HasReport ? new GalleryDrawing() : null;

    /// <summary>Runs it. Until all is done the release is as it was before.</summary>
    /// <param name="progress">Told how the run comes on.</param>
    /// <param name="cancel">Ends the run.</param>
    public async Task<FinishedRun> RunAsync(Action<RunProgress> progress, CancellationToken cancel)
    {
        InputVerdicts.CheckLists(_graph);
        using ReleaseFolder release = settings.Journal == JournalStart.Resume
            ? ReleaseFolder.Resume(pipeline.ReleaseFolder!, pipeline.ConfigDigest)
            : ReleaseFolder.Begin(pipeline.ReleaseFolder!, pipeline.ConfigDigest);
        using var leases = ReleaseLeases.Take(pipeline);
        release.Judge = settings.Judge;
        JournalOptions? journal = settings.Journal is { } start
            ? new JournalOptions(release.Journal, Identity()) { Start = start }
            : null;
        try
        {
            return await ReleaseAsync(release, () => PipelineRun.ExecuteAsync(
                _graph, Options(release, journal, progress), cancel), _ => { }, cancel).ConfigureAwait(false);
        }
        finally
        {
            IsResumable = release.IsResumable;
        }
    }

    /// <summary>True after a run that did not come to its end and can be resumed.</summary>
    public bool IsResumable { get; private set; }

    /// <summary>Commits what the shards of a frozen plan have made, in one release.</summary>
    /// <param name="frozen">The plan.</param>
    /// <param name="commandOf">The command line by which a user makes a shard.</param>
    /// <param name="others">Told of the folders of shards of other plans, which are left alone.</param>
    /// <param name="progress">Told how it comes on.</param>
    /// <param name="cancel">Ends it; the shards stay.</param>
    public async Task<FinishedRun> MergeAsync(PlanFile frozen, Func<Shard, string> commandOf,
        Action<IReadOnlyList<string>> others, Action<RunProgress> progress, CancellationToken cancel)
    {
        InputVerdicts.CheckLists(_graph);
        using FrozenPipeline opened = await FrozenPipeline.OpenAsync(pipeline, frozen, progress, cancel)
            .ConfigureAwait(false);
        using ReleaseFolder release = ReleaseFolder.Begin(pipeline.ReleaseFolder!, pipeline.ConfigDigest);
        using var leases = ReleaseLeases.Take(pipeline);
        using ShardSet shards = release.OpenShards(frozen.Digest);
        others(shards.OtherRoots);
        RunOptions options = Options(release, new JournalOptions(release.Journal, frozen.Identity), progress);
        FinishedRun run = await ReleaseAsync(release,
            () => ShardMerge.ExecuteAsync(opened.Plan, frozen.Plan, shards.Found(commandOf), options, cancel), inputs =>
            {
                frozen.Check(inputs);
                if (opened.Changed() is { } changed) throw changed;
            }, cancel).ConfigureAwait(false);
        shards.Remove();
        return run;
    }

    private async Task<FinishedRun> ReleaseAsync(ReleaseFolder release, Func<Task<RunResult>> execute,
        Action<ImmutableArray<InputDigest>> check, CancellationToken cancel)
    {
        DateTimeOffset started = clock.GetUtcNow();
        long startedAt = clock.GetTimestamp();
        using var digests = new InputDigests();
        digests.Begin(_graph);
        RunResult result;
        try
        {
            result = await execute().ConfigureAwait(false);
        }
        catch (BadDataException e)
        {
            throw await ExplainedAsync(e, digests, cancel).ConfigureAwait(false);
        }
        var inputs = await digests.CompleteAsync(result, cancel).ConfigureAwait(false);
        check(inputs);
        CheckedInputs judged = InputVerdicts.Check(_graph, inputs);
        result = result with { Warnings = [.. result.Warnings, .. judged.Warnings] };
        release.KeepsJournal = result.IsJournalWhole && result.Ledger.Stages.Any(s => s.Samples.Rejected > 0);
        ImmutableArray<ReleaseFile> files = release.Publish(
            Record(result, judged.Inputs) with { Gallery = _gallery?.Pictures }, cancel);
        return new FinishedRun(
            release.Target, files, result, Measure(files, started, clock.GetElapsedTime(startedAt)));
    }

    /// <summary>Adds to what is wrong with the data that a file is not the one the pipeline asks for.</summary>
    private async Task<BadDataException> ExplainedAsync(
        BadDataException failure, InputDigests digests, CancellationToken cancel)
    {
        var asked = InputVerdicts.FilesAsked(_graph);
        if (asked.IsEmpty) return failure;
        try
        {
            InputVerdicts.Check(_graph, await digests.CompleteAsync(asked, cancel).ConfigureAwait(false));
            return failure;
        }
        catch (BadDataException e)
        {
            return new BadDataException([.. failure.Problems, .. e.Problems]);
        }
    }

    private RunOptions Options(ReleaseFolder release, JournalOptions? journal, Action<RunProgress> progress) =>
        settings.Options(release, journal, release.BeginTrace(settings.TraceDetail), progress) with
        {
            Figures = _gallery is null
                ? null
                : new FigureOptions { Shown = GalleryDrawing.MostPictures, Show = _gallery.Add },
        };

    private (string, string)[] Identity() =>
    [
        ("segpipe itself", Segpipe.Version),
        ("the pipeline", pipeline.ConfigDigest),
        ("whether there is a report", pipeline.HasReport ? "yes" : "no"),
    ];

    private ReleaseRecord Record(RunResult result, ImmutableArray<InputDigest> inputs) => new()
    {
        Graph = _graph,
        Result = result,
        ResolvedYaml = pipeline.ResolvedYaml,
        ConfigDigest = pipeline.ConfigDigest,
        Tool = ToolVersion.Parse(Segpipe.Version),
        Inputs = inputs,
        Parameters = [.. pipeline.Parameters.Select(p => (p.Name, p.Recorded))],
        EnvironmentRead = [.. pipeline.EnvironmentRead.Keys],
        Card = new CardText
        {
            Title = pipeline.Metadata.Title,
            Description = pipeline.Metadata.Description ?? pipeline.Doc,
            Version = pipeline.Metadata.Version,
            Creators = pipeline.Metadata.Creators,
            Publisher = pipeline.Metadata.Publisher,
            Published = pipeline.Metadata.Published,
            Keywords = pipeline.Metadata.Keywords,
            Licence = pipeline.Metadata.License,
            Citation = pipeline.Metadata.Citation,
            Homepage = pipeline.Metadata.Homepage,
        },
    };

    private RunRecord Measure(ImmutableArray<ReleaseFile> files, DateTimeOffset started, TimeSpan wall)
    {
        using var process = Process.GetCurrentProcess();
        return new RunRecord
        {
            ManifestSha256 = files.Single(f => f.Name == ReleaseNames.Manifest).Digest.Sha256,
            Started = started,
            WallSeconds = Math.Round(wall.TotalSeconds, 3),
            CpuSeconds = Math.Round(process.TotalProcessorTime.TotalSeconds, 3),
            PeakResidentBytes = process.PeakWorkingSet64,
            Workers = settings.Workers,
            Window = settings.Window,
            MemoryBytes = settings.MemoryBytes,
            Machine = Environment.MachineName,
            Processors = Environment.ProcessorCount,
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
        };
    }
}
