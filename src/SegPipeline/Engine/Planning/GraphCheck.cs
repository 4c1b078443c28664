using SegPipeline.Stages;

namespace SegPipeline.Engine.Planning;

/// <summary>What the engine takes for granted of a graph; its builder must have reported it better before.</summary>
internal static class GraphCheck
{
    /// <summary>Checks a graph.</summary>
    /// <exception cref="ArgumentException">A sentence about the first thing that is wrong.</exception>
    public static void Throw(PipelineGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (graph.ChunkLimits.Samples < 1 || graph.ChunkLimits.CostBytes < 1)
            throw new ArgumentException("a chunk must have room for at least one sample", nameof(graph));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var behindErrors = new bool[graph.Nodes.Length];
        for (int n = 0; n < graph.Nodes.Length; n++)
        {
            GraphNode node = graph.Nodes[n];
            string? fault = names.Add(node.Name) ? Fault(graph, n, behindErrors) : "has a name that is taken";
            if (fault is not null) throw new ArgumentException($"stage '{node.Name}' {fault}", nameof(graph));
        }
    }

    private static string? Fault(PipelineGraph graph, int n, bool[] behindErrors)
    {
        GraphNode node = graph.Nodes[n];
        foreach (PortRef port in node.Inputs)
        {
            behindErrors[n] |= port.IsErrors || (port.Node < n && behindErrors[port.Node]);
            if (port.IsErrors) continue;
            if (port.Node >= n) return "takes from a stage that does not come before it";
            if (port.Port < 0 || port.Port >= graph.Nodes[port.Node].Stage.OutputPorts.Count)
                return "takes from a port that is not there";
        }
        if (node.Concurrency < 1) return "has a concurrency below 1";
        return node.Stage switch
        {
            Reader => node.Inputs.Length > 0 ? "is a reader and has inputs" : null,
            Join j when node.Inputs.Length < j.Inputs.Fewest || node.Inputs.Length > j.Inputs.Most =>
                "has a number of inputs that it does not take",
            Join or Selector or Grouping when behindErrors[n] =>
                "stands behind the errors port, where only samples pass by",
            Join => null,
            Transform or Selector or Grouping or Writer => node.Inputs.Length == 0 ? "has no input" : null,
            _ => "is of no kind that the engine knows",
        };
    }
}
