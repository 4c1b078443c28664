using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Cuts videos down to their first frame, as semi-supervised evaluation needs it. Instances that come later are dropped
/// and counted.
/// </summary>
/// <example>prompts: { first_frame: {} }</example>
[Stage("first_frame")]
public sealed record FirstFrame : Transform
{
    /// <summary>Members of objects that are lists of one value per frame, e.g. <c>occlusion</c> of OVIS: they are cut
    /// down with the video.</summary>
    public IReadOnlyList<string> PerFrame { get; init; } = [];

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Video;

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) => FrameChoice.RequireVideos(input, "first_frame");

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
        (sample, output) => sample.KeepFrames(sample.Frames.IsEmpty ? [] : [0], PerFrame, output);
}
