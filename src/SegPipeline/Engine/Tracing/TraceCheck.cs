namespace SegPipeline.Engine.Tracing;

/// <summary>Holds what flows through a run against what flowed through an earlier run of the same graph, and ends it at
/// the first difference.</summary>
/// <param name="earlier">The trace of the earlier run; whoever opened it closes it.</param>
public sealed class TraceCheck(TraceFile earlier)
{
    private TraceComparison? _comparison;
    private IEnumerator<byte[]>? _records;
    private int _chunks;

    /// <summary>The run begins.</summary>
    internal void Begin(PipelinePlan plan)
    {
        _comparison = new TraceComparison(earlier.Header, TraceHeader.Of(plan), TracedInputs.Same);
        _records = earlier.Records().GetEnumerator();
    }

    /// <summary>Takes a chunk whose turn has come.</summary>
    /// <exception cref="RunsDifferException">It is not as it was in the earlier run.</exception>
    internal void Take(ReadOnlyMemory<byte> record)
    {
        byte[]? before = _records!.MoveNext() ? _records.Current : null;
        if (_comparison!.Compare(_chunks++, before, record) is { } difference)
            throw new RunsDifferException(difference);
    }
}
