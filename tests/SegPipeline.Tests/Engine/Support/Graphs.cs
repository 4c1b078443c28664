using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>Builds graphs by name, and runs them with a time limit that only a deadlock exceeds.</summary>
internal sealed class Graphs
{
    private readonly List<GraphNode> _nodes = [];

    public ChunkLimits Chunks { get; init; } = new(Samples: 4);

    public PipelineGraph Graph => new("test", Seed: 7, [.. _nodes]) { ChunkLimits = Chunks };

    /// <summary>Adds a node that takes from others: <c>name</c>, <c>name.port</c> or <c>errors</c>.</summary>
    public Graphs Add(string name, Stage stage, params string[] from) => Add(name, stage, ErrorPolicy.Fail, from);

    /// <summary>Adds a node with an error policy.</summary>
    public Graphs Add(string name, Stage stage, ErrorPolicy onError, params string[] from)
    {
        _nodes.Add(new GraphNode(name, stage, [.. from.Select(Find)]) { OnError = onError });
        return this;
    }

    /// <summary>Changes the node that was added last.</summary>
    public Graphs With(Func<GraphNode, GraphNode> change)
    {
        _nodes[^1] = change(_nodes[^1]);
        return this;
    }

    public Task<RunResult> RunAsync(int workers = 2, int window = 8, long memoryBytes = 1 << 20,
        Action<RunProgress>? progress = null, CancellationToken cancel = default) =>
        RunAsync(Graph, new RunOptions
        {
            Release = new NoRelease(),
            Workers = workers,
            Window = window,
            MemoryBytes = memoryBytes,
            Progress = progress,
        }, cancel);

    public static Task<RunResult> RunAsync(
        PipelineGraph graph, RunOptions options, CancellationToken cancel = default) =>
        PipelineRun.ExecuteAsync(graph, options, cancel).WaitAsync(Limit, CancellationToken.None);

    /// <summary>Longer than any test takes on any machine.</summary>
    public static TimeSpan Limit => TimeSpan.FromMinutes(2);

    private PortRef Find(string from)
    {
        if (from == "errors") return PortRef.Errors;
        string[] parts = from.Split('.');
        int node = _nodes.FindIndex(n => n.Name == parts[0]);
        int port = parts.Length == 1 ? 0 : _nodes[node].Stage.OutputPorts.ToList().IndexOf(parts[1]);
        return new PortRef(node, port);
    }
}
