using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Jsonl;

/// <summary>
/// Writes one line of JSON for each sample: its instances, or, of a rejected sample, why it was rejected. For rejects
/// files, for tools that read line by line, and for looking into a pipeline.
/// </summary>
/// <example>rejects: { from: errors, write.jsonl: { file: rejects.jsonl } }</example>
[Stage("write.jsonl")]
public sealed record JsonlWriter : Writer
{
    /// <summary>Name of the file in the release.</summary>
    public required ReleaseName File { get; init; }

    /// <inheritdoc/>
    public override bool TakesErrors => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tasks => [];

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        new JsonlOutput(File, input.Taxonomy, release);
}
