namespace SegPipeline.Engine.Running;

/// <summary>A chunk whose turn has come: every writer appends its part, then the chunk is over.</summary>
/// <param name="encoded">For each writer what it has to append; null for nothing.</param>
/// <param name="holders">How many must be done with it: the writers and whoever hands it to them.</param>
/// <param name="over">What to do when all are.</param>
internal sealed class CommittedChunk(object?[] encoded, int holders, Func<ValueTask> over)
{
    private int _holders = holders;

    /// <summary>What a writer has to append; null for nothing.</summary>
    public object? For(int writer) => encoded[writer];

    /// <summary>One of the holders is done.</summary>
    public ValueTask DoneAsync() => Interlocked.Decrement(ref _holders) == 0 ? over() : default;
}
