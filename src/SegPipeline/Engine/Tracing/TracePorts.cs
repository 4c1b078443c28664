using System.Collections.Immutable;
using SegPipeline.Engine.Planning;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// The ports of a graph, numbered in the order in which a chunk passes them: <c>stage.port</c>, then <c>errors</c>,
/// then the writers by their names alone.
/// </summary>
internal sealed class TracePorts
{
    private readonly int[] _first;
    private readonly int _errors;

    /// <summary>Numbers the ports of a graph.</summary>
    public TracePorts(GraphShape shape)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var nodes = shape.Graph.Nodes;
        _first = new int[nodes.Length];
        foreach (int n in shape.EvaluationOrder.Where(n => nodes[n].Stage is not Writer))
        {
            _first[n] = names.Count;
            names.AddRange(nodes[n].Stage.OutputPorts.Select(port => $"{nodes[n].Name}.{port}"));
        }
        _errors = names.Count;
        names.Add("errors");
        for (int n = 0; n < nodes.Length; n++)
        {
            if (nodes[n].Stage is not Writer) continue;
            _first[n] = names.Count;
            names.Add(nodes[n].Name);
        }
        Names = names.ToImmutable();
    }

    /// <summary>Their names by number.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The number of a port.</summary>
    public int Of(PortRef port) => port.IsErrors ? _errors : _first[port.Node] + port.Port;

    /// <summary>The number of a writer.</summary>
    public int OfWriter(int node) => _first[node];
}
