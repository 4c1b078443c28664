using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Running;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Sharding;

/// <summary>
/// What all shards of a run have to agree about: which chunks there are, and what had to be found out by passing all
/// samples once.
/// </summary>
/// <param name="Sha256">Digest of all keys and chunks, 64 lower-case hexadecimal digits.</param>
/// <param name="Chunks">Number of chunks.</param>
/// <param name="Samples">Number of plan entries in them.</param>
/// <param name="Surveys">What surveys gathered; opaque, empty when the plan's keys tell everything.</param>
public sealed record FrozenPlan(string Sha256, int Chunks, long Samples, ReadOnlyMemory<byte> Surveys)
{
    /// <summary>Freezes a plan. Passes all samples when a selector, a grouping or a join asks for it, so that no shard
    /// has to.</summary>
    /// <param name="plan">The plan; it stays open.</param>
    /// <param name="options">How to pass them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BadDataException">The data is bad.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<FrozenPlan> OfAsync(PipelinePlan plan, WorkOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(() => PipelineRun.WithProgressAsync(options.Progress, async progress =>
        {
            var surveys = new JournalWriter(_ => null);
            await SurveyLoop.RunAsync(new Execution(plan), options, progress,
                gathered => GatheredRecord.Save(gathered, surveys), cancel);
            return new FrozenPlan(
                plan.Sha256, plan.Chunks.Chunks.Length, plan.Chunks.Samples, surveys.Written);
        }), CancellationToken.None);
    }

    /// <summary>True when a plan has the same chunks.</summary>
    public bool IsOf(PipelinePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Chunks.Chunks.Length == Chunks && plan.Sha256 == Sha256;
    }

    /// <summary>An execution of the plan that knows everything; no sample passes for it.</summary>
    internal Execution Execute(PipelinePlan plan)
    {
        if (!IsOf(plan)) throw new ArgumentException("the plan is not the one that was frozen", nameof(plan));
        var execution = new Execution(plan);
        var surveys = new JournalReader(Surveys, _ => throw new InvalidOperationException());
        SurveyLoop.Recall(execution, () => GatheredRecord.Load(surveys));
        return execution;
    }
}
