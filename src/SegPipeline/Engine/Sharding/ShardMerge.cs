using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Running;
using SegPipeline.Model;

namespace SegPipeline.Engine.Sharding;

/// <summary>
/// Commits what shards have made, in the order of chunks: the same commit as that of a run on one machine, so the
/// release has the same bytes, however many shards there were.
/// </summary>
public static class ShardMerge
{
    /// <summary>Merges shards.</summary>
    /// <param name="plan">The plan; it stays open.</param>
    /// <param name="frozen">What all shards agreed about; made of an equal plan.</param>
    /// <param name="shards">The shards.</param>
    /// <param name="options">How to work; the journal's identity is that of the shards, its store is not used.</param>
    /// <param name="cancel">Ends it at the next commit.</param>
    /// <exception cref="ArgumentException">The plan is not the frozen one, or an option is out of range.</exception>
    /// <exception cref="BadDataException">Chunks are missing or are there twice, a shard is damaged or of another
    /// run; or too many samples were rejected.</exception>
    /// <exception cref="EngineFaultException">A stage is at fault.</exception>
    /// <exception cref="IOException">Something cannot be written or read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<RunResult> ExecuteAsync(PipelinePlan plan, FrozenPlan frozen,
        ShardsFound shards, RunOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        ArgumentNullException.ThrowIfNull(shards);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(() => PipelineRun.WithProgressAsync(options.Progress, async progress =>
        {
            Execution execution = frozen.Execute(plan);
            using ShardJournals journals = ShardJournals.Open(
                plan, shards, options.Journal!.Identity, cancel);
            OutputSet outputs = OutputSet.Open(plan, options.Release);
            return await Disposal.AfterAsync(outputs, () =>
                PipelineRun.CompleteAsync(execution, outputs, journals, options, progress, cancel));
        }), CancellationToken.None);
    }
}
