using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;
using SegPipeline.Model;

namespace SegPipeline.Engine.Running;

/// <summary>
/// Works chunks off in parallel and commits them in order. A failure travels through the lane as a value in its
/// chunk's place: after a fault of its own the block would let later chunks out before earlier ones.
/// </summary>
/// <typeparam name="TResult">What the work makes of a chunk.</typeparam>
/// <param name="pipeline">Name of the pipeline, for whoever watches.</param>
/// <param name="workers">Chunks worked on at once.</param>
/// <param name="window">Most chunks under way.</param>
/// <param name="admission">Lets chunks begin; whoever ends a chunk's life must let it leave.</param>
internal sealed class ChunkLane<TResult>(string pipeline, int workers, int window, Admission admission)
    where TResult : class
{
    private readonly record struct Outcome(PlannedChunk Chunk, TResult? Result, ExceptionDispatchInfo? Failure);

    /// <summary>Takes chunks through the lane.</summary>
    /// <param name="chunks">The chunks, in order.</param>
    /// <param name="work">Does the work; on several threads at once.</param>
    /// <param name="commit">Takes the results, in order, one at a time.</param>
    /// <param name="cancel">Ends the run at the next commit.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is under way any more.</exception>
    public async Task RunAsync(IReadOnlyList<PlannedChunk> chunks, Func<PlannedChunk, TResult> work,
        Func<PlannedChunk, TResult, Task> commit, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var gauges = new LaneGauges(pipeline, workers);
        ActivityContext phase = Activity.Current?.Context ?? default;
        var block = new TransformBlock<PlannedChunk, Outcome>(
            chunk => stop.IsCancellationRequested
                ? new Outcome(chunk, null, null)
                : Attempt(chunk, work, gauges, phase),
            new ExecutionDataflowBlockOptions
            {
                BoundedCapacity = window,
                EnsureOrdered = true,
                MaxDegreeOfParallelism = workers,
                SingleProducerConstrained = true,
            });
        Task feeding = FeedAsync(chunks, block, gauges, stop.Token);
        try
        {
            await CommitAsync(block, commit, gauges, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await feeding;
            while (await block.OutputAvailableAsync(CancellationToken.None))
                block.TryReceiveAll(out _);
            await block.Completion;
        }
        cancel.ThrowIfCancellationRequested();
    }

    private async Task FeedAsync(IReadOnlyList<PlannedChunk> chunks, TransformBlock<PlannedChunk, Outcome> block,
        LaneGauges gauges, CancellationToken stop)
    {
        try
        {
            foreach (PlannedChunk chunk in chunks)
            {
                await admission.EnterAsync(chunk.CostBytes, stop);
                gauges.Admit();
                await block.SendAsync(chunk, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The commit side has stopped and says why.
        }
        finally
        {
            block.Complete();
        }
    }

    private static Outcome Attempt(
        PlannedChunk chunk, Func<PlannedChunk, TResult> work, LaneGauges gauges, ActivityContext phase)
    {
        long begun = Stopwatch.GetTimestamp();
        gauges.Begin();
        Outcome outcome = Attempt(chunk, work, phase);
        gauges.End(Stopwatch.GetElapsedTime(begun));
        return outcome;
    }

    private static Outcome Attempt(PlannedChunk chunk, Func<PlannedChunk, TResult> work, ActivityContext phase)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("chunk", ActivityKind.Internal, phase);
        activity?.SetTag("chunk", chunk.Number).SetTag("samples", chunk.Count);
        try
        {
            return new Outcome(chunk, work(chunk), null);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return new Outcome(chunk, null, ExceptionDispatchInfo.Capture(e));
        }
    }

    private static async Task CommitAsync(TransformBlock<PlannedChunk, Outcome> block,
        Func<PlannedChunk, TResult, Task> commit, LaneGauges gauges, CancellationToken cancel)
    {
        while (await block.OutputAvailableAsync(CancellationToken.None))
        {
            while (block.TryReceive(out Outcome outcome))
            {
                cancel.ThrowIfCancellationRequested();
                outcome.Failure?.Throw();
                await commit(outcome.Chunk, outcome.Result!);
                gauges.Commit();
            }
        }
    }
}
