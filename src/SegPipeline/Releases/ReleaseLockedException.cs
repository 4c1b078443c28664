using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>
/// Thrown when another process is writing the same release, or working on the same shard of it, at this moment. Passes
/// by itself; a command ends with exit code 75.
/// </summary>
/// <param name="problem">What the user must be told.</param>
/// <param name="inner">What the system said.</param>
public sealed class ReleaseLockedException(Problem problem, Exception inner)
    : Exception($"{problem.Message}: '{problem.File}'", inner)
{
    /// <summary>What the user must be told.</summary>
    public Problem Problem { get; } = problem;
}
