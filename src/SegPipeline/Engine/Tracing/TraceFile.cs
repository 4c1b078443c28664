using SegPipeline.Engine.Journal;
using SegPipeline.Model;

namespace SegPipeline.Engine.Tracing;

/// <summary>What flowed through the run that made a release, as it stands beside the release.</summary>
public sealed class TraceFile : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly JournalLog _log;

    private TraceFile(JournalLog log, TraceHeader header) => (_log, Header) = (log, header);

    /// <summary>How to read it.</summary>
    internal TraceHeader Header { get; }

    /// <summary>Opens the trace of a release.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="manifestSha256">SHA-256 of the release's manifest.</param>
    /// <returns>The trace; null when there is none, it is damaged, or that of another release or version.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TraceFile? Open(string path, string manifestSha256)
    {
        if (!File.Exists(path)) return null;
        var log = new JournalLog(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes));
        try
        {
            if (log.Read() is { } first && TraceHeader.Load(first) is { } header &&
                header.ManifestSha256 == manifestSha256)
            {
                var trace = new TraceFile(log, header);
                if (trace.Records().Count() == header.Chunks) return trace;
            }
        }
        catch (BadDataException)
        {
            // As good as none.
        }
        log.Dispose();
        return null;
    }

    /// <summary>What was taken down of each chunk, in order.</summary>
    internal IEnumerable<byte[]> Records()
    {
        _log.Return();
        _log.Read();
        for (int chunk = 0; chunk < Header.Chunks && _log.Read() is { } record; chunk++) yield return record;
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();
}
