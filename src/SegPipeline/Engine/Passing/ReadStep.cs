using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Passing;

/// <summary>Reads the entries of a batch: for each port that something takes from its sample.</summary>
internal sealed class ReadStep : Step
{
    private readonly GraphNode _node;
    private readonly OpenDataset _dataset;
    private readonly int[] _ports;
    private readonly int[]?[] _branches;

    /// <summary>Compiles the reader of a node.</summary>
    public ReadStep(int node, GraphShape shape, OpenDataset dataset) : base(node, needed: null)
    {
        _node = shape.Graph.Nodes[node];
        _dataset = dataset;
        _ports = shape.ReadPorts(node);
        _branches = [.. _ports.Select(port => _ports.Length == 1 ? null : new[] { port })];
    }

    /// <inheritdoc/>
    public override void Run(Batch batch)
    {
        NodeCounts counts = batch.Counts(Node);
        if (batch.CarriesDefects) PassDefects(batch, counts);
        var samples = new Sample?[_ports.Length];
        foreach (int entry in batch.Entries.Span)
        {
            counts.SamplesIn++;
            if (TryRead(batch, entry, samples)) Leave(batch, counts, entry, samples);
        }
    }

    private bool TryRead(Batch batch, int entry, Sample?[] samples)
    {
        List<Problem>? problems = null;
        for (int i = 0; i < _ports.Length; i++)
        {
            try
            {
                samples[i] = Read(entry, _ports[i]);
            }
            catch (BadDataException e)
            {
                (problems ??= []).AddRange(e.Problems);
            }
        }
        if (problems is null) return true;
        batch.Refuse(Node, new Item(Unread(_dataset.Plan[entry].Key), entry, Branches: null), problems.Distinct());
        return false;
    }

    private Sample? Read(int entry, int port)
    {
        string key = _dataset.Plan[entry].Key;
        try
        {
            Sample? sample = _dataset.ReadPort(entry, port);
            if (sample is null && _dataset.HasEvery(port))
                throw new EngineFaultException(_node.Name, $"promised a sample '{key}' {By(port)} and has none");
            return sample is null || string.Equals(sample.Key, key, StringComparison.Ordinal)
                ? sample
                : throw new EngineFaultException(_node.Name, $"planned sample '{key}' and read '{sample.Key}'");
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(_node.Name, $"failed to read sample '{key}'", e);
        }
    }

    // An entry counts as one that comes in; its first sample leaves for it, all others are added.
    private void Leave(Batch batch, NodeCounts counts, int entry, Sample?[] samples)
    {
        bool isFirst = true;
        for (int i = 0; i < samples.Length; i++)
        {
            if (samples[i] is not { } sample) continue;
            if (isFirst) counts.InstancesIn += sample.Instances.Length;
            else counts.AddFurther(sample, _node.Stage.OutputPorts[_ports[i]]);
            isFirst = false;
            counts.Leave(sample, _ports[i]);
            batch.At(new PortRef(Node, _ports[i])).Add(new Item(sample, entry, _branches[i]));
        }
        if (isFirst) counts.Add(Tally.SamplesDropped, "no sample", 1);
    }

    private void PassDefects(Batch batch, NodeCounts counts)
    {
        IReadOnlyList<(string Key, Problem Problem)> defects = _dataset.Defects;
        for (int i = 0; i < defects.Count; i++)
        {
            counts.Add(Tally.SamplesAdded, "defect", 1);
            batch.Refuse(Node, new Item(Unread(defects[i].Key), Entry: -1, Branches: [i]), [defects[i].Problem]);
        }
    }

    private string By(int port) => $"at port '{_node.Stage.OutputPorts[port]}'";

    private Sample Unread(string key) => new() { Key = key, Kind = _dataset.Info.Kind };
}
