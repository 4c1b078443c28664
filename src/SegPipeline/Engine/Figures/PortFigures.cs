using SegPipeline.Statistics;

namespace SegPipeline.Engine.Figures;

/// <summary>The figures of the samples that left a stage by one port. Samples that are only looked up are not among
/// them.</summary>
/// <param name="Node">Number of the stage in the graph.</param>
/// <param name="Port">Number of the port.</param>
/// <param name="Figures">The figures.</param>
public sealed record PortFigures(int Node, int Port, DatasetFigures Figures);
