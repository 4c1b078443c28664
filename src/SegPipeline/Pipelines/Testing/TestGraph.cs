using System.Collections.Immutable;
using SegPipeline.Engine;

namespace SegPipeline.Pipelines.Testing;

/// <summary>
/// The part of a graph that a test runs: literal samples in the place of what is given, the stages between them and
/// what is expected, and collectors.
/// </summary>
internal sealed class TestGraph
{
    private readonly PipelineGraph _graph;
    private readonly PipelineTest _test;
    private readonly Dictionary<string, int> _nodes;
    private readonly Dictionary<PortRef, int> _given = [];
    private readonly ImmutableArray<GraphNode>.Builder _built = ImmutableArray.CreateBuilder<GraphNode>();
    private readonly Dictionary<int, int> _builtAs = [];

    private TestGraph(PipelineGraph graph, PipelineTest test)
    {
        _graph = graph;
        _test = test;
        _nodes = Enumerable.Range(0, graph.Nodes.Length).ToDictionary(i => graph.Nodes[i].Name, i => i);
    }

    /// <summary>What came out of each port that the test expects something of, in the test's order.</summary>
    public ImmutableArray<Collected> Outputs { get; private set; } = [];

    /// <summary>The graph to run.</summary>
    public PipelineGraph Graph => _graph with { Nodes = _built.ToImmutable() };

    /// <summary>Builds the graph of a test.</summary>
    public static TestGraph Of(PipelineGraph graph, PipelineTest test)
    {
        var built = new TestGraph(graph, test);
        built.AddGiven();
        built.AddStages();
        built.AddOutputs();
        return built;
    }

    private void AddGiven()
    {
        foreach (GivenPort given in _test.Given)
        {
            PortRef port = Ref(given.Port);
            _given[port] = _built.Count;
            var reader = new LiteralReader([.. given.Samples.Samples.Select(s => s.Sample)], given.Categories);
            _built.Add(new GraphNode($"given {given.Port.Stage}.{port.Port}", reader, []));
        }
    }

    private void AddStages()
    {
        // An error, or a rejected sample, may come of any stage behind what is given.
        bool all = _test.ExpectedError is not null || _test.Expected.Any(e => e.Port.Stage is null);
        var targets = _test.Expected.Select(e => Ref(e.Port)).Where(p => !p.IsErrors && !_given.ContainsKey(p));
        bool[] wanted = new bool[_graph.Nodes.Length];
        foreach (PortRef target in targets) wanted[target.Node] = true;
        if (all) AddBehindGiven(wanted);
        for (int n = wanted.Length - 1; n >= 0; n--)
            if (wanted[n])
                foreach (PortRef input in _graph.Nodes[n].Inputs.Where(i => !i.IsErrors && !_given.ContainsKey(i)))
                    wanted[input.Node] = true;
        for (int n = 0; n < wanted.Length; n++)
        {
            if (!wanted[n]) continue;
            _builtAs[n] = _built.Count;
            _built.Add(_graph.Nodes[n] with { Inputs = [.. _graph.Nodes[n].Inputs.Select(Built)] });
        }
    }

    private void AddBehindGiven(bool[] wanted)
    {
        bool[] reached = new bool[wanted.Length];
        for (int n = 0; n < reached.Length; n++)
        {
            GraphNode node = _graph.Nodes[n];
            reached[n] = node.Inputs.Any(i => !i.IsErrors && (_given.ContainsKey(i) || reached[i.Node]));
            wanted[n] |= reached[n] && node.Stage is not Stages.Writer;
        }
    }

    private void AddOutputs()
    {
        Outputs = [.. _test.Expected.Select(_ => new Collected())];
        for (int i = 0; i < Outputs.Length; i++)
        {
            TestPort port = _test.Expected[i].Port;
            _built.Add(new GraphNode($"expect {port.Stage ?? "errors"}.{port.Port}", new CollectingWriter(Outputs[i]),
                [Built(Ref(port))]));
        }
    }

    private PortRef Ref(TestPort port) =>
        port.Stage is null ? PortRef.Errors : new PortRef(_nodes[port.Stage], port.Port);

    private PortRef Built(PortRef port) =>
        port.IsErrors ? port
        : _given.TryGetValue(port, out int reader) ? new PortRef(reader, 0)
        : new PortRef(_builtAs[port.Node], port.Port);
}
