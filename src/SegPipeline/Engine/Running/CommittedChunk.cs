namespace SegPipeline.Engine.Running;

/// <summary>A chunk whose turn has come: every writer appends its part, then the chunk is over.</summary>
/// <param name="encoded">For each writer what it has to append; null for nothing.</param>
/// <param name="holders">How many must be done with it: the writers and whoever hands it to them.</param>
/// <param name="over">What to do when all are.</param>
internal sealed class CommittedChunk(object?[] encoded, int holders, Func<CommittedChunk, ValueTask> over)
{
    private int _holders = holders;
    private volatile bool _isLost;

    /// <summary>True when a writer has not appended it, or one before it.</summary>
    public bool IsLost => _isLost;

    /// <summary>What a writer has to append; null for nothing.</summary>
    public object? For(int writer) => encoded[writer];

    /// <summary>A writer will not append it, or has not appended one before it.</summary>
    public void Lose() => _isLost = true;

    /// <summary>One of the holders is done.</summary>
    public ValueTask DoneAsync() => Interlocked.Decrement(ref _holders) == 0 ? over(this) : default;
}
