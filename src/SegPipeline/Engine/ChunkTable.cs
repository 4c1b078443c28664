using System.Collections.Immutable;
using SegPipeline.Engine.Planning;

namespace SegPipeline.Engine;

/// <summary>A numbered slice of a reader's plan.</summary>
/// <param name="Number">Its number in the run, from 0.</param>
/// <param name="Node">Node of the reader.</param>
/// <param name="First">Its first entry in the reader's <see cref="ChunkTable.EntriesOf(int)"/>.</param>
/// <param name="Count">Number of entries; 0 for a reader of which nothing passes in chunks.</param>
/// <param name="CostBytes">What its entries cost together.</param>
public sealed record PlannedChunk(int Number, int Node, int First, int Count, long CostBytes);

/// <summary>
/// The chunks of a run, in the order in which they are committed. Follows from the graph and its inputs alone. Every
/// reader has at least one, empty when nothing of it passes in chunks; it carries what is wrong with the dataset.
/// </summary>
public sealed class ChunkTable
{
    private readonly ImmutableDictionary<int, ImmutableArray<int>> _entries;

    private ChunkTable(
        ImmutableArray<PlannedChunk> chunks, ImmutableDictionary<int, ImmutableArray<int>> entries)
    {
        Chunks = chunks;
        _entries = entries;
        Samples = chunks.Sum(c => (long)c.Count);
    }

    /// <summary>The chunks; chunk i has number i.</summary>
    public ImmutableArray<PlannedChunk> Chunks { get; }

    /// <summary>Number of plan entries in all chunks.</summary>
    public long Samples { get; }

    /// <summary>The plan entries of a reader that are read at all, in plan order: indices into its plan.</summary>
    /// <param name="node">Node of the reader.</param>
    public ImmutableArray<int> EntriesOf(int node) => _entries[node];

    /// <summary>The plan entries of a chunk: indices into its reader's plan.</summary>
    public ReadOnlyMemory<int> EntriesOf(PlannedChunk chunk) =>
        _entries[chunk.Node].AsMemory().Slice(chunk.First, chunk.Count);

    /// <summary>Cuts the needed entries of every reader into chunks.</summary>
    internal static ChunkTable Cut(
        GraphShape shape, LineageOrder order, NeededEntries needed, EntryCosts costs)
    {
        var chunks = ImmutableArray.CreateBuilder<PlannedChunk>();
        var entries = ImmutableDictionary.CreateBuilder<int, ImmutableArray<int>>();
        foreach (int source in order.Sources)
        {
            int node = shape.SourceNodes[source];
            entries[node] = [.. needed.At(node)!.Of(source)];
            Cut(node, entries[node], entry => costs.Of(source, entry), shape.Graph.ChunkLimits, chunks);
        }
        return new ChunkTable(chunks.ToImmutable(), entries.ToImmutable());
    }

    private static void Cut(int node, ImmutableArray<int> entries, Func<int, long> costOf, ChunkLimits limits,
        ImmutableArray<PlannedChunk>.Builder chunks)
    {
        int first = 0;
        long cost = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            long next = costOf(entries[i]);
            if (i > first && (i - first == limits.Samples || cost + next > limits.CostBytes))
            {
                chunks.Add(new PlannedChunk(chunks.Count, node, first, i - first, cost));
                first = i;
                cost = 0;
            }
            cost += next;
        }
        chunks.Add(new PlannedChunk(chunks.Count, node, first, entries.Length - first, cost));
    }
}
