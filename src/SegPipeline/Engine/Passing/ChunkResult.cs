using System.Collections.Immutable;
using SegPipeline.Engine.Figures;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>A join asked one of its inputs for a key.</summary>
/// <param name="Node">The join.</param>
/// <param name="Input">The input.</param>
/// <param name="Number">Number of the key in the input's index.</param>
/// <param name="Instances">Instances of the sample it got; -1 when there was none, after all.</param>
internal readonly record struct KeyUse(int Node, int Input, int Number, int Instances);

/// <summary>What a node did with a plan entry that was looked up.</summary>
internal readonly record struct LookupCounts(int Node, int Source, int Entry, NodeCounts Counts);

/// <summary>A sample that a node refused.</summary>
internal readonly record struct Refusal(int Node, int Source, int Entry, ImmutableArray<Problem> Problems);

/// <summary>What is left of a chunk when a worker is done with it: all that the commit needs.</summary>
internal sealed class ChunkResult
{
    /// <summary>What each node did; null where the chunk did not pass.</summary>
    public required NodeCounts?[] Counts { get; init; }

    /// <summary>The keys that joins asked for, in order.</summary>
    public List<KeyUse> KeyUses { get; } = [];

    /// <summary>What nodes did with entries that were looked up.</summary>
    public List<LookupCounts> Lookups { get; } = [];

    /// <summary>The samples that were rejected.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>The figures of its samples; null when none are taken.</summary>
    public ChunkFigures? Figures { get; set; }

    /// <summary>For each writer of the run what it has to append; null for nothing.</summary>
    public object?[] Encoded { get; set; } = [];

    /// <summary>What flowed, as a trace has it; null where nothing is traced.</summary>
    public ReadOnlyMemory<byte>? Traced { get; set; }

    /// <summary>All of the above as the journal keeps it; null where there is no journal.</summary>
    public JournalWriter? Saved { get; set; }
}
