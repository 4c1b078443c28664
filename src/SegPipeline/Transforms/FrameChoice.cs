using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Cuts a video down to some of its frames.</summary>
internal static class FrameChoice
{
    /// <summary>Refuses a dataset of images.</summary>
    /// <exception cref="BadDataException">The dataset is of images.</exception>
    public static DatasetInfo RequireVideos(DatasetInfo input, string stage) => input.Kind == SampleKind.Video
        ? input
        : throw new BadDataException(new Problem("KIND", $"{stage} chooses frames of videos, this dataset is of images")
        {
            Remedy = "leave the stage out",
        });

    /// <summary>
    /// Emits the video with some of its frames, which keep their positions. Instances that are in none of them are
    /// dropped; so is a video without any of the frames.
    /// </summary>
    /// <param name="sample">The video.</param>
    /// <param name="frames">Indices of the frames to keep, ascending.</param>
    /// <param name="perFrame">Names of members of instances that are lists of one value per frame.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="BadDataException">An instance has more or fewer entries than the video has frames.</exception>
    public static void KeepFrames(
        this Sample sample, int[] frames, IReadOnlyList<string> perFrame, StageOutput output)
    {
        if (frames.Length == 0)
        {
            output.DropSample("no frame kept");
            return;
        }
        if (frames.Length == sample.Frames.Length)
        {
            output.Emit(sample);
            return;
        }
        output.Count(Tally.Note, "frames dropped", sample.Frames.Length - frames.Length);
        ImmutableArray<Instance> cut =
        [
            .. sample.Instances.Select(i => Cut(i, sample, frames)?.CutMembers(perFrame, frames, sample.Frames.Length))
                .OfType<Instance>(),
        ];
        output.Count(Tally.InstancesDropped, "in no frame kept", sample.Instances.Length - cut.Length);
        output.Emit(sample with { Frames = Pick(sample.Frames, frames), Instances = cut, RecordChanged = true });
    }

    private static Instance? Cut(Instance instance, Sample sample, int[] frames)
    {
        ImmutableArray<Segmentation> shapes = Pick(instance.ShapesIn(sample), frames);
        ImmutableArray<double?> areasPx = Pick(instance.PerFrame(instance.AreasPx, sample), frames);
        ImmutableArray<Box?> boxes = Pick(instance.PerFrame(instance.Boxes, sample), frames);
        if (shapes.IsEmpty && areasPx.IsEmpty && boxes.IsEmpty) return instance; // it stands for the video as a whole
        bool isThere = shapes.Any(s => s.HasMask) || boxes.Any(b => b is not null) || areasPx.Any(a => a is not null);
        return isThere ? instance with { Segmentations = shapes, AreasPx = areasPx, Boxes = boxes } : null;
    }

    private static ImmutableArray<T> Pick<T>(ImmutableArray<T> values, int[] frames) =>
        values.IsDefaultOrEmpty ? [] : [.. frames.Select(frame => values[frame])];
}
