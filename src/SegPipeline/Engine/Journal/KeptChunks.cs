using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Running;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>
/// The chunks of the run that made the published release, as its journal has them. One of them is used again when
/// nothing can have changed about it: none of its samples was rejected or looked another up, its own files and those
/// that any sample can depend on are as they were, and what it put into the release is still there.
/// </summary>
/// <remarks>Safe on any thread. When in doubt a chunk is passed anew.</remarks>
internal sealed class KeptChunks : IDisposable
{
    private readonly PipelinePlan _plan;
    private readonly JournalLog _log;
    private readonly IJournalStore _store;
    private readonly OutputSet _outputs;
    private readonly RecordFiles _files;
    private readonly List<JournalPlace> _places = [];
    private readonly Lock _reading = new();
    private int _reused;

    private KeptChunks(PipelinePlan plan, JournalLog log, IJournalStore store, OutputSet outputs)
    {
        _plan = plan;
        _log = log;
        _store = store;
        _outputs = outputs;
        _files = new RecordFiles(plan);
    }

    /// <summary>Why no chunk can be used again, as the rest of a sentence; null when single ones can.</summary>
    public string? WhyNone { get; private set; }

    /// <summary>How many were used again.</summary>
    public int Reused => _reused;

    /// <summary>Opens the journal of the run that made the published release.</summary>
    /// <param name="plan">The plan of this run.</param>
    /// <param name="log">The journal.</param>
    /// <param name="header">What this run is.</param>
    /// <param name="store">Gives the files of the published release.</param>
    /// <param name="outputs">The outputs of this run, open.</param>
    /// <param name="isSurveyed">Whether samples had to pass before it was known which are taken.</param>
    /// <exception cref="BadDataException">It is the journal of another pipeline.</exception>
    public static KeptChunks Open(PipelinePlan plan, JournalLog log, JournalHeader header, IJournalStore store,
        OutputSet outputs, bool isSurveyed)
    {
        var kept = new KeptChunks(plan, log, store, outputs);
        try
        {
            kept.WhyNone = kept.Look(header, isSurveyed);
            return kept;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>Finds what was left of a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="stamp">State of its own files now; null when that is not known.</param>
    /// <param name="figures">The figures that this run takes; null for none.</param>
    /// <returns>What was left of it; null when it has to be passed anew.</returns>
    public ChunkResult? Find(PlannedChunk chunk, string? stamp, FigureTaking? figures)
    {
        // What is wrong with a dataset as a whole is told with its first chunk.
        if (WhyNone is not null || stamp is null || chunk.First == 0 || chunk.Number >= _places.Count) return null;
        (ChunkResult result, StagedFile[] files, string? stampThen) = Load(chunk.Number, figures);
        if (figures is not null && result.Figures is null) return null;
        bool isOwn = result.Refusals.Count == 0 && result.KeyUses.Count == 0 && result.Lookups.Count == 0;
        if (!isOwn || stampThen != stamp || !_store.OfferPublished(files)) return null;
        Interlocked.Increment(ref _reused);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    private string? Look(JournalHeader header, bool isSurveyed)
    {
        if (_log.Read() is not { } first || JournalHeader.Load(first) is not { } then)
            return "the journal of the run is damaged";
        var own = new Lazy<HashSet<string>>(new ChunkStamps(_plan).OwnFiles);
        if (then.WhyNoChunk(header, path => own.Value.Contains(path)) is { } why) return why;
        if (isSurveyed) return "what is taken depends on what samples hold";
        if (_plan.Graph.Nodes.Any(n => n.Stage is Grouping)) return "groups can take members from any chunk";
        var known = _plan.WarningLog.ToArray().ToHashSet();
        while (_places.Count < _plan.Chunks.Chunks.Length)
        {
            JournalPlace place = _log.Place;
            if (_log.Read() is not { } record) break;
            _places.Add(place);
            // Whose samples a stage warned of is not known, so the warning would stay when they are corrected.
            if (!RecordHead.WarningsOf(Reader(record)).All(known.Contains))
                return "a stage warned of samples, and it is not known of which";
        }
        return null;
    }

    // Outputs need not be able to load several chunks at once.
    private (ChunkResult Result, StagedFile[] Files, string? Stamp) Load(int chunk, FigureTaking? figures)
    {
        lock (_reading)
        {
            _log.Return(_places[chunk]);
            JournalReader journal = Reader(_log.Read()
                ?? throw new IOException("the journal of the run was changed while it was read"));
            StagedFile[] files = RecordHead.Load(journal, _plan.WarningLog);
            ReadOnlyMemory<byte> body = journal.Rest;
            ChunkResult result = ChunkRecord.Load(journal, _plan.Shape, figures, _outputs);
            result.Saved = JournalWriter.Again(body.Span, files.Select(f => f.Name), _files.NumberOf);
            return (result, files, journal.Text());
        }
    }

    private JournalReader Reader(byte[] record) => new(record, number => _files[number]);
}
