using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary>Opens the inputs of a pipeline for commands that look at them without running it.</summary>
internal static class OpenPlan
{
    /// <summary>Opens the inputs and makes the plan; warnings go to the error stream.</summary>
    /// <returns>The plan; null when an input is not there, which the user has then been told.</returns>
    public static async Task<PipelinePlan?> OfAsync(
        LoadedPipeline pipeline, Terminal terminal, CancellationToken cancel)
    {
        IReadOnlyList<ConfigProblem> missing = pipeline.CheckInputs();
        terminal.WriteProblems(missing);
        if (missing.Count > 0) return null;
        // Opening cannot be interrupted; whoever is impatient need not wait for it.
        PipelinePlan plan = await Task.Run(() => PipelinePlan.Open(pipeline.Graph!), cancel)
            .WaitAsync(cancel).ConfigureAwait(false);
        terminal.WriteWarnings(pipeline, plan.Warnings);
        return plan;
    }
}
