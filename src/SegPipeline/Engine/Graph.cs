using System.Collections.Immutable;
using SegPipeline.Stages;

namespace SegPipeline.Engine;

/// <summary>What happens to a sample that a stage finds bad.</summary>
public enum ErrorPolicy
{
    /// <summary>The run ends; everything before the sample's chunk is committed.</summary>
    Fail,

    /// <summary>The sample goes to the errors port and the run goes on.</summary>
    Reject,
}

/// <summary>How many samples a stage may reject before the run fails; both bounds hold.</summary>
/// <param name="Most">Most samples; null for no such bound.</param>
/// <param name="Percent">Most samples, in percent of those that came in; null for no such bound.</param>
public sealed record RejectBudget(long? Most, double? Percent);

/// <summary>Where a reader's plan is cut into chunks. Part of the configuration: no machine has a say in it.</summary>
/// <param name="Samples">Most samples of a chunk, at least 1.</param>
/// <param name="CostBytes">A chunk is full when its samples cost this much together; one sample may cost more.</param>
public sealed record ChunkLimits(int Samples = 32, long CostBytes = 8 << 20);

/// <summary>A port that a node takes its samples from.</summary>
/// <param name="Node">Index of the node, smaller than that of the node that takes from it.</param>
/// <param name="Port">Number of the output port.</param>
public readonly record struct PortRef(int Node, int Port)
{
    /// <summary>The port that all rejected samples of a run leave by.</summary>
    public static PortRef Errors { get; } = new(-1, -1);

    /// <summary>True for <see cref="Errors"/>.</summary>
    public bool IsErrors => Node < 0;
}

/// <summary>A stage in its place in the graph.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Stage">What it does.</param>
/// <param name="Inputs">Where its samples come from, in order; none for a reader.</param>
public sealed record GraphNode(string Name, Stage Stage, ImmutableArray<PortRef> Inputs)
{
    /// <summary>What happens to a sample it finds bad.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>How many samples it may reject before the run fails; null for any number.</summary>
    public RejectBudget? RejectBudget { get; init; }

    /// <summary>Most chunks that may be inside this stage at once; null for no bound of its own.</summary>
    public int? Concurrency { get; init; }

    /// <summary>What it is for, from the pipeline file.</summary>
    public string? Doc { get; init; }
}

/// <summary>
/// A dataflow graph, ready to run: nodes in an order in which every node comes after those it takes from.
/// </summary>
/// <param name="Name">Name of the pipeline.</param>
/// <param name="Seed">Seed of everything random in it.</param>
/// <param name="Nodes">The nodes.</param>
public sealed record PipelineGraph(string Name, long Seed, ImmutableArray<GraphNode> Nodes)
{
    /// <summary>Where plans are cut into chunks.</summary>
    public ChunkLimits ChunkLimits { get; init; } = new();
}
