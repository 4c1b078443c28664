using System.Collections.Immutable;
using SegPipeline.Stages;

namespace SegPipeline.Engine;

/// <summary>
/// What became of every sample and instance, stage by stage. In every entry
/// <c>in + added = out + dropped + rejected</c>, for samples and for instances; a ledger that does not balance is a
/// fault of the program, never of the data.
/// </summary>
/// <param name="Stages">One entry per node, in graph order.</param>
public sealed record Ledger(ImmutableArray<LedgerEntry> Stages);

/// <summary>The account of one stage.</summary>
/// <param name="Stage">Name of the node.</param>
/// <param name="Samples">Account of samples.</param>
/// <param name="Instances">Account of instances.</param>
/// <param name="Notes">Other counts the stage gave, by name.</param>
public sealed record LedgerEntry(
    string Stage, Account Samples, Account Instances, ImmutableSortedDictionary<string, long> Notes)
{
    /// <summary>Samples that left, by port name.</summary>
    public required ImmutableSortedDictionary<string, long> SamplesByPort { get; init; }
}

/// <summary>One balance: what came in and what became of it.</summary>
/// <param name="In">What came in (for a reader: what its plan promised).</param>
/// <param name="Out">What left, over all ports (for a writer: what it wrote).</param>
/// <param name="Rejected">What went to the errors port.</param>
/// <param name="Dropped">What left by no port, by reason.</param>
/// <param name="Added">What left and had not come in, by reason.</param>
public sealed record Account(
    long In,
    long Out,
    long Rejected,
    ImmutableSortedDictionary<string, long> Dropped,
    ImmutableSortedDictionary<string, long> Added)
{
    /// <summary>True when everything is accounted for.</summary>
    public bool Balances => In + Added.Values.Sum() == Out + Rejected + Dropped.Values.Sum();
}
