using System.Collections.Immutable;
using SegPipeline.Engine.Planning;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>Why a batch is worked on.</summary>
internal enum BatchPurpose
{
    /// <summary>It is a chunk of the plan: what happens is counted.</summary>
    Chunk,

    /// <summary>A join looks up a sample that comes from its one entry.</summary>
    Lookup,
}

/// <summary>
/// Plan entries on their way through the graph, in the hands of one worker: the samples at every port so far. Used for
/// one batch after another, so that a worker allocates next to nothing but the samples themselves.
/// </summary>
internal sealed class Batch
{
    private readonly GraphShape _shape;
    private readonly List<Item>[][] _ports;
    private readonly NodeCounts?[] _counts;
    private readonly List<Item> _errors = [];
    private readonly List<Item> _merged = [];
    private readonly List<List<Item>> _merging = [];

    /// <summary>An empty batch for a graph.</summary>
    public Batch(GraphShape shape)
    {
        _shape = shape;
        _ports = [.. shape.Graph.Nodes.Select(n => n.Stage.OutputPorts.Select(_ => new List<Item>()).ToArray())];
        _counts = new NodeCounts?[shape.Graph.Nodes.Length];
        Result = new ChunkResult { Counts = _counts };
    }

    /// <summary>Takes down what nodes do with it; null for nothing.</summary>
    public ChunkTrace? Trace { get; private set; }

    /// <summary>Why it is worked on.</summary>
    public BatchPurpose Purpose { get; private set; }

    /// <summary>Source of its entries.</summary>
    public int Source { get; private set; }

    /// <summary>Its entries: indices into the plan of the source, ascending.</summary>
    public ReadOnlyMemory<int> Entries { get; private set; }

    /// <summary>True for the first chunk of the source, which carries what is wrong with the dataset.</summary>
    public bool CarriesDefects { get; private set; }

    /// <summary>What the chunk leaves behind; that of the chunk that asked, for a lookup.</summary>
    public ChunkResult Result { get; private set; }

    /// <summary>What is wrong with samples of stages that may not reject any.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Where stages put what they make.</summary>
    public StageOutput Output { get; } = new();

    /// <summary>Samples that were looked up while this batch was worked on: by join, input, source and entry.</summary>
    public Dictionary<(int Node, int Input, int Source, int Entry), Item[]> LookedUp { get; } = [];

    /// <summary>Begins with a chunk of the plan.</summary>
    public void BeginChunk(int source, PlannedChunk chunk, ReadOnlyMemory<int> entries, ChunkTrace? trace)
    {
        Trace = trace;
        Purpose = BatchPurpose.Chunk;
        Source = source;
        Entries = entries;
        CarriesDefects = chunk.First == 0;
        Result = new ChunkResult { Counts = new NodeCounts?[_counts.Length] };
    }

    /// <summary>Begins with an entry that a join looks up.</summary>
    /// <param name="source">Source of the entry.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="asking">The batch that asks.</param>
    public void BeginLookup(int source, int entry, Batch asking)
    {
        Trace = asking.Trace;
        Purpose = BatchPurpose.Lookup;
        Source = source;
        Entries = new[] { entry };
        CarriesDefects = false;
        Result = asking.Result;
    }

    /// <summary>Forgets everything, so that no sample is kept alive.</summary>
    public void Clear()
    {
        foreach (List<Item>[] ports in _ports)
            foreach (List<Item> port in ports) port.Clear();
        Array.Clear(_counts);
        _errors.Clear();
        _merged.Clear();
        _merging.Clear();
        Problems.Clear();
        Output.Clear();
        LookedUp.Clear();
        Trace = null;
    }

    /// <summary>The account of a node.</summary>
    public NodeCounts Counts(int node) => (Purpose == BatchPurpose.Chunk ? Result.Counts : _counts)[node]
        ??= new NodeCounts(_shape.Graph.Nodes[node].Stage.OutputPorts.Count);

    /// <summary>The samples at a port.</summary>
    public List<Item> At(PortRef port) => port.IsErrors ? _errors : _ports[port.Node][port.Port];

    /// <summary>
    /// The samples that come in by all inputs of a node, in order. Valid until the next call; not for a join.
    /// </summary>
    public List<Item> Input(int node)
    {
        ImmutableArray<PortRef> inputs = _shape.Graph.Nodes[node].Inputs;
        if (inputs.Length == 1) return At(inputs[0]);
        _merging.Clear();
        foreach (PortRef port in inputs)
            if (At(port).Count > 0) _merging.Add(At(port));
        _merged.Clear();
        if (_merging.Count == 1) return _merging[0];
        Item.Merge(_merging, _merged);
        return _merged;
    }

    /// <summary>A node cannot deal with a sample: it goes to the errors port, or the chunk fails.</summary>
    public void Refuse(int node, in Item item, IEnumerable<Problem> problems)
    {
        string stage = _shape.Graph.Nodes[node].Name;
        string key = item.Sample.Key;
        ImmutableArray<Problem> placed = ProblemPlace.At(problems, $"sample '{key}' in stage '{stage}'");
        if (_shape.Graph.Nodes[node].OnError == ErrorPolicy.Fail || _shape.BehindErrors[node])
        {
            Problems.AddRange(placed);
            return;
        }
        // A sample that is rejected passes in a chunk of its own too, and is counted there.
        if (Purpose == BatchPurpose.Lookup) return;
        Counts(node).Reject(item.Sample);
        Result.Refusals.Add(new Refusal(node, Source, item.Entry, placed));
        _errors.Add(item with { Sample = item.Sample with { Rejection = new Rejection(stage, placed) } });
    }

    /// <summary>Brings the rejected samples into the order of the chunk.</summary>
    public void SortErrors()
    {
        Item[] sorted = [.. _errors.Order(Comparer<Item>.Create((a, b) => a.ComparePlace(b)))];
        _errors.Clear();
        _errors.AddRange(sorted);
    }
}
