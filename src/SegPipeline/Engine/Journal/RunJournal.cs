using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Running;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>
/// The journal of a run: a record a committed chunk, in commit order. A thread of its own appends to it, beside the
/// lanes of chunks and writers, as soon as the files of a chunk are in their places.
/// </summary>
internal sealed class RunJournal : IEarlierChunks, IDisposable
{
    private const int Capacity = 64;

    private readonly PipelinePlan _plan;
    private readonly IJournalStore _store;
    private readonly int _chunksMost;
    private readonly RecordFiles _files;
    private readonly JournalLog _log;
    private readonly Channel<JournalWriter> _chunks = Channel.CreateBounded<JournalWriter>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    /// <summary>Records that are in the journal: the next take the room that these have grown to.</summary>
    private readonly ConcurrentBag<JournalWriter> _used = [];

    private readonly JournalWriter _head;
    private Task _appending = Task.CompletedTask;
    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _isClosed;
    private JournalHeader? _header;
    private bool _isReplay;
    private bool _isStuck;
    private int _warningsTold;

    private RunJournal(PipelinePlan plan, IJournalStore store, int chunksMost)
    {
        _plan = plan;
        _store = store;
        _chunksMost = chunksMost;
        _files = new RecordFiles(plan);
        _head = new JournalWriter(_files.NumberOf);
        _log = new JournalLog(store.OpenLog());
    }

    /// <summary>Number of chunks that the run before has committed.</summary>
    public int Committed { get; private set; }

    /// <summary>Number of chunks that are in the journal.</summary>
    public int Chunks { get; private set; }

    /// <summary>Opens the journal of a run that has not begun to write yet.</summary>
    /// <exception cref="BadDataException">It is to be resumed and belongs to another run.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static RunJournal Open(PipelinePlan plan, JournalOptions options) => Open(plan, options,
        JournalHeader.Of(plan, options.Identity), plan.Chunks.Chunks.Length);

    /// <summary>Opens the journal of a run, or of a part of one, that has not begun to write yet.</summary>
    /// <inheritdoc cref="Open(PipelinePlan, JournalOptions)"/>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Where the journal lies, and what becomes of an earlier one.</param>
    /// <param name="header">Which run it belongs to.</param>
    /// <param name="chunksMost">How many chunks it can hold.</param>
    public static RunJournal Open(PipelinePlan plan, JournalOptions options, JournalHeader header, int chunksMost)
    {
        var journal = new RunJournal(plan, options.Store, chunksMost);
        try
        {
            journal.Begin(header, options);
            journal.Chunks = journal.Committed;
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Chunks of the run that made the published release; null when none are to be used.</summary>
    public KeptChunks? Kept { get; private set; }

    /// <summary>Looks which chunks of the run before can be used again. Called when the outputs are open.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="isSurveyed">Whether samples had to pass before it was known which are taken.</param>
    public void OpenKept(OutputSet outputs, bool isSurveyed)
    {
        if (_isReplay && _store.OpenKept() is { } log)
            Kept = KeptChunks.Open(_plan, new JournalLog(log), _header!, _store, outputs, isSurveyed);
    }

    /// <summary>Something to take a chunk down with; safe on any thread.</summary>
    public JournalWriter NewRecord() => _used.TryTake(out JournalWriter? used) ? used : new(_files.NumberOf);

    /// <summary>
    /// Gives back what was left of the chunks that the run before has committed, one after another, and starts
    /// appending behind them. To be read to its end.
    /// </summary>
    public IEnumerable<ChunkResult> Replay(FigureTaking? figures, OutputSet outputs)
    {
        _log.Return();
        _log.Read();
        for (int chunk = 0; chunk < Committed; chunk++)
        {
            byte[] record = _log.Read()
                ?? throw new IOException("the journal of the run was changed while it was read");
            JournalReader journal = Reader(record);
            RecordHead.Load(journal, _plan.WarningLog);
            yield return ChunkRecord.Load(journal, _plan.Shape, figures, outputs);
        }
        _appending = Task.Factory.StartNew(
            AppendAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes the record of the next chunk, of which every writer has appended its part.</summary>
    public ValueTask SendAsync(JournalWriter record)
    {
        if (!record.IsWhole) _isClosed = true;
        return _isClosed ? default : _chunks.Writer.WriteAsync(record);
    }

    /// <summary>Takes no more records: a chunk was not appended.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Throws what appending threw.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Waits until every record that was taken is in the journal.</summary>
    public Task CompleteAsync()
    {
        _chunks.Writer.TryComplete();
        return _appending;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kept?.Dispose();
        _log.Dispose();
    }

    private void Begin(JournalHeader header, JournalOptions options)
    {
        _header = header;
        _isReplay = options.Start == JournalStart.Replay;
        byte[]? first = options.Start == JournalStart.Resume ? _log.Read() : null;
        if (first is null)
        {
            _store.Adopt([]);
            _log.CutHere();
            _log.Append(header.Save().Span);
            return;
        }
        JournalHeader then = JournalHeader.Load(first) ?? throw JournalHeader.NotOfARun(options.Remedy);
        then.CheckAgainst(header, options.Remedy);
        CutToWhole();
    }

    /// <summary>Keeps the records whose files are all in their places.</summary>
    private void CutToWhole()
    {
        var files = new List<StagedFile>();
        var filesUpTo = new List<int>();
        var places = new List<JournalPlace> { _log.Place };
        while (filesUpTo.Count < _chunksMost && _log.Read() is { } record)
        {
            files.AddRange(RecordHead.Load(Reader(record), _plan.WarningLog));
            filesUpTo.Add(files.Count);
            places.Add(_log.Place);
        }
        int whole = _store.CountWhole(files);
        Committed = filesUpTo.FindLastIndex(count => count <= whole) + 1;
        _store.Adopt(files[..(Committed == 0 ? 0 : filesUpTo[Committed - 1])]);
        _log.Return(places[Committed]);
        _log.CutHere();
        if (Committed > 0) _store.Keep();
    }

    private void AppendAll()
    {
        ChannelReader<JournalWriter> chunks = _chunks.Reader;
        while (chunks.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (chunks.TryRead(out JournalWriter? chunk))
                if (_failure is null) Append(chunk);
    }

    private void Append(JournalWriter chunk)
    {
        try
        {
            if (_isStuck || _store.AwaitFiles(chunk.Files) is not { } files)
            {
                // What follows is of no use without this chunk.
                _isStuck = _isClosed = true;
                return;
            }
            // What was warned of up to now came from this chunk or one before, or will be warned of again.
            var warnings = _plan.WarningLog.After(_warningsTold);
            _warningsTold += warnings.Length;
            _head.Clear();
            RecordHead.Save(_head, files, warnings);
            Telemetry.JournalBytes.Add(_log.Append(_head.Written.Span, chunk.Written.Span));
            Chunks++;
            _store.Keep();
            chunk.Clear();
            _used.Add(chunk);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    private JournalReader Reader(byte[] record) => new(record, number => _files[number]);
}
