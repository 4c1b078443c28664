using System.Buffers.Binary;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// What flowed through a run, chunk by chunk, in a file: recorded by one run, compared with by another, which ends at
/// the first difference.
/// </summary>
/// <remarks>Some 30 bytes an annotation for every port that it passes.</remarks>
/// <param name="file">The file; whoever opened it closes it.</param>
/// <param name="graph">The graph.</param>
public sealed class RunTrace(Stream file, PipelineGraph graph)
{
    private bool _isComparing;

    /// <summary>From now on chunks are compared with those that were recorded, from the first on.</summary>
    public void Rewind()
    {
        file.Position = 0;
        _isComparing = true;
    }

    /// <summary>Takes a chunk whose turn has come.</summary>
    /// <exception cref="RunsDifferException">It is not as it was recorded.</exception>
    internal void Take(int chunk, ReadOnlyMemory<byte> record)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (!_isComparing)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, record.Length);
            file.Write(length);
            file.Write(record.Span);
            return;
        }
        if (file.ReadAtLeast(length, sizeof(int), throwOnEndOfStream: false) < sizeof(int)) throw NoSuchChunk(chunk);
        byte[] recorded = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        file.ReadExactly(recorded);
        if (new TraceComparison(graph, chunk).Compare(recorded, record) is { } difference)
            throw new RunsDifferException(difference);
    }

    private static RunsDifferException NoSuchChunk(int chunk) =>
        new(new TraceDifference(chunk, "the plan") { What = "the first run had no such chunk" });
}
