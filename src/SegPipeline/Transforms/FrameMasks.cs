using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>The masks of a sample, frame by frame.</summary>
internal static class FrameMasks
{
    /// <summary>The mask of an instance in each frame, null where it has none; empty when it has no shapes.</summary>
    /// <exception cref="BadDataException">A shape is malformed; says whose.</exception>
    public static Mask?[] MasksIn(this Instance instance, Sample sample)
    {
        ImmutableArray<Segmentation> shapes = instance.ShapesIn(sample);
        return [.. shapes.Select((shape, frame) => instance.MaskOf(shape, sample, frame))];
    }

    /// <summary>The void pixels of a frame; null when there are none.</summary>
    /// <exception cref="BadDataException">Their shape is malformed; says of which frame.</exception>
    public static Mask? VoidIn(this Sample sample, int frame)
    {
        Frame picture = sample.Frames[frame];
        if (picture.Void is not { HasMask: true } shape) return null;
        try
        {
            return shape is MaskSegmentation runs && picture.WidthPx == 0
                ? runs.Mask
                : shape.ToMask(picture.HeightPx, picture.WidthPx);
        }
        catch (BadDataException e)
        {
            throw new BadDataException([.. e.Problems.Select(p => p with
            {
                Record = p.Record ?? $"the void pixels of '{picture.Name}'",
            })]);
        }
    }
}
