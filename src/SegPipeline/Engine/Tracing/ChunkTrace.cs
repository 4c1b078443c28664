using System.Buffers.Binary;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// What flows while a chunk is worked on, as fingerprints: of the samples at every port, in the order in which nodes do
/// their work, and of what writers encode. What is looked up stands before what is made of it. A sample that passes
/// another port as it is takes a byte or two there.
/// </summary>
/// <param name="shape">The graph.</param>
/// <param name="ports">Its ports.</param>
/// <param name="digests">Makes fingerprints.</param>
/// <param name="detail">What is told apart.</param>
internal sealed class ChunkTrace(GraphShape shape, TracePorts ports, SampleDigests digests, TraceDetail detail)
{
    private readonly JournalWriter _record = new(_ => null);
    private readonly Dictionary<Sample, int> _taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was taken down so far; <see cref="TracedChunk"/> reads it.</summary>
    public ReadOnlyMemory<byte> Written => _record.Written;

    /// <summary>Takes down what a node has put at its ports.</summary>
    public void Take(int node, Batch batch)
    {
        for (int port = 0; port < shape.Graph.Nodes[node].Stage.OutputPorts.Count; port++)
            Take(new PortRef(node, port), batch);
    }

    /// <summary>Takes down what was rejected.</summary>
    public void TakeErrors(Batch batch) => Take(PortRef.Errors, batch);

    /// <summary>Takes down what a writer has encoded.</summary>
    /// <param name="node">The writer.</param>
    /// <param name="saved">What its output saves of it in a journal.</param>
    /// <param name="files">The files that it puts into the release.</param>
    public void TakeEncoded(int node, ReadOnlySpan<byte> saved, IEnumerable<ReleaseName> files)
    {
        ReleaseName[] names = [.. files];
        _record.Number(ports.OfWriter(node));
        _record.Number(TracedChunk.IsEncoded);
        Write(Fingerprint.Of(saved), sizeof(ulong));
        _record.Number(names.Length);
        foreach (ReleaseName name in names) _record.Text(name.Value);
    }

    private void Take(PortRef port, Batch batch)
    {
        List<Item> items = batch.At(port);
        _record.Number(ports.Of(port));
        _record.Number(items.Count);
        foreach (Item item in items) Take(item.Sample);
    }

    private void Take(Sample sample)
    {
        bool isKnown = _taken.TryGetValue(sample, out int number);
        _record.Number(isKnown ? number : TracedChunk.IsNew);
        if (isKnown) return;
        _taken.Add(sample, _taken.Count + 1);
        _record.Text(sample.Key);
        Write(digests.OfSample(sample), sizeof(ulong));
        bool isDetailed = detail == TraceDetail.Instances;
        _record.Number(isDetailed ? sample.Instances.Length : TracedChunk.IsNotDetailed);
        if (!isDetailed) return;
        foreach (Instance instance in sample.Instances)
        {
            _record.Id(instance.Id);
            Write(digests.OfInstance(instance), sizeof(uint));
        }
    }

    private void Write(ulong digest, int bytes)
    {
        Span<byte> text = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(text, digest);
        _record.Bytes(text[..bytes]);
    }
}
