using System.Collections.Immutable;

namespace SegPipeline.Pipelines.Testing;

/// <summary>A test of a pipeline file, ready to run.</summary>
/// <param name="Name">What it states.</param>
/// <param name="Place">Where it stands.</param>
public sealed record PipelineTest(string Name, SourcePlace Place);
