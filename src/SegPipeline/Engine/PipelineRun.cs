using System.Diagnostics;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Running;
using SegPipeline.Model;

namespace SegPipeline.Engine;

/// <summary>Runs a graph.</summary>
public static class PipelineRun
{
    /// <summary>Opens the inputs of a graph, makes its plan and runs it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How to run it; nothing of it changes a byte of the result.</param>
    /// <param name="cancel">Ends the run at the next commit.</param>
    /// <returns>What the run leaves behind beside the files; the same for every run of the graph.</returns>
    /// <exception cref="ArgumentException">The graph is not one that can run, or an option is out of range.</exception>
    /// <exception cref="BadDataException">The data is bad. Everything before the bad chunk is appended to the outputs,
    /// none of them is complete.</exception>
    /// <exception cref="EngineFaultException">A stage is at fault.</exception>
    /// <exception cref="IOException">An output cannot be written, or an input cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static Task<RunResult> ExecuteAsync(PipelineGraph graph, RunOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(() => WithProgressAsync(options.Progress, async progress =>
        {
            await progress.TellAsync("plan", 0, 0);
            PipelinePlan plan = Open(graph);
            return await Disposal.AfterAsync(plan, () => ExecuteAsync(plan, options, progress, cancel));
        }), CancellationToken.None);
    }

    /// <summary>Runs a plan that is open already. The plan stays open, and can be run again.</summary>
    /// <inheritdoc cref="ExecuteAsync(PipelineGraph, RunOptions, CancellationToken)"/>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How to run it; nothing of it changes a byte of the result.</param>
    /// <param name="cancel">Ends the run at the next commit.</param>
    public static Task<RunResult> ExecuteAsync(PipelinePlan plan, RunOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(() => WithProgressAsync(options.Progress, progress =>
            ExecuteAsync(plan, options, progress, cancel)), CancellationToken.None);
    }

    /// <summary>Does something of which a listener is told.</summary>
    internal static async Task<TResult> WithProgressAsync<TResult>(
        Action<RunProgress>? listener, Func<ProgressFeed, Task<TResult>> execute)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("run");
        var progress = new ProgressFeed(listener);
        try
        {
            return await execute(progress);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
        finally
        {
            await progress.StopAsync();
        }
    }

    /// <summary>Runs the last phase of an execution that knows everything, with all outputs.</summary>
    internal static async Task<RunResult> CompleteAsync(Execution execution, OutputSet outputs,
        IEarlierChunks? earlier, RunOptions options, ProgressFeed progress, CancellationToken cancel)
    {
        PipelinePlan plan = execution.Plan;
        var phase = new RunPhase(execution, outputs, earlier, options, progress);
        Ledger ledger = await phase.RunAsync(cancel);
        options.Release.CompletePhotos();
        Telemetry.Tag("chunks", plan.Chunks.Chunks.Length);
        Telemetry.Tag("chunks_resumed", earlier?.Committed ?? 0);
        return new RunResult(ledger)
        {
            Chosen = DecidedKeys.Of(plan.Graph, execution.Decisions),
            Warnings = plan.WarningLog.ToArray(),
            Summary = outputs.Summary,
            Tables = outputs.Tables,
            InputFiles = plan.InputFiles,
            Infos = plan.Infos,
            Figures = phase.Figures?.ToArray() ?? [],
            Rejected = phase.Figures?.Rejected ?? [],
            Chunks = plan.Chunks.Chunks.Length,
            ChunksResumed = earlier?.Committed ?? 0,
        };
    }

    private static PipelinePlan Open(PipelineGraph graph)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("plan");
        return PipelinePlan.Open(graph);
    }

    private static async Task<RunResult> ExecuteAsync(
        PipelinePlan plan, RunOptions options, ProgressFeed progress, CancellationToken cancel)
    {
        Telemetry.Tag("pipeline", plan.Graph.Name);
        Telemetry.Tag("workers", options.Workers);
        cancel.ThrowIfCancellationRequested();
        var execution = new Execution(plan);
        // What an earlier run left in the release is taken over or removed before an output begins to write there.
        using RunJournal? journal = options.Journal is { } kept ? RunJournal.Open(plan, kept) : null;
        OutputSet outputs = OutputSet.Open(plan, options.Release);
        return await Disposal.AfterAsync(outputs, async () =>
        {
            bool isSurveyed = execution.NextTargets().Count > 0;
            await SurveyLoop.RunAsync(execution, options, progress, found: null, cancel);
            RunJournal? used = outputs.AreResumable ? journal : null;
            used?.OpenKept(outputs, isSurveyed);
            RunResult result = await CompleteAsync(execution, outputs, used, options, progress, cancel);
            return result with
            {
                ChunksReused = used?.Kept?.Reused ?? 0,
                NothingReused = used?.Kept?.WhyNone,
                IsJournalWhole = used?.Chunks == plan.Chunks.Chunks.Length,
            };
        });
    }
}
