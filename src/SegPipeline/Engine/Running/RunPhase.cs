using System.Runtime.ExceptionServices;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>The phase in which samples are written: chunks are worked on in parallel and committed in order.</summary>
internal sealed class RunPhase
{
    private readonly Execution _execution;
    private readonly OutputSet _outputs;
    private readonly RunOptions _options;
    private readonly ProgressFeed _progress;
    private readonly LedgerBook _book;
    private readonly RejectJudge _judge;
    private readonly Admission _admission;
    private readonly int[] _nodes;
    private long _done;

    /// <summary>The last phase of an execution, when everything is decided.</summary>
    public RunPhase(Execution execution, OutputSet outputs, RunOptions options, ProgressFeed progress)
    {
        _execution = execution;
        _outputs = outputs;
        _options = options;
        _progress = progress;
        _book = new LedgerBook(execution);
        GraphShape shape = execution.Plan.Shape;
        _nodes = [.. shape.EvaluationOrder.Where(n => shape.Graph.Nodes[n].Stage is not Writer)];
        _judge = new RejectJudge(execution.Plan, _book);
        _admission = new Admission(options.Window, options.MemoryBytes);
    }

    private ChunkTable Table => _execution.Plan.Chunks;

    /// <summary>Runs to the end: every output is complete.</summary>
    /// <exception cref="BadDataException">The data of a chunk is bad; all chunks before it are appended.</exception>
    /// <exception cref="EngineFaultException">A stage is at fault.</exception>
    public async Task<Ledger> RunAsync(CancellationToken cancel)
    {
        await _progress.TellAsync("run", 0, Table.Samples);
        WriterLane[] writers = _outputs.StartLanes();
        await PassAllAsync(writers, cancel);
        _book.Close();
        _judge.JudgeAll();
        Ledger ledger = _book.ToLedger();
        await _progress.TellAsync("finish", _done, Table.Samples);
        await _progress.CompleteAsync();
        cancel.ThrowIfCancellationRequested();
        foreach (WriterLane writer in writers) writer.Finish();
        return ledger;
    }

    private async Task PassAllAsync(WriterLane[] writers, CancellationToken cancel)
    {
        ExceptionDispatchInfo? end = null;
        try
        {
            var lane = new ChunkLane<ChunkResult>(_options.Workers, _options.Window, _admission);
            await lane.RunAsync(Table.Chunks, Pass, (chunk, result) => CommitAsync(writers, chunk, result), cancel);
        }
        catch (Exception e)
        {
            end = ExceptionDispatchInfo.Capture(e);
        }
        foreach (WriterLane writer in writers) await writer.CompleteAsync();
        // What a writer met, it met at an earlier chunk than whatever ended the lane.
        foreach (WriterLane writer in writers) writer.ThrowIfFailed();
        end?.Throw();
    }

    private ChunkResult Pass(PlannedChunk chunk) =>
        _execution.Pass(chunk, _nodes, batch =>
        {
            batch.Result.Encoded = _outputs.Encode(batch, _execution.Run);
            return batch.Result;
        });

    private async Task CommitAsync(WriterLane[] writers, PlannedChunk chunk, ChunkResult result)
    {
        foreach (WriterLane writer in writers) writer.ThrowIfFailed();
        _book.Enter(result);
        _judge.Judge(result);
        var committed = new CommittedChunk(result.Encoded, writers.Length + 1, () => OverAsync(chunk));
        foreach (WriterLane writer in writers) await writer.SendAsync(committed);
        await committed.DoneAsync();
    }

    private ValueTask OverAsync(PlannedChunk chunk)
    {
        _admission.Leave(chunk.CostBytes);
        _done += chunk.Count;
        return _progress.TellAsync("run", _done, Table.Samples);
    }
}
