using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>Where a value is being read, and what reading it may add to.</summary>
/// <param name="What">How messages name the value: <c>'count' of sample</c>.</param>
/// <param name="Problems">Takes what is wrong.</param>
/// <param name="Paths">Turns text into paths and keeps note of them.</param>
internal sealed record BindScope(string What, ProblemList Problems, PathScope Paths)
{
    /// <summary>Keys that stand there misspelt, which has been reported; that they are missing is not said
    /// again.</summary>
    public IReadOnlyCollection<string> Misspelt { get; init; } = [];
}

/// <summary>An input path that a pipeline names.</summary>
/// <param name="Place">Where it is named.</param>
/// <param name="Path">The path, or the pattern when it is one.</param>
/// <param name="IsPattern">True when it is a glob, so that it need not exist by that name.</param>
internal sealed record NamedPath(SourcePlace Place, InputPath Path, bool IsPattern);
