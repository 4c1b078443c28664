using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Pipelines.Testing;

/// <summary>A test of a pipeline file: what some stages are given, and what must come out of others.</summary>
public sealed record PipelineTest
{
    /// <summary>What it states.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourcePlace Place { get; init; }

    /// <summary>What replaces the output of ports.</summary>
    internal ImmutableArray<GivenPort> Given { get; init; } = [];

    /// <summary>What must come out of ports.</summary>
    internal ImmutableArray<ExpectedPort> Expected { get; init; } = [];

    /// <summary>The code of the problem, or a part of its message, that must end the run; null when none
    /// must.</summary>
    internal string? ExpectedError { get; init; }
}

/// <summary>What became of a test.</summary>
/// <param name="Test">The test.</param>
/// <param name="Differences">Everything that is not as expected, at the place that expects it; empty when the test
/// passed.</param>
public sealed record PipelineTestResult(PipelineTest Test, IReadOnlyList<ConfigProblem> Differences)
{
    /// <summary>True when everything is as expected.</summary>
    public bool Passed => Differences.Count == 0;
}

/// <summary>A port of a stage as a test names it.</summary>
/// <param name="Stage">Name of the stage; null for the port of all rejected samples.</param>
/// <param name="Port">Number of the port.</param>
/// <param name="Place">Where it is named.</param>
internal sealed record TestPort(string? Stage, int Port, SourcePlace Place);

/// <summary>Samples that stand for the output of a port.</summary>
internal sealed record GivenPort(TestPort Port, LiteralSamples Samples, ImmutableArray<Category> Categories);

/// <summary>Samples that a port must give.</summary>
internal sealed record ExpectedPort(TestPort Port, LiteralSamples Samples);
