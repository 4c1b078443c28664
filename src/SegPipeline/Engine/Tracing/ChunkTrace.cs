using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// What flowed while a chunk was worked on, as digests: of each sample and instance at every port, in the order in
/// which nodes did their work. What was looked up stands before what was made of it.
/// </summary>
/// <param name="shape">The graph.</param>
/// <param name="digests">Makes digests.</param>
internal sealed class ChunkTrace(GraphShape shape, SampleDigests digests)
{
    private readonly JournalWriter _record = new(_ => null);

    /// <summary>What was taken down so far.</summary>
    public ReadOnlyMemory<byte> Written => _record.Written;

    /// <summary>Takes down what a node has put at its ports.</summary>
    public void Take(int node, Batch batch)
    {
        for (int port = 0; port < shape.Graph.Nodes[node].Stage.OutputPorts.Count; port++)
            Take(node, port, batch.At(new PortRef(node, port)));
    }

    /// <summary>Takes down what was rejected.</summary>
    public void TakeErrors(Batch batch) => Take(PortRef.Errors.Node, PortRef.Errors.Port, batch.At(PortRef.Errors));

    /// <summary>Takes down what a writer has encoded.</summary>
    /// <param name="node">The writer.</param>
    /// <param name="encoded">What its output would save in a journal.</param>
    public void TakeEncoded(int node, JournalWriter encoded)
    {
        _record.Number(node);
        _record.Number(0);
        _record.Number(1);
        _record.Text(null);
        _record.Bytes(SampleDigests.DigestOf(encoded));
        _record.Number(0);
    }

    private void Take(int node, int port, List<Item> items)
    {
        if (items.Count == 0) return;
        _record.Number(node);
        _record.Number(port);
        _record.Number(items.Count);
        foreach (Item item in items)
        {
            _record.Text(item.Sample.Key);
            _record.Bytes(digests.OfSample(item.Sample));
            _record.Number(item.Sample.Instances.Length);
            foreach (Instance instance in item.Sample.Instances)
            {
                _record.Id(instance.Id);
                _record.Bytes(digests.OfInstance(instance));
            }
        }
    }
}
