using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Keeps every <c>step</c>-th frame of a video, counted by the frame's own number, not by its place in a list, so that
/// gaps do not shift the choice. Instances that are in none of the kept frames are dropped and counted.
/// </summary>
/// <example>sparse: { every_frame: { step: 5 } }</example>
[Stage("every_frame")]
public sealed record EveryFrame : Transform
{
    /// <summary>Distance between the numbers of kept frames.</summary>
    [Range(1, int.MaxValue)]
    public required int Step { get; init; }

    /// <summary>Number of the first frame to keep, below <c>step</c>.</summary>
    [Range(0, int.MaxValue)]
    public int Offset { get; init; }

    /// <summary>Members of objects that are lists of one value per frame, e.g. <c>occlusion</c> of OVIS: they are cut
    /// down with the video.</summary>
    public IReadOnlyList<string> PerFrame { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Offset >= Step) yield return $"'offset' must be below 'step', {Offset} is not below {Step}";
    }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Video;

    /// <inheritdoc/>
    public override DatasetInfo Describe(DatasetInfo input) => FrameChoice.RequireVideos(input, "every_frame");

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
        (sample, output) => sample.KeepFrames(
            [.. Enumerable.Range(0, sample.Frames.Length).Where(f => sample.Frames[f].Position % Step == Offset)],
            PerFrame, output);
}
