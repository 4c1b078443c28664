using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Running;
using SegPipeline.Engine.Tracing;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>What is left of a chunk as the journal keeps it: all that its commit needs.</summary>
internal static class ChunkRecord
{
    /// <summary>Takes a chunk down.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="outputs">Take down what they encoded.</param>
    /// <param name="trace">What flowed; told of what is encoded too. Null where nothing is traced.</param>
    /// <param name="journal">Where to.</param>
    public static void Save(ChunkResult chunk, OutputSet outputs, ChunkTrace? trace, JournalWriter journal)
    {
        foreach (NodeCounts? counts in chunk.Counts)
        {
            journal.Flag(counts is not null);
            if (counts is not null) Save(counts, journal);
        }
        journal.Number(chunk.KeyUses.Count);
        foreach (KeyUse use in chunk.KeyUses)
        {
            journal.Number(use.Node);
            journal.Number(use.Input);
            journal.Number(use.Number);
            journal.Number(use.Instances);
        }
        journal.Number(chunk.Lookups.Count);
        foreach (LookupCounts lookup in chunk.Lookups)
        {
            journal.Number(lookup.Node);
            journal.Number(lookup.Source);
            journal.Number(lookup.Entry);
            Save(lookup.Counts, journal);
        }
        journal.Number(chunk.Refusals.Count);
        foreach (Refusal refusal in chunk.Refusals) Save(refusal, journal);
        journal.Flag(chunk.Figures is not null);
        chunk.Figures?.Save(journal);
        outputs.Save(chunk.Encoded, trace, journal);
        journal.Flag(trace is not null);
        if (trace is not null) journal.Bytes(trace.Written.Span);
    }

    /// <summary>Reads what was taken down.</summary>
    public static ChunkResult Load(
        JournalReader journal, GraphShape shape, FigureTaking? figures, OutputSet outputs)
    {
        var nodes = shape.Graph.Nodes;
        var chunk = new ChunkResult { Counts = new NodeCounts?[nodes.Length] };
        for (int n = 0; n < nodes.Length; n++)
            if (journal.Flag()) chunk.Counts[n] = LoadCounts(journal, nodes[n]);
        for (int left = journal.Count(); left > 0; left--)
            chunk.KeyUses.Add(new KeyUse(journal.Count(), journal.Count(), journal.Count(), journal.Count()));
        for (int left = journal.Count(); left > 0; left--)
        {
            int node = journal.Count();
            chunk.Lookups.Add(
                new LookupCounts(node, journal.Count(), journal.Count(), LoadCounts(journal, nodes[node])));
        }
        for (int left = journal.Count(); left > 0; left--) chunk.Refusals.Add(LoadRefusal(journal));
        // A shard takes figures whether or not the merged release will have a report.
        if (journal.Flag()) chunk.Figures = (figures ?? new FigureTaking(shape, new FigureOptions())).Load(journal);
        chunk.Encoded = outputs.Load(journal);
        if (journal.Flag()) chunk.Traced = journal.Bytes();
        return chunk;
    }

    private static void Save(NodeCounts counts, JournalWriter journal)
    {
        journal.Number(counts.SamplesIn);
        journal.Number(counts.SamplesOut);
        journal.Number(counts.SamplesRejected);
        journal.Number(counts.InstancesIn);
        journal.Number(counts.InstancesOut);
        journal.Number(counts.InstancesRejected);
        foreach (long samples in counts.SamplesByPort) journal.Number(samples);
        journal.Number(counts.Tallies.Count);
        foreach ((Tally kind, string reason, long count) in counts.Tallies)
        {
            journal.Number((int)kind);
            journal.Text(reason);
            journal.Number(count);
        }
    }

    private static NodeCounts LoadCounts(JournalReader journal, GraphNode node)
    {
        var counts = new NodeCounts(node.Stage.OutputPorts.Count)
        {
            SamplesIn = journal.Number(),
            SamplesOut = journal.Number(),
            SamplesRejected = journal.Number(),
            InstancesIn = journal.Number(),
            InstancesOut = journal.Number(),
            InstancesRejected = journal.Number(),
        };
        for (int p = 0; p < counts.SamplesByPort.Length; p++) counts.SamplesByPort[p] = journal.Number();
        for (int left = journal.Count(); left > 0; left--)
            counts.Add((Tally)journal.Count(), journal.Text()!, journal.Number());
        return counts;
    }

    private static void Save(Refusal refusal, JournalWriter journal)
    {
        journal.Number(refusal.Node);
        journal.Number(refusal.Source);
        journal.Number(refusal.Entry);
        ProblemRecord.Save(refusal.Problems, journal);
    }

    private static Refusal LoadRefusal(JournalReader journal) =>
        new(journal.Count(), journal.Count(), journal.Count(), ProblemRecord.Load(journal));
}
