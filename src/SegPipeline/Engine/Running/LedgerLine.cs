using System.Collections.Immutable;
using SegPipeline.Engine.Passing;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>Lays the account of a node out for the ledger.</summary>
internal static class LedgerLine
{
    /// <summary>The ledger's entry for a node.</summary>
    public static LedgerEntry Of(GraphNode node, NodeCounts counts) =>
        new(node.Name,
            new Account(counts.SamplesIn, counts.SamplesOut, counts.SamplesRejected,
                Reasons(counts, Tally.SamplesDropped), Reasons(counts, Tally.SamplesAdded)),
            new Account(counts.InstancesIn, counts.InstancesOut, counts.InstancesRejected,
                Reasons(counts, Tally.InstancesDropped), Reasons(counts, Tally.InstancesAdded)),
            Reasons(counts, Tally.Note))
        {
            SamplesByPort = node.Stage.OutputPorts
                .Select((port, p) => (port, count: counts.SamplesByPort[p]))
                .ToImmutableSortedDictionary(p => p.port, p => p.count, StringComparer.Ordinal),
        };

    private static ImmutableSortedDictionary<string, long> Reasons(NodeCounts counts, Tally kind) => counts.Tallies
        .Where(t => t.Kind == kind)
        .ToImmutableSortedDictionary(t => t.Reason, t => t.Count, StringComparer.Ordinal);
}
