using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Engine;

/// <summary>Tells where in the graph something was wrong, for problems that do not say where in the data.</summary>
internal static class ProblemPlace
{
    /// <summary>The problems, those without a record placed.</summary>
    /// <param name="problems">What is wrong.</param>
    /// <param name="place">Where, in place of a record: <c>stage 'clean'</c>.</param>
    public static ImmutableArray<Problem> At(IEnumerable<Problem> problems, string place) =>
        [.. problems.Select(p => p.Record is null ? p with { Record = place } : p)];

    /// <summary>The exception, with its problems placed.</summary>
    public static BadDataException At(BadDataException exception, string place) =>
        new(At(exception.Problems, place));
}
