using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Scores;

/// <summary>
/// Writes what was measured on samples (by <c>evaluate</c>): the figures of the whole dataset, of each category and of
/// each sample. Those of the whole dataset are also told at the end of the run and stand in the dataset card.
/// </summary>
/// <example>scores: { write.scores: { file: scores.json, table: scores.md } }</example>
[Stage("write.scores")]
public sealed record ScoresWriter : Writer
{
    /// <summary>Name of the JSON file in the release.</summary>
    public required ReleaseName File { get; init; }

    /// <summary>Name of a file for a table in Markdown, with the whole dataset and its categories; no table is written
    /// without it.</summary>
    public ReleaseName? Table { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tasks => [];

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        new ScoresOutput(this, input.Taxonomy, release, context);
}
