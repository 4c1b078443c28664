using System.Collections.Immutable;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Transforms;

namespace SegPipeline.Viewer.Entries;

/// <summary>The masks that are shown, and the size of the frame that they are shown in.</summary>
internal static class ShownShape
{
    /// <summary>The mask of an instance in a frame, polygons filled; null when it has none there.</summary>
    /// <exception cref="BadDataException">The shape is malformed; says whose.</exception>
    public static Mask? MaskOf(Instance instance, Sample sample, int frame)
    {
        ImmutableArray<Segmentation> shapes = instance.ShapesIn(sample);
        return frame < shapes.Length ? instance.MaskOf(shapes[frame], sample, frame) : null;
    }

    /// <summary>
    /// The sample with the size of a frame put in where its source does not state it: that of the photo, or else of a
    /// mask.
    /// </summary>
    /// <exception cref="BadDataException">The photo is of no known format.</exception>
    public static Sample Sized(Sample sample, int frame)
    {
        Frame stated = sample.Frames[frame];
        if (stated is { WidthPx: > 0, HeightPx: > 0 }) return sample;
        (int width, int height) = stated.Photo is { } photo ? SizeOf(photo, stated.Name) : SizeOfMasks(sample, frame);
        return sample with
        {
            Frames = sample.Frames.SetItem(frame, stated with { WidthPx = width, HeightPx = height }),
        };
    }

    private static (int WidthPx, int HeightPx) SizeOf(Photo photo, string name)
    {
        PhotoHeader header = PhotoHeader.Read(photo, photo.FilePath ?? name);
        return (header.WidthPx, header.HeightPx);
    }

    private static (int WidthPx, int HeightPx) SizeOfMasks(Sample sample, int frame)
    {
        foreach (Instance instance in sample.Instances)
            if (frame < instance.Segmentations.Length && instance.Segmentations[frame] is MaskSegmentation runs)
                return (runs.Mask.WidthPx, runs.Mask.HeightPx);
        return (0, 0);
    }
}
