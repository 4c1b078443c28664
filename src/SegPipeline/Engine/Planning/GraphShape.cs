using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>How a join gets the samples of one of its inputs.</summary>
internal enum JoinLink
{
    /// <summary>The input has the lineage of the first one: its samples are at hand in the same chunk.</summary>
    Aligned,

    /// <summary>The input has a lineage of its own: a sample is found by its key, and made when asked for.</summary>
    LookedUp,
}

/// <summary>One input of one node.</summary>
internal readonly record struct InputLink(int Node, int Input);

/// <summary>
/// What follows from how the nodes of a graph are linked. A <em>source</em> is a reader, numbered in graph order; every
/// chunk belongs to one. The <em>lineage</em> of a node is the set of sources whose chunks pass through it.
/// </summary>
internal sealed class GraphShape
{
    private readonly List<InputLink>[] _consumers;

    // For each node the readers and groupings that its plan entries come from as it sees them: a grouping makes new
    // samples, so that what stands at an entry behind it has nothing in common with what stood there before.
    private readonly bool[][] _alignments;

    private GraphShape(PipelineGraph graph)
    {
        Graph = graph;
        SourceNodes = [.. Enumerable.Range(0, graph.Nodes.Length).Where(n => graph.Nodes[n].Stage is Reader)];
        Lineages = new bool[graph.Nodes.Length][];
        _alignments = new bool[graph.Nodes.Length][];
        BehindErrors = new bool[graph.Nodes.Length];
        _consumers = [.. graph.Nodes.Select(_ => new List<InputLink>())];
        for (int n = 0; n < graph.Nodes.Length; n++) Link(n);
        EvaluationOrder = [.. Enumerable.Range(0, graph.Nodes.Length).OrderBy(n => BehindErrors[n] ? 1 : 0)];
    }

    /// <summary>The graph.</summary>
    public PipelineGraph Graph { get; }

    /// <summary>Node of each source.</summary>
    public int[] SourceNodes { get; }

    /// <summary>For each node, for each source: whether its chunks pass through the node.</summary>
    public bool[][] Lineages { get; }

    /// <summary>For each node: whether anything it gets comes from the errors port.</summary>
    public bool[] BehindErrors { get; }

    /// <summary>Nodes in the order in which a chunk passes: graph order, those behind the errors port last.</summary>
    public int[] EvaluationOrder { get; }

    /// <summary>Studies a graph.</summary>
    /// <exception cref="ArgumentException">The graph is not one that can run.</exception>
    public static GraphShape Of(PipelineGraph graph)
    {
        GraphCheck.Throw(graph);
        return new GraphShape(graph);
    }

    /// <summary>The inputs that are fed by any port of a node.</summary>
    public IReadOnlyList<InputLink> Consumers(int node) => _consumers[node];

    /// <summary>
    /// The ports of a reader that something takes from, in their order; the first where nothing does, so that what the
    /// reader gives is checked and counted all the same.
    /// </summary>
    public int[] ReadPorts(int node)
    {
        int[] taken = [.. _consumers[node]
            .Select(link => Graph.Nodes[link.Node].Inputs[link.Input].Port).Distinct().Order(Comparer<int>.Default)];
        return taken.Length > 0 ? taken : [0];
    }

    /// <summary>How a join gets one of its inputs.</summary>
    public JoinLink LinkOf(int node, int input)
    {
        var join = (Join)Graph.Nodes[node].Stage;
        if (join.Keys == JoinKeys.Union)
            return Graph.Nodes[node].Inputs.All(p => SameLineage(node, p)) ? JoinLink.Aligned : JoinLink.LookedUp;
        return SameLineage(node, Graph.Nodes[node].Inputs[input]) ? JoinLink.Aligned : JoinLink.LookedUp;
    }

    /// <summary>Whether the chunks of an input pass through the node, as against being looked up only.</summary>
    public bool IsOnLane(int node, int input) => Graph.Nodes[node].Stage is not Join join || input == 0
        || join.Keys == JoinKeys.Union || LinkOf(node, input) == JoinLink.Aligned;

    /// <summary>Whether the input is that of a join which finds its samples by their keys.</summary>
    public bool IsLookedUp(int node, int input) => Graph.Nodes[node].Stage is Join join
        && (input > 0 || join.Keys == JoinKeys.Union) && LinkOf(node, input) == JoinLink.LookedUp;

    /// <summary>Whether a sample of the input can be the first of its key that a join meets.</summary>
    public bool Leads(int node, int input) =>
        input == 0 || ((Join)Graph.Nodes[node].Stage).Keys == JoinKeys.Union;

    /// <summary>Whether a sample can be rejected on its way to what some nodes give.</summary>
    public bool MayReject(IEnumerable<int> nodes)
    {
        bool[] lane = LaneTo(nodes);
        return Graph.Nodes.Where((_, n) => lane[n]).Any(n => n.OnError == ErrorPolicy.Reject);
    }

    /// <summary>The nodes that feed the inputs of a node.</summary>
    public IEnumerable<int> Feeders(int node) => Graph.Nodes[node].Inputs.Where(p => !p.IsErrors).Select(p => p.Node);

    /// <summary>The nodes through which a chunk must pass to come to the given ones, these included.</summary>
    public bool[] LaneTo(IEnumerable<int> nodes) => Closure(nodes, IsOnLane);

    /// <summary>Everything that the given nodes depend on in any way, these included.</summary>
    public bool[] Upstream(IEnumerable<int> nodes) => Closure(nodes, (_, _) => true);

    private bool[] Closure(IEnumerable<int> nodes, Func<int, int, bool> follows)
    {
        var reached = new bool[Graph.Nodes.Length];
        foreach (int node in nodes) reached[node] = true;
        for (int n = reached.Length - 1; n >= 0; n--)
        {
            if (!reached[n]) continue;
            for (int i = 0; i < Graph.Nodes[n].Inputs.Length; i++)
                if (!Graph.Nodes[n].Inputs[i].IsErrors && follows(n, i)) reached[Graph.Nodes[n].Inputs[i].Node] = true;
        }
        return reached;
    }

    private bool SameLineage(int node, PortRef port) =>
        _alignments[port.Node].AsSpan().SequenceEqual(_alignments[Graph.Nodes[node].Inputs[0].Node]);

    private void Link(int node)
    {
        var lineage = new bool[SourceNodes.Length];
        Lineages[node] = lineage;
        bool[] alignment = _alignments[node] = new bool[Graph.Nodes.Length];
        alignment[node] = Graph.Nodes[node].Stage is Reader or Grouping;
        int source = Array.IndexOf(SourceNodes, node);
        if (source >= 0) lineage[source] = true;
        for (int i = 0; i < Graph.Nodes[node].Inputs.Length; i++)
        {
            PortRef port = Graph.Nodes[node].Inputs[i];
            BehindErrors[node] |= port.IsErrors || BehindErrors[port.Node];
            if (!port.IsErrors) _consumers[port.Node].Add(new InputLink(node, i));
            if (!IsOnLane(node, i)) continue;
            for (int s = 0; s < lineage.Length; s++) lineage[s] |= port.IsErrors || Lineages[port.Node][s];
            if (port.IsErrors || alignment[node]) continue;
            for (int n = 0; n < node; n++) alignment[n] |= _alignments[port.Node][n];
        }
    }
}
