using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>Passes the samples of a batch through a transform.</summary>
internal sealed class TransformStep : Step
{
    private readonly GraphNode _node;
    private readonly Action<Sample, StageOutput> _apply;
    private readonly StageYield _yield;
    private readonly bool _keepsSamples;

    /// <summary>Compiles the transform of a node.</summary>
    public TransformStep(int node, EntrySet? needed, GraphNode graphNode, DatasetInfo input, StageContext context)
        : base(node, needed)
    {
        _node = graphNode;
        var transform = (Transform)graphNode.Stage;
        _keepsSamples = transform.KeepsSamples;
        _yield = new StageYield(node, graphNode.Name, transform.OutputPorts.Count);
        _apply = transform.Prepare(input, context);
    }

    /// <inheritdoc/>
    public override void Run(Batch batch)
    {
        NodeCounts counts = batch.Counts(Node);
        List<Item> input = batch.Input(Node);
        for (int i = 0; i < input.Count; i++)
        {
            Item item = input[i];
            if (!Passes(batch, item.Entry)) continue;
            counts.Enter(item.Sample);
            if (!Apply(batch, item)) continue;
            if (_keepsSamples) CheckKept(batch.Output, item.Sample.Key);
            _yield.Take(batch, counts, item, item.Sample.Instances.Length);
        }
    }

    private bool Apply(Batch batch, in Item item)
    {
        batch.Output.Clear();
        try
        {
            _apply(item.Sample, batch.Output);
            return true;
        }
        catch (BadDataException e)
        {
            batch.Refuse(Node, item, e.Problems);
            return false;
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(_node.Name, $"failed at sample '{item.Sample.Key}'", e);
        }
    }

    private void CheckKept(StageOutput output, string key)
    {
        if (output.Emitted.Count != 1 || output.Emitted[0].Port != 0 ||
            !string.Equals(output.Emitted[0].Sample.Key, key, StringComparison.Ordinal))
            throw new EngineFaultException(_node.Name, $"promises to keep samples and did not keep '{key}'");
    }
}
