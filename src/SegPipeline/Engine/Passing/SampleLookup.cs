using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>
/// Makes single samples of a join's input when they are asked for: reads the plan entry and takes it through everything
/// between the reader and the join.
/// </summary>
internal sealed class SampleLookup
{
    private readonly PipelinePlan _plan;
    private readonly BatchPool _batches;
    private readonly Dictionary<int, int[]> _lanes = [];
    private StepRun? _run;

    /// <summary>Lookups in a plan.</summary>
    public SampleLookup(PipelinePlan plan, BatchPool batches)
    {
        _plan = plan;
        _batches = batches;
        GraphShape shape = plan.Shape;
        for (int n = 0; n < shape.Graph.Nodes.Length; n++)
            for (int i = 0; i < shape.Graph.Nodes[n].Inputs.Length; i++)
                if (shape.IsLookedUp(n, i)) AddLane(shape.Graph.Nodes[n].Inputs[i].Node);
    }

    /// <summary>Tells how steps are run; once, when they are all there.</summary>
    public void Use(StepRun run) => _run = run;

    /// <summary>Finds the sample of a key.</summary>
    /// <param name="asking">The batch that asks.</param>
    /// <param name="join">The join that asks.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="key">The key.</param>
    /// <param name="place">Where the key comes from.</param>
    /// <returns>The sample; null when it was rejected on the way.</returns>
    public Sample? Find(Batch asking, int join, int input, string key, KeyPlace place)
    {
        var slot = (join, input, place.Source, place.Entry);
        if (!asking.LookedUp.TryGetValue(slot, out Item[]? items))
            asking.LookedUp[slot] = items = Make(asking, _plan.Graph.Nodes[join].Inputs[input], place);
        foreach (Item item in items)
            if (string.Equals(item.Sample.Key, key, StringComparison.Ordinal)) return item.Sample;
        return null;
    }

    private void AddLane(int node)
    {
        bool[] lane = _plan.Shape.LaneTo([node]);
        _lanes.TryAdd(node, [.. _plan.Shape.EvaluationOrder.Where(n => lane[n])]);
    }

    private Item[] Make(Batch asking, PortRef port, KeyPlace place) => _batches.Use(batch =>
    {
        batch.BeginLookup(place.Source, place.Entry, asking);
        _run!.Run(batch, _lanes[port.Node]);
        asking.Problems.AddRange(batch.Problems);
        HandOver(batch, place, _lanes[port.Node], asking.Result);
        return batch.At(port).ToArray();
    });

    // What also passes in a chunk of its own is counted there; the rest is counted when it is first looked up.
    private void HandOver(Batch batch, KeyPlace place, int[] lane, ChunkResult result)
    {
        foreach (int n in lane)
            if (_plan.Shape.Lineages[n][place.Source] && !_plan.Needed.Has(n, place.Source, place.Entry))
                result.Lookups.Add(new LookupCounts(n, place.Source, place.Entry, batch.Counts(n)));
    }
}
