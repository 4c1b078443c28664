using System.Globalization;

namespace SegPipeline.Engine.Tracing;

/// <summary>Where two runs of the same graph began to differ.</summary>
/// <param name="Chunk">Number of the chunk.</param>
/// <param name="Edge">The port, <c>node.port</c> or <c>errors</c>; the node alone for what a writer encoded.</param>
public sealed record TraceDifference(int Chunk, string Edge)
{
    /// <summary>Key of the sample; null when it was in what a writer encoded.</summary>
    public string? Key { get; init; }

    /// <summary>Which instance of the sample: its id, or its place in the list, from 1; null when the sample itself
    /// differs.</summary>
    public string? Instance { get; init; }

    /// <summary>What differs, as the end of a sentence.</summary>
    public required string What { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string sample = Key is null ? "" : $", sample '{Key}'";
        string instance = Instance is null ? "" : $", annotation {Instance}";
        return string.Create(CultureInfo.InvariantCulture, $"chunk {Chunk}, {Edge}{sample}{instance}: {What}");
    }
}

/// <summary>Ends a run that differs from an earlier run of the same graph over the same inputs.</summary>
/// <param name="where">Where they began to differ.</param>
public sealed class RunsDifferException(string where) : Exception("the two runs differ: " + where)
{
    /// <summary>Two runs that differ in what flowed.</summary>
    public RunsDifferException(TraceDifference difference) : this(difference.ToString()) => Difference = difference;

    /// <summary>The first difference of what flowed; null when only what was written differs.</summary>
    public TraceDifference? Difference { get; }
}
