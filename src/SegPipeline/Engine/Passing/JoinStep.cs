using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>
/// Aligns the samples of several inputs by key and passes each row through a join. Inputs of one lineage are aligned
/// within a plan entry; others are asked for the key.
/// </summary>
internal sealed class JoinStep : Step
{
    private readonly GraphNode _node;
    private readonly bool[] _onLane;
    private readonly bool[] _leads;
    private readonly bool[] _isLookedUp;
    private readonly KeyIndex?[] _indexes;
    private readonly SampleLookup _lookup;
    private readonly Action<IReadOnlyList<Sample?>, StageOutput> _apply;
    private readonly StageYield _yield;

    /// <summary>Compiles the join of a node.</summary>
    public JoinStep(int node, GraphShape shape, KeyIndex?[] indexes, SampleLookup lookup,
        IReadOnlyList<DatasetInfo> inputs, StageContext context) : base(node, needed: null)
    {
        _node = shape.Graph.Nodes[node];
        _onLane = [.. _node.Inputs.Select((_, i) => shape.IsOnLane(node, i))];
        _leads = [.. _node.Inputs.Select((_, i) => shape.Leads(node, i))];
        _isLookedUp = [.. _node.Inputs.Select((_, i) => shape.IsLookedUp(node, i))];
        _indexes = indexes;
        _lookup = lookup;
        _yield = new StageYield(node, _node.Name, _node.Stage.OutputPorts.Count);
        _apply = ((Join)_node.Stage).Prepare(inputs, context);
    }

    /// <inheritdoc/>
    public override void Run(Batch batch)
    {
        var inputs = new JoinInput?[_node.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            if (_onLane[i]) inputs[i] = new JoinInput(batch.At(_node.Inputs[i]));
        while (NextEntry(inputs) is { } entry)
        {
            foreach (JoinInput? input in inputs) input?.MoveTo(entry);
            for (int i = 0; i < inputs.Length; i++)
                if (_leads[i]) Lead(batch, inputs, i);
            CountUnmatched(batch, inputs);
        }
    }

    private static int? NextEntry(JoinInput?[] inputs)
    {
        int? next = null;
        foreach (JoinInput? input in inputs)
            if (input?.NextEntry is { } entry && (next is null || entry < next)) next = entry;
        return next;
    }

    private void Lead(Batch batch, JoinInput?[] inputs, int leading)
    {
        while (inputs[leading]!.TakeNext() is { } item)
        {
            string key = item.Sample.Key;
            if (HasBeenLed(leading, key)) continue;
            var row = new Sample?[inputs.Length];
            row[leading] = item.Sample;
            NoteLeader(batch, leading, item);
            int problems = batch.Problems.Count;
            for (int i = leading + 1; i < row.Length; i++)
                row[i] = _isLookedUp[i] ? LookUp(batch, i, key) : inputs[i]!.Take(key);
            if (batch.Problems.Count == problems) Join(batch, item, row);
        }
    }

    private bool HasBeenLed(int leading, string key)
    {
        for (int i = 0; i < leading; i++)
            if (_indexes[i] is { } index && index.TryFind(key, out _)) return true;
        return false;
    }

    // Where every input is looked up, a leader uses its own key: what is left of the index was matched by nothing.
    private void NoteLeader(Batch batch, int leading, in Item item)
    {
        if (_indexes[leading] is not { } index || batch.Purpose != BatchPurpose.Chunk) return;
        if (index.NumberOf(item.Sample.Key, batch.Source, item.Entry) is { } number)
            batch.Result.KeyUses.Add(new KeyUse(Node, leading, number, item.Sample.Instances.Length));
    }

    private Sample? LookUp(Batch batch, int input, string key)
    {
        if (!_indexes[input]!.TryFind(key, out KeyPlace place)) return null;
        Sample? found = _lookup.Find(batch, Node, input, key, place);
        if (batch.Purpose == BatchPurpose.Chunk)
            batch.Result.KeyUses.Add(new KeyUse(Node, input, place.Number, found?.Instances.Length ?? -1));
        return found;
    }

    private void Join(Batch batch, in Item item, Sample?[] row)
    {
        NodeCounts counts = batch.Counts(Node);
        long instances = 0;
        int present = 0;
        foreach (Sample? sample in row)
        {
            if (sample is null) continue;
            counts.Enter(sample);
            instances += sample.Instances.Length;
            present++;
        }
        counts.Add(Tally.SamplesDropped, "joined", present - 1);
        batch.Output.Clear();
        try
        {
            _apply(row, batch.Output);
        }
        catch (BadDataException e)
        {
            batch.Refuse(Node, item, e.Problems);
            counts.Add(Tally.InstancesDropped, "joined", instances - item.Sample.Instances.Length);
            return;
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(_node.Name, $"failed at sample '{item.Sample.Key}'", e);
        }
        _yield.Take(batch, counts, item, instances);
    }

    private void CountUnmatched(Batch batch, JoinInput?[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (_leads[i]) continue;
            while (inputs[i]?.TakeNext() is { } item)
            {
                batch.Counts(Node).Enter(item.Sample);
                batch.Counts(Node).Drop(item.Sample, "unmatched");
            }
        }
    }
}
