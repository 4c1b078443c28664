using System.Collections.Immutable;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>
/// Keeps the accounts of a run, chunk by chunk in commit order. Every sample is counted once at every node it passes:
/// in its own chunk; or, if it has none there, when it is first looked up; or, if nobody ever does, as the plan
/// promised it, its instances unread.
/// </summary>
internal sealed class LedgerBook
{
    private readonly Execution _execution;
    private readonly PipelinePlan _plan;
    private readonly NodeCounts[] _totals;
    private readonly StageMeter _meter;
    private readonly EntrySet[] _countedLookups;
    private readonly Dictionary<(int Node, int Input), bool[]> _usedKeys = [];

    /// <summary>An empty book for an execution that knows everything.</summary>
    public LedgerBook(Execution execution)
    {
        _execution = execution;
        _plan = execution.Plan;
        _totals = [.. _plan.Graph.Nodes.Select(n => new NodeCounts(n.Stage.OutputPorts.Count))];
        _meter = new StageMeter(_plan.Graph);
        _countedLookups = [.. _plan.Graph.Nodes.Select(_ => new EntrySet(_plan.Keys.PlanLengths))];
        for (int n = 0; n < _totals.Length; n++)
            for (int i = 0; i < execution.Indexes[n].Length; i++)
                if (execution.Indexes[n][i] is { } index) _usedKeys[(n, i)] = new bool[index.Count];
    }

    /// <summary>The account of a node so far.</summary>
    public NodeCounts Of(int node) => _totals[node];

    /// <summary>Enters a chunk.</summary>
    public void Enter(ChunkResult chunk)
    {
        for (int n = 0; n < _totals.Length; n++)
            if (chunk.Counts[n] is { } counts) _totals[n].Add(counts);
        foreach (LookupCounts lookup in chunk.Lookups)
            if (_countedLookups[lookup.Node].Add(lookup.Source, lookup.Entry)) _totals[lookup.Node].Add(lookup.Counts);
        foreach (KeyUse use in chunk.KeyUses) Enter(use);
        foreach (Refusal refusal in chunk.Refusals) Enter(refusal);
        _meter.Tell(_totals);
    }

    /// <summary>Enters what never passed, when all chunks have.</summary>
    public void Close()
    {
        for (int n = 0; n < _totals.Length; n++)
            // The members of groups came in with the first of each, which always passes.
            if (_plan.Needed.At(n) is not null && _plan.Graph.Nodes[n].Stage is not Grouping) CloseUnread(n);
        foreach (((int node, int input), bool[] used) in _usedKeys)
        {
            long unmatched = used.LongCount(u => !u);
            _totals[node].SamplesIn += unmatched;
            _totals[node].Add(Tally.SamplesDropped, "unmatched", unmatched);
        }
        _meter.Tell(_totals);
    }

    /// <summary>The finished ledger.</summary>
    /// <exception cref="EngineFaultException">An account does not balance.</exception>
    public Ledger ToLedger()
    {
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>(_totals.Length);
        for (int n = 0; n < _totals.Length; n++)
        {
            GraphNode node = _plan.Graph.Nodes[n];
            LedgerEntry entry = LedgerLine.Of(node, _totals[n]);
            if (!entry.Samples.Balances || !entry.Instances.Balances)
                throw new EngineFaultException(node.Name, $"does not account for everything: {entry}");
            entries.Add(entry);
        }
        return new Ledger(entries.ToImmutable());
    }

    private void Enter(KeyUse use)
    {
        bool[] used = _usedKeys[(use.Node, use.Input)];
        if (used[use.Number] && use.Instances >= 0)
        {
            // Its sample came in once, however many others it was joined with.
            NodeCounts counts = _totals[use.Node];
            counts.SamplesIn--;
            counts.InstancesIn -= use.Instances;
            counts.Add(Tally.SamplesAdded, "used again", 1);
            counts.Add(Tally.InstancesAdded, "used again", use.Instances);
        }
        used[use.Number] = true;
    }

    // What was rejected on its way to a join never came in there.
    private void Enter(Refusal refusal)
    {
        if (refusal.Entry < 0) return;
        foreach (((int node, int input), bool[] used) in _usedKeys)
        {
            PortRef feeder = _plan.Graph.Nodes[node].Inputs[input];
            if (_plan.Keys.Port(feeder) is null || !_plan.Shape.LaneTo([feeder.Node])[refusal.Node]) continue;
            string key = _plan.Keys.KeyOf(refusal.Source, refusal.Entry);
            if (_execution.Indexes[node][input]!.NumberOf(key, refusal.Source, refusal.Entry) is { } number)
                used[number] = true;
        }
    }

    private void CloseUnread(int n)
    {
        NodeCounts counts = _totals[n];
        SelectorDecision? decision = _execution.Decisions[n];
        for (int s = 0; s < _plan.Keys.PlanLengths.Length; s++)
            foreach (int e in _plan.Keys.Inputs[n]!.Of(s))
            {
                if (_plan.Needed.Has(n, s, e) || _countedLookups[n].Has(s, e)) continue;
                counts.SamplesIn++;
                if (_plan.Graph.Nodes[n].Stage is Reader)
                {
                    CloseUnreadEntry(n, counts);
                    continue;
                }
                Choice choice = decision?.Of(s, e, number: 0) ?? new Choice(Port: 0);
                if (choice.Port >= 0) counts.LeaveUnread(choice.Port, count: 1);
                else counts.Add(Tally.SamplesDropped, choice.DropReason!, 1);
            }
    }

    // Only where every port that is taken from has a sample of every entry are there entries that nobody needs.
    private void CloseUnreadEntry(int n, NodeCounts counts)
    {
        counts.Add(Tally.Note, "unread", 1);
        int[] ports = _plan.Shape.ReadPorts(n);
        for (int i = 0; i < ports.Length; i++)
        {
            counts.LeaveUnread(ports[i], count: 1);
            if (i > 0) counts.Add(Tally.SamplesAdded, _plan.Graph.Nodes[n].Stage.OutputPorts[ports[i]], 1);
        }
    }
}
