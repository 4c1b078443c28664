using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Running;
using SegPipeline.Model;

namespace SegPipeline.Engine.Sharding;

/// <summary>What a shard has done.</summary>
/// <param name="Span">Its chunks; all of them are in its journal.</param>
/// <param name="Samples">Number of plan entries in them.</param>
/// <param name="Resumed">How many of the chunks an earlier attempt had committed.</param>
public sealed record ShardResult(ChunkSpan Span, long Samples, int Resumed);

/// <summary>
/// Works on the chunks of one shard. What it makes is a journal of them, and the files that they put into the release;
/// nothing is judged, counted or finished before <see cref="ShardMerge"/>.
/// </summary>
public static class ShardRun
{
    /// <summary>Works on a shard; goes on where an earlier attempt ended.</summary>
    /// <param name="plan">The plan; it stays open.</param>
    /// <param name="frozen">What all shards agree about; made of an equal plan.</param>
    /// <param name="shard">Which part.</param>
    /// <param name="options">How to work; the journal's identity tells shards of different runs apart.</param>
    /// <param name="cancel">Ends it at the next commit.</param>
    /// <exception cref="ArgumentException">The plan is not the frozen one, or an option is out of range.</exception>
    /// <exception cref="BadDataException">The data is bad, or the journal belongs to another shard.</exception>
    /// <exception cref="EngineFaultException">A stage is at fault.</exception>
    /// <exception cref="IOException">Something cannot be written or read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<ShardResult> ExecuteAsync(
        PipelinePlan plan, FrozenPlan frozen, Shard shard, RunOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(() => PipelineRun.WithProgressAsync(options.Progress, progress =>
            ExecuteAsync(frozen.Execute(plan), shard, options, progress, cancel)), CancellationToken.None);
    }

    private static async Task<ShardResult> ExecuteAsync(
        Execution execution, Shard shard, RunOptions options, ProgressFeed progress, CancellationToken cancel)
    {
        PipelinePlan plan = execution.Plan;
        ChunkSpan span = shard.ChunksOf(plan.Chunks.Chunks.Length);
        using RunJournal journal = RunJournal.Open(
            plan, options.Journal!, ShardHeader.Of(options.Journal!.Identity, shard), span.Count);
        OutputSet outputs = OutputSet.Open(plan, options.Release);
        return await Disposal.AfterAsync(outputs, async () =>
        {
            if (outputs.NotResumable is { } writer)
                throw new EngineFaultException(writer, "cannot save what it encodes, so it cannot be sharded");
            await new RunPhase(execution, outputs, journal, options, progress).PassAsync(span, cancel);
            options.Release.CompletePhotos();
            PlannedChunk[] chunks = [.. plan.Chunks.Chunks.AsSpan(span.First, span.Count)];
            if (journal.Chunks < span.Count)
                throw new EngineFaultException(plan.Graph.Nodes[chunks[journal.Chunks].Node].Name,
                    "gave records of a file that it does not declare, so their chunk cannot be saved");
            return new ShardResult(span, chunks.Sum(c => (long)c.Count), journal.Committed);
        });
    }
}
