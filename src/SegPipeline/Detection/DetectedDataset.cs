using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Detection;

/// <summary>A dataset that was found at a path, and how it is read.</summary>
/// <param name="Format">The reader's name without <c>read.</c>, e.g. <c>coco</c>; <c>pipeline</c> for what a pipeline
/// file makes.</param>
/// <param name="Path">Full path of the file or folder that tells the format.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Why">What it is told by, as a phrase.</param>
public sealed record DetectedDataset(string Format, string Path, Certainty Certainty, string Why)
{
    /// <summary>Name of the node that the dataset leaves by, in graphs made of it.</summary>
    public const string NodeName = "dataset";

    /// <summary>What cannot be done without and was not found, naming the keys that would give it; null when the
    /// dataset can be read.</summary>
    public string? Missing { get; init; }

    /// <summary>The reader with its keys filled in; null for what a pipeline makes.</summary>
    public Reader? Reader { get; init; }

    /// <summary>The nodes that give the dataset: one with the reader, or those of a pipeline that are needed.</summary>
    public required ImmutableArray<GraphNode> Nodes { get; init; }

    /// <summary>The port among <see cref="Nodes"/> that its samples leave by.</summary>
    public required PortRef Output { get; init; }

    /// <summary>The parts that it says it is divided into, by their names, each with the reader of it alone.</summary>
    public IReadOnlyDictionary<string, Reader> Splits { get; init; } = new Dictionary<string, Reader>();

    /// <summary>Seed of the pipeline; 0 where there is none.</summary>
    public long Seed { get; init; }

    /// <summary>Where plans are cut into chunks.</summary>
    public ChunkLimits ChunkLimits { get; init; } = new();

    /// <summary>What a reader recognised.</summary>
    internal static DetectedDataset Of(string format, string path, Recognition found) =>
        new DetectedDataset(format, path, found.Certainty, found.Why)
        {
            Missing = found.Missing,
            Splits = found.Splits,
            Nodes = [],
            Output = new PortRef(0, 0),
        }.ReadBy(found.Reader);

    /// <summary>The same dataset, or a part of it, as another reader reads it.</summary>
    internal DetectedDataset ReadBy(Reader reader) => this with
    {
        Reader = reader,
        Nodes = [new GraphNode(NodeName, reader, [])],
    };

    /// <summary>A graph, ready to run, that gives the dataset to a writer.</summary>
    /// <param name="name">Name of the graph and of the writer's node.</param>
    /// <param name="writer">What takes the samples.</param>
    public PipelineGraph GraphInto(string name, Writer writer) =>
        new(name, Seed, Nodes.Add(new GraphNode(name, writer, [Output]))) { ChunkLimits = ChunkLimits };
}
