using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Releases.Shards;

namespace SegPipeline.Cli;

/// <summary>A pipeline of which the plan is frozen, with its inputs open.</summary>
internal sealed class FrozenPipeline : IDisposable
{
    private readonly InputStates _inputs;

    private FrozenPipeline(PipelinePlan plan)
    {
        Plan = plan;
        _inputs = new InputStates(plan);
    }

    /// <summary>The plan.</summary>
    public PipelinePlan Plan { get; }

    /// <summary>Opens the inputs and makes the plan, which must be the frozen one.</summary>
    public static async Task<FrozenPipeline> OpenAsync(
        LoadedPipeline pipeline, PlanFile frozen, Action<RunProgress> progress, CancellationToken cancel)
    {
        frozen.Check(Segpipe.Version, pipeline.ConfigDigest);
        progress(new RunProgress("plan", 0, 0));
        PipelinePlan plan = await Task.Run(() => PipelinePlan.Open(pipeline.Graph!), cancel)
            .WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var opened = new FrozenPipeline(plan);
            frozen.Check(plan, cancel);
            return opened;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>Tells that an input was changed since it was held against the plan; null when none was.</summary>
    public BadDataException? Changed() => _inputs.Changed();

    /// <inheritdoc/>
    public void Dispose() => Plan.Dispose();
}
