using System.Runtime.ExceptionServices;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Sharding;
using SegPipeline.Engine.Tracing;
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
    private readonly IEarlierChunks? _earlier;
    private readonly RunJournal? _journal;
    private readonly RecordFiles? _recordFiles;
    private readonly TracePorts? _ports;
    private readonly ChunkStamps? _stamps;
    private readonly int[] _nodes;
    private PlannedChunk[] _chunks = [];
    private long _total;
    private long _done;

    /// <summary>The last phase of an execution, when everything is decided.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="outputs">Where samples are written.</param>
    /// <param name="earlier">The first chunks, as far as others have worked on them; a journal is appended to
    /// behind them.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="progress">Told how it comes on.</param>
    public RunPhase(
        Execution execution, OutputSet outputs, IEarlierChunks? earlier, RunOptions options, ProgressFeed progress)
    {
        _earlier = earlier;
        _journal = earlier as RunJournal;
        Figures = options.Figures is { } taken ? new FigureTaking(execution.Plan.Shape, taken) : null;
        _execution = execution;
        _outputs = outputs;
        if (options.Trace is not null)
        {
            _recordFiles = new RecordFiles(execution.Plan);
            _ports = new TracePorts(execution.Plan.Shape);
        }
        _options = options;
        _progress = progress;
        _book = new LedgerBook(execution);
        GraphShape shape = execution.Plan.Shape;
        _nodes = [.. shape.EvaluationOrder.Where(n => shape.Graph.Nodes[n].Stage is not Writer)];
        if (_journal is not null && shape.Graph.Nodes.Any(n => n.OnError == ErrorPolicy.Reject))
            _stamps = new ChunkStamps(execution.Plan);
        _judge = new RejectJudge(execution.Plan, _book);
        _admission = new Admission(options.Window, options.MemoryBytes);
    }

    private ChunkTable Table => _execution.Plan.Chunks;

    /// <summary>Takes the figures of what passes; null when nobody asked for them.</summary>
    public FigureTaking? Figures { get; }

    /// <summary>Runs to the end: every output is complete, and the samples that were drawn are shown.</summary>
    /// <exception cref="BadDataException">The data of a chunk is bad; all chunks before it are appended.</exception>
    /// <exception cref="EngineFaultException">A stage is at fault.</exception>
    public async Task<Ledger> RunAsync(CancellationToken cancel)
    {
        WriterLane[] writers = await PassAsync(new ChunkSpan(0, Table.Chunks.Length), cancel);
        _book.Close();
        _judge.JudgeAll();
        Ledger ledger = _book.ToLedger();
        await _progress.TellAsync("finish", _done, _total);
        await _progress.CompleteAsync();
        cancel.ThrowIfCancellationRequested();
        // What is shown is made once more of the inputs, for which no writer has to be complete.
        var finishing = Task.Run(() => Array.ForEach(writers, writer => writer.Finish()), CancellationToken.None);
        var showing = Task.Run(() => Figures?.Show(_execution), CancellationToken.None);
        // Both are over before either is told of, and of a writer first: not of what happened to fail first.
        await Task.WhenAll(finishing, showing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await finishing;
        await showing;
        return ledger;
    }

    /// <summary>Commits some of the chunks; no output is complete.</summary>
    /// <returns>The lanes of the outputs; everything that was handed to them is appended.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<WriterLane[]> PassAsync(ChunkSpan span, CancellationToken cancel)
    {
        _chunks = [.. Table.Chunks.AsSpan(span.First, span.Count)];
        _total = _chunks.Sum(chunk => (long)chunk.Count);
        await _progress.TellAsync("run", 0, _total);
        _options.Trace?.Begin(_execution.Plan);
        _options.Against?.Begin(_execution.Plan);
        WriterLane[] writers = _outputs.StartLanes();
        await PassAllAsync(writers, cancel);
        return writers;
    }

    private async Task PassAllAsync(WriterLane[] writers, CancellationToken cancel)
    {
        ExceptionDispatchInfo? end = null;
        try
        {
            int replayed = await ReplayAsync(writers, cancel);
            var lane = new ChunkLane<ChunkResult>(
                _execution.Plan.Graph.Name, _options.Workers, _options.Window, _admission);
            await lane.RunAsync(_chunks[replayed..], Pass, (chunk, result) =>
                CommitAsync(writers, result, committed => OverAsync(committed, chunk, result)), cancel);
        }
        catch (Exception e)
        {
            end = ExceptionDispatchInfo.Capture(e);
        }
        foreach (WriterLane writer in writers) await writer.CompleteAsync();
        if (_journal is not null) await _journal.CompleteAsync();
        // What a writer met, it met at an earlier chunk than whatever ended the lane.
        foreach (WriterLane writer in writers) writer.ThrowIfFailed();
        end?.Throw();
        _journal?.ThrowIfFailed();
    }

    /// <summary>Commits what others have worked on; nothing of it is read or worked on.</summary>
    private async Task<int> ReplayAsync(WriterLane[] writers, CancellationToken cancel)
    {
        if (_earlier is null) return 0;
        int replayed = 0;
        foreach (ChunkResult result in _earlier.Replay(Figures, _outputs))
        {
            cancel.ThrowIfCancellationRequested();
            PlannedChunk chunk = _chunks[replayed++];
            await CommitAsync(writers, result, _ => CountAsync(chunk));
        }
        return replayed;
    }

    private ChunkResult Pass(PlannedChunk chunk)
    {
        // Looked at before the chunk is read: what changes meanwhile is then taken for changed.
        string? stamp = _stamps?.Of(chunk);
        return _journal?.Kept?.Find(chunk, stamp, Figures) ?? Pass(chunk, stamp);
    }

    private ChunkResult Pass(PlannedChunk chunk, string? stamp) =>
        _execution.Pass(chunk, _nodes, NewTrace(), batch =>
        {
            ChunkResult result = batch.Result;
            result.Encoded = _outputs.Encode(batch, _execution.Run);
            result.Figures = Figures?.Take(batch);
            if (_journal is not null)
            {
                result.Saved = _journal.NewRecord();
                ChunkRecord.Save(result, _outputs, batch.Trace, result.Saved);
                result.Saved.Text(stamp);
            }
            else if (batch.Trace is { } trace)
            {
                _outputs.Save(result.Encoded, trace, new JournalWriter(_recordFiles!.NumberOf));
            }
            result.Traced = batch.Trace?.Written;
            return result;
        });

    private ChunkTrace? NewTrace() => _recordFiles is null ? null
        : new ChunkTrace(_execution.Plan.Shape, _ports!, new SampleDigests(_recordFiles.NumberOf),
            _options.Trace!.Detail);

    private async Task CommitAsync(WriterLane[] writers, ChunkResult result, Func<CommittedChunk, ValueTask> over)
    {
        foreach (WriterLane writer in writers) writer.ThrowIfFailed();
        _journal?.ThrowIfFailed();
        _options.Trace?.Take(result.Traced);
        if (result.Traced is { } traced) _options.Against?.Take(traced);
        _book.Enter(result);
        Figures?.Enter(result);
        _judge.Judge(result);
        var committed = new CommittedChunk(result.Encoded, writers.Length + 1, over);
        foreach (WriterLane writer in writers) await writer.SendAsync(committed);
        await committed.DoneAsync();
    }

    private async ValueTask OverAsync(CommittedChunk committed, PlannedChunk chunk, ChunkResult result)
    {
        if (committed.IsLost) _journal?.Close();
        else if (result.Saved is { } saved) await _journal!.SendAsync(saved);
        _admission.Leave(chunk.CostBytes);
        await CountAsync(chunk);
    }

    private ValueTask CountAsync(PlannedChunk chunk)
    {
        _done += chunk.Count;
        return _progress.TellAsync("run", _done, _total);
    }
}
