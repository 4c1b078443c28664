namespace SegPipeline.Engine.Sharding;

/// <summary>One of the parts that a run is divided into: a contiguous range of its chunks.</summary>
/// <param name="Index">Which, from 0.</param>
/// <param name="Of">How many there are; above <paramref name="Index"/>.</param>
public sealed record Shard(int Index, int Of)
{
    /// <summary>The part of the chunks of a run that is its own. The parts of all shards cover every chunk once, and
    /// differ by at most one chunk.</summary>
    /// <param name="chunks">Number of chunks of the run.</param>
    public ChunkSpan ChunksOf(int chunks)
    {
        int first = FirstOf(Index, chunks);
        return new ChunkSpan(first, FirstOf(Index + 1, chunks) - first);
    }

    /// <summary>The shard that has a chunk.</summary>
    /// <param name="chunk">Which chunk, from 0.</param>
    /// <param name="of">How many shards there are.</param>
    /// <param name="chunks">Number of chunks of the run.</param>
    public static Shard Having(int chunk, int of, int chunks) =>
        new((int)((((chunk + 1L) * of) + chunks - 1) / chunks) - 1, of);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"shard {Index} of {Of}");

    private int FirstOf(int index, int chunks) => (int)((long)chunks * index / Of);
}

/// <summary>Chunks that follow each other in a run.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Count">How many.</param>
public readonly record struct ChunkSpan(int First, int Count)
{
    /// <summary>Number behind the last.</summary>
    public int End => First + Count;

    /// <summary>True when both have a chunk.</summary>
    public bool Meets(ChunkSpan other) => Math.Max(First, other.First) < Math.Min(End, other.End);

    /// <summary>True when every chunk of the other is one of these.</summary>
    public bool Holds(ChunkSpan other) => First <= other.First && other.End <= End;

    /// <inheritdoc/>
    public override string ToString() => Count switch
    {
        0 => "no chunk",
        1 => FormattableString.Invariant($"chunk {First}"),
        _ => FormattableString.Invariant($"chunks {First}-{End - 1}"),
    };
}
