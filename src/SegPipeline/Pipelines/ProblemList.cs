namespace SegPipeline.Pipelines;

/// <summary>Gathers everything that is wrong with a pipeline; a problem found twice by way of an alias counts
/// once.</summary>
/// <param name="rootFile">The pipeline file, whose problems come before those of the files it includes.</param>
internal sealed class ProblemList(string rootFile)
{
    private readonly HashSet<ConfigProblem> _problems = [];

    /// <summary>Number of problems so far.</summary>
    public int Count => _problems.Count;

    /// <summary>Adds a problem.</summary>
    public void Add(SourcePlace place, string message, string? hint = null) =>
        _problems.Add(new ConfigProblem(place.File, place.Line, place.Column, message, hint));

    /// <summary>Adds all problems of another list.</summary>
    public void AddAll(ProblemList other) => _problems.UnionWith(other._problems);

    /// <summary>All problems by place, the pipeline file first.</summary>
    public IReadOnlyList<ConfigProblem> Sorted() =>
    [
        .. _problems
            .OrderBy(p => p.File == rootFile ? 0 : 1)
            .ThenBy(p => p.Place)
            .ThenBy(p => p.Message, StringComparer.Ordinal),
    ];
}
