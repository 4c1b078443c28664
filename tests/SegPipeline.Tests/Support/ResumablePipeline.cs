using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Tests.Releases;

namespace SegPipeline.Tests.Support;

/// <summary>Runs a pipeline into a release, in small chunks, and stops it where a test wants it to stop.</summary>
/// <param name="folder">The folder that it lies in.</param>
/// <param name="stages">Its stages, a line each.</param>
internal sealed class ResumablePipeline(TempFolder folder, params string[] stages)
{
    /// <summary>Samples of a chunk.</summary>
    public const int ChunkSamples = 3;

    /// <summary>Runs it to its end.</summary>
    public async Task<RunResult> RunAsync(string to, JournalStart start, int workers,
        Action<RunProgress>? progress = null, CancellationToken cancel = default)
    {
        LoadedPipeline pipeline = PipelineFile.Parse(
            "segpipe: 1\nname: p\nstages:\n" + string.Concat(stages.Select(s => $"  {s}\n")) + "release: { to: out }\n",
            folder["p.yaml"]);
        Assert.Empty(pipeline.Problems);
        PipelineGraph graph = pipeline.Graph! with { ChunkLimits = new ChunkLimits(ChunkSamples) };
        using ReleaseFolder release = start == JournalStart.Resume
            ? ReleaseFolder.Resume(folder[to], TestRelease.ConfigDigest)
            : ReleaseFolder.Begin(folder[to], TestRelease.ConfigDigest);
        RunResult result = await PipelineRun.ExecuteAsync(graph, new RunOptions
        {
            Release = release,
            Workers = workers,
            Window = workers + 1,
            Journal = new JournalOptions(release.Journal, []) { Start = start },
            Progress = progress,
        }, cancel);
        release.Publish(TestRelease.Record with { Graph = graph, Result = result with { ChunksResumed = 0 } }, cancel);
        return result;
    }

    /// <summary>Runs it until so many samples are committed, and leaves what a run that was cancelled leaves.</summary>
    public async Task InterruptAsync(string to, JournalStart start, int workers, long afterSamples)
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(to, start, workers,
            p => { if (p.Phase == "run" && p.DoneSamples >= afterSamples) cancel.Cancel(); }, cancel.Token));
    }
}
