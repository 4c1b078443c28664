using System.Collections.Immutable;

namespace SegPipeline.Engine;

/// <summary>What one stage thought worth a look, as far as people read it: a stage can have a warning for each odd
/// picture.</summary>
/// <param name="Node">The stage.</param>
/// <param name="First">Its first warnings, at most <see cref="Most"/>.</param>
/// <param name="Left">Number of those behind them.</param>
internal sealed record StageWarnings(string Node, ImmutableArray<string> First, int Left)
{
    /// <summary>Most warnings of one stage that are written out.</summary>
    public const int Most = 20;

    /// <summary>Warnings by stage, in the order of the stages.</summary>
    public static IEnumerable<StageWarnings> Of(IEnumerable<(string Node, string Sentence)> warnings) => warnings
        .GroupBy(w => w.Node, w => w.Sentence, StringComparer.Ordinal)
        .Select(stage => new StageWarnings(stage.Key, [.. stage.Take(Most)], Math.Max(0, stage.Count() - Most)));
}
