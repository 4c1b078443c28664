using SegPipeline.Engine.Tracing;

namespace SegPipeline.Comparison;

/// <summary>Where the runs that made two releases began to differ, as their traces tell.</summary>
public sealed record FlowDifference
{
    /// <summary>The first chunk, port and sample that differ; null when all that flowed was the same, or it cannot be
    /// told.</summary>
    public TraceDifference? First { get; init; }

    /// <summary>Why it cannot be told, and how it can; null when it can.</summary>
    public string? NotCompared { get; init; }
}
