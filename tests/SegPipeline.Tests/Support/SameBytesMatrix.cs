using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Releases;
using SegPipeline.Releases.Shards;
using SegPipeline.Tests.Releases;

namespace SegPipeline.Tests.Support;

/// <summary>
/// Makes one release again and again, in small chunks: with other workers and windows, in shards, and killed on the
/// way. Not every combination, but every pair of two values meets.
/// </summary>
/// <param name="folder">Where the releases go.</param>
/// <param name="file">Path of the pipeline file.</param>
/// <param name="set">Values of its parameters.</param>
/// <param name="change">Changes the graph before it is run; null to run it as it is.</param>
internal sealed class SameBytesMatrix(TempFolder folder, string file, IReadOnlyDictionary<string, string> set,
    Func<PipelineGraph, PipelineGraph>? change = null)
{
    private const int ChunksWanted = 14;

    /// <summary>What is done, in order: attempts at a shard (of 0: at the whole), each of which is killed or
    /// ends.</summary>
    public static readonly (int Of, int Index, int Workers, int Window, bool IsKilled)[] Attempts =
    [
        (0, 0, 2, 16, true), (0, 0, 8, 1, true), (0, 0, 1, 1, false),
        (1, 0, 1, 1, true), (1, 0, 2, 16, true), (1, 0, 8, 1, false),
        (3, 2, 1, 1, true), (3, 2, 8, 16, false), (3, 1, 2, 1, false), (3, 0, 8, 16, true), (3, 0, 1, 16, false),
        (7, 0, 2, 1, false), (7, 5, 2, 1, true), (7, 5, 1, 1, false), (7, 1, 1, 16, false), (7, 2, 8, 1, true),
        (7, 2, 2, 16, false), (7, 3, 1, 1, false), (7, 4, 8, 16, false), (7, 6, 8, 1, false),
    ];

    private LoadedPipeline _pipeline = null!;
    private PipelineGraph _graph = null!;

    /// <summary>Makes all releases, and compares them.</summary>
    public async Task CheckAsync()
    {
        _pipeline = PipelineFile.Load(file, new LoadOptions { Set = set, ReleaseTo = folder["matrix"] });
        Assert.Empty(_pipeline.Problems);
        _graph = change?.Invoke(_pipeline.Graph!) ?? _pipeline.Graph!;
        PlanFile frozen;
        using (PipelinePlan plan = PipelinePlan.Open(_graph))
            _graph = _graph with
            {
                ChunkLimits = new ChunkLimits((int)Math.Max(1, plan.Chunks.Samples / ChunksWanted)),
            };
        using (PipelinePlan plan = PipelinePlan.Open(_graph))
            frozen = await PlanFile.FreezeAsync(plan, "test", _pipeline.ConfigDigest, new WorkOptions(), default);
        string expected = await WholeAsync("matrix", JournalStart.Anew, workers: 3, window: 5, default);
        foreach (var attempts in Attempts.GroupBy(a => a.Of))
        {
            string to = $"matrix-{attempts.Key}";
            foreach (var (of, index, workers, window, isKilled) in attempts)
                await AttemptAsync(isKilled, frozen.Plan.Samples / Math.Max(1, of), (progress, cancel) => of == 0
                    ? WholeAsync(to, JournalStart.Resume, workers, window, cancel, progress)
                    : ShardAsync(to, frozen, new Shard(index, of), isKilled,
                        Options(workers, window, progress), cancel));
            if (attempts.Key > 0) await MergeAsync(to, frozen);
            Assert.Equal(expected, ShippedPipeline.DigestOf(folder[to]));
        }
    }

    private static async Task AttemptAsync(
        bool isKilled, long samples, Func<Action<RunProgress>, CancellationToken, Task> attempt)
    {
        using var cancel = new CancellationTokenSource();
        try
        {
            await attempt(p =>
            {
                if (isKilled && p.Phase == "run" && p.DoneSamples > 0 && p.DoneSamples >= samples / 3) cancel.Cancel();
            }, cancel.Token);
        }
        catch (OperationCanceledException) when (isKilled)
        {
            // The next attempt goes on behind it.
        }
    }

    private async Task<string> WholeAsync(string to, JournalStart start, int workers, int window,
        CancellationToken cancel, Action<RunProgress>? progress = null)
    {
        using ReleaseFolder release = start == JournalStart.Resume
            ? ReleaseFolder.Resume(folder[to], _pipeline.ConfigDigest)
            : ReleaseFolder.Begin(folder[to], _pipeline.ConfigDigest);
        RunResult result = await PipelineRun.ExecuteAsync(_graph, Options(workers, window, progress)(
            release, new JournalOptions(release.Journal, []) { Start = start }), cancel);
        Publish(release, result, cancel);
        return ShippedPipeline.DigestOf(folder[to]);
    }

    private async Task ShardAsync(string to, PlanFile frozen, Shard shard, bool isKilled,
        Func<ReleaseFolder, JournalOptions, RunOptions> options, CancellationToken cancel)
    {
        try
        {
            using PipelinePlan plan = PipelinePlan.Open(_graph);
            using ReleaseFolder release = ReleaseFolder.OpenShard(folder[to], frozen.Digest, shard);
            var journal = new JournalOptions(release.Journal, frozen.Identity) { Start = JournalStart.Resume };
            await ShardRun.ExecuteAsync(plan, frozen.Plan, shard, options(release, journal), cancel);
            if (!isKilled) release.CloseShard();
        }
        finally
        {
            // What a kill leaves is worse than what is left where a shard was told to stop.
            if (isKilled) Tear(Path.Combine(
                Directory.GetDirectories(folder.Path, $".{to}.shards-*").Single(), $"{shard.Index}-of-{shard.Of}"));
        }
    }

    /// <summary>Half a record, and a file of which nobody knows.</summary>
    private static void Tear(string shard)
    {
        if (!Directory.Exists(shard)) return;
        using var journal = new FileStream(Path.Combine(shard, "journal"), FileMode.Open);
        journal.SetLength(Math.Max(0, journal.Length - 3));
        File.WriteAllText(Path.Combine(shard, "files", "torn"), "half a file");
    }

    private async Task MergeAsync(string to, PlanFile frozen)
    {
        using PipelinePlan plan = PipelinePlan.Open(_graph);
        using ReleaseFolder release = ReleaseFolder.Begin(folder[to], _pipeline.ConfigDigest);
        using ShardSet shards = release.OpenShards(frozen.Digest);
        RunResult result = await ShardMerge.ExecuteAsync(plan, frozen.Plan, shards.Found(s => s.ToString()),
            Options(2, 4, null)(release, new JournalOptions(release.Journal, frozen.Identity)), default);
        Publish(release, result, default);
        shards.Remove();
    }

    private void Publish(ReleaseFolder release, RunResult result, CancellationToken cancel) => release.Publish(
        TestRelease.Record with { Graph = _graph, Result = result with { ChunksResumed = 0 } }, cancel);

    private static Func<ReleaseFolder, JournalOptions, RunOptions> Options(
        int workers, int window, Action<RunProgress>? progress) => (release, journal) => new RunOptions
        {
            Workers = workers,
            Window = window,
            Release = release,
            Journal = journal,
            Progress = progress,
        };
}
