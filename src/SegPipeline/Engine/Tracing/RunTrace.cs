using SegPipeline.Engine.Journal;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// Takes down what flows through a run, chunk by chunk in the order of commits, in a file that is kept beside the
/// release (<see cref="TraceFile"/>).
/// </summary>
/// <remarks>Some ten bytes and the key for a sample at every port at which it is not what it was at one before, a byte
/// or two at others; with <see cref="TraceDetail.Instances"/> some ten bytes more for each of its instances.</remarks>
/// <param name="file">The file: empty, readable, seekable.</param>
/// <param name="detail">How much is told apart.</param>
public sealed class RunTrace(Stream file, TraceDetail detail) : IDisposable
{
    private readonly JournalLog _log = new(file);
    private TraceHeader? _header;
    private int _chunks;

    /// <summary>How much is told apart.</summary>
    public TraceDetail Detail => detail;

    /// <summary>True when every chunk of the run was taken down.</summary>
    public bool IsWhole => _header is { } header && _chunks == header.Chunks;

    /// <summary>A trace that nobody keeps: what flows in a shard stands in its journal.</summary>
    public static RunTrace ForJournal() => new(Stream.Null, TraceDetail.Samples);

    /// <summary>The run begins.</summary>
    internal void Begin(PipelinePlan plan)
    {
        _header = TraceHeader.Of(plan);
        _log.Append(_header.Save().Span);
    }

    /// <summary>Takes a chunk whose turn has come.</summary>
    /// <param name="record">What a <see cref="ChunkTrace"/> has taken down; null when nobody did, so that the trace has
    /// a hole and ends here.</param>
    internal void Take(ReadOnlyMemory<byte>? record)
    {
        if (record is null) _header = null;
        if (_header is null) return;
        _log.Append(record!.Value.Span);
        _chunks++;
    }

    /// <summary>The trace is that of a release.</summary>
    /// <param name="manifestSha256">SHA-256 of its manifest, hexadecimal.</param>
    public void Seal(string manifestSha256)
    {
        _log.Return();
        _log.Append((_header! with { ManifestSha256 = manifestSha256 }).Save().Span);
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();
}
