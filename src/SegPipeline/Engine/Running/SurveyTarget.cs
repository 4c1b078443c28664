using System.Collections.Immutable;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>What can be told only when all samples have passed: a decision, groups, or the keys of an input.</summary>
/// <param name="Node">The selector, grouping or join.</param>
/// <param name="Input">The join's input whose keys are wanted; null for another stage.</param>
/// <param name="Shape">The graph.</param>
internal sealed record SurveyTarget(int Node, int? Input, GraphShape Shape)
{
    /// <summary>The node.</summary>
    public GraphNode GraphNode => Shape.Graph.Nodes[Node];

    /// <summary>The nodes whose output is looked at.</summary>
    public IEnumerable<int> Feeders =>
        Input is { } input ? [GraphNode.Inputs[input].Node] : GraphNode.Inputs.Select(p => p.Node);

    private Func<Sample, string?>? Observe => GraphNode.Stage switch
    {
        Selector { KeysSuffice: false } selector => selector.Observe,
        Grouping { KeysSuffice: false } grouping => grouping.Observe,
        _ => null,
    };

    /// <summary>Looks at what has come to the node with a chunk.</summary>
    public List<Gathered> Gather(Batch batch)
    {
        List<Item> items = Input is { } input ? batch.At(GraphNode.Inputs[input]) : batch.Input(Node);
        var gathered = new List<Gathered>(items.Count);
        foreach (Item item in items) gathered.Add(Gather(batch, item));
        return gathered;
    }

    private Gathered Gather(Batch batch, in Item item)
    {
        string key = item.Sample.Key;
        var candidate = new Candidate(key, Observed: null);
        if (Observe is not { } observe)
            return new Gathered(batch.Source, item.Entry, candidate, Problems: null);
        try
        {
            candidate = new Candidate(key, observe(item.Sample));
            return new Gathered(batch.Source, item.Entry, candidate, Problems: null);
        }
        catch (BadDataException e)
        {
            if (GraphNode.OnError == ErrorPolicy.Fail) batch.Refuse(Node, item, e.Problems);
            return new Gathered(batch.Source, item.Entry, candidate, [.. e.Problems]);
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(GraphNode.Name, $"failed at sample '{key}'", e);
        }
    }
}
