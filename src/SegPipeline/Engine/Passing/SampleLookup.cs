using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>
/// Makes single samples of the input of a join or grouping when they are asked for: reads the plan entry and takes it
/// through everything between the reader and the stage.
/// </summary>
internal sealed class SampleLookup
{
    private readonly PipelinePlan _plan;
    private readonly BatchPool _batches;
    private readonly Dictionary<int, int[]> _lanes = [];
    private readonly Dictionary<int, int[]> _memberLanes = [];
    private StepRun? _run;

    /// <summary>Lookups in a plan.</summary>
    public SampleLookup(PipelinePlan plan, BatchPool batches)
    {
        _plan = plan;
        _batches = batches;
        GraphShape shape = plan.Shape;
        for (int n = 0; n < shape.Graph.Nodes.Length; n++)
        {
            if (shape.Graph.Nodes[n].Stage is Grouping) _memberLanes.Add(n, LaneTo(shape.Feeders(n)));
            for (int i = 0; i < shape.Graph.Nodes[n].Inputs.Length; i++)
                if (shape.IsLookedUp(n, i)) AddLane(shape.Graph.Nodes[n].Inputs[i].Node);
        }
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

    /// <summary>Makes all samples that a plan entry brings to a grouping, without those that are rejected.</summary>
    /// <param name="asking">The batch that asks.</param>
    /// <param name="grouping">The grouping that asks.</param>
    /// <param name="source">Source of the entry.</param>
    /// <param name="entry">The entry.</param>
    public Sample[] AllOf(Batch asking, int grouping, int source, int entry) =>
        Pass(asking, _memberLanes[grouping], source, entry,
            batch => batch.Input(grouping).Select(item => item.Sample).ToArray());

    private void AddLane(int node) => _lanes.TryAdd(node, LaneTo([node]));

    private int[] LaneTo(IEnumerable<int> nodes)
    {
        bool[] lane = _plan.Shape.LaneTo(nodes);
        return [.. _plan.Shape.EvaluationOrder.Where(n => lane[n])];
    }

    private Item[] Make(Batch asking, PortRef port, KeyPlace place) =>
        Pass(asking, _lanes[port.Node], place.Source, place.Entry, batch => batch.At(port).ToArray());

    private TResult[] Pass<TResult>(
        Batch asking, int[] lane, int source, int entry, Func<Batch, TResult[]> collect) => _batches.Use(batch =>
    {
        batch.BeginLookup(source, entry, asking);
        _run!.Run(batch, lane);
        asking.Problems.AddRange(batch.Problems);
        HandOver(batch, source, entry, lane, asking.Result);
        return collect(batch);
    });

    // What also passes in a chunk of its own is counted there; the rest is counted when it is first looked up.
    private void HandOver(Batch batch, int source, int entry, int[] lane, ChunkResult result)
    {
        foreach (int n in lane)
            if (_plan.Shape.Lineages[n][source] && !_plan.Needed.Has(n, source, entry))
                result.Lookups.Add(new LookupCounts(n, source, entry, batch.Counts(n)));
    }
}
