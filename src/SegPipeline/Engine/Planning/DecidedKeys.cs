using System.Collections.Immutable;

namespace SegPipeline.Engine.Planning;

/// <summary>Lays the decisions of selectors out for the manifest.</summary>
internal static class DecidedKeys
{
    /// <summary>The keys each selector sent to each port, in graph order.</summary>
    public static ImmutableArray<(string Node, string Port, ImmutableArray<string> Keys)> Of(
        PipelineGraph graph, IReadOnlyList<SelectorDecision?> decisions) => [..
            from n in Enumerable.Range(0, graph.Nodes.Length)
            where decisions[n] is not null
            from p in Enumerable.Range(0, graph.Nodes[n].Stage.OutputPorts.Count)
            select (graph.Nodes[n].Name, graph.Nodes[n].Stage.OutputPorts[p], decisions[n]!.KeysByPort[p])];
}
