using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases.Shards;

namespace SegPipeline.Cli;

/// <summary>Opens a pipeline of which the plan is frozen.</summary>
internal static class FrozenPipeline
{
    /// <summary>Opens the inputs and makes the plan, which must be the frozen one.</summary>
    public static async Task<PipelinePlan> OpenAsync(
        LoadedPipeline pipeline, PlanFile frozen, Action<RunProgress> progress, CancellationToken cancel)
    {
        frozen.Check(Segpipe.Version, pipeline.ConfigDigest);
        progress(new RunProgress("plan", 0, 0));
        PipelinePlan plan = await Task.Run(() => PipelinePlan.Open(pipeline.Graph!), cancel)
            .WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            frozen.Check(plan);
            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }
}
