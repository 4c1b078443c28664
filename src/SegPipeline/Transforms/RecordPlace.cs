using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Tells where bad data stands, and reads shapes so that a problem says whose shape it is.</summary>
internal static class RecordPlace
{
    /// <summary>A shape of an instance as a mask; null when it has none.</summary>
    /// <exception cref="BadDataException">The shape is malformed or the frame has no size; says where.</exception>
    public static Mask? MaskOf(this Instance instance, Segmentation shape, Sample sample, int frame)
    {
        if (!shape.HasMask) return null;
        Frame picture = sample.Frames[frame];
        try
        {
            if (picture is { WidthPx: > 0, HeightPx: > 0 }) return shape.ToMask(picture.HeightPx, picture.WidthPx);
            if (shape is MaskSegmentation runs) return runs.Mask;
            throw new BadDataException(new Problem("FRAME_SIZE", $"the size of '{picture.Name}' is not known")
            {
                Remedy = "give width and height in the source",
            });
        }
        catch (BadDataException e)
        {
            throw e.At(instance, sample);
        }
    }

    /// <summary>The same problems, with the place of the instance's record where they name none.</summary>
    public static BadDataException At(this BadDataException fault, Instance instance, Sample sample)
    {
        JsonSlice? record = instance.SourceRecord;
        string name = instance.Id is { } id ? $"annotation {id}" : "an annotation";
        return new BadDataException([.. fault.Problems.Select(p => p with
        {
            File = p.File ?? record?.File.Path,
            ByteOffset = p.ByteOffset ?? (p.File is null ? record?.Offset : null),
            Record = p.Record ?? $"{name} of '{sample.Key}'",
        })]);
    }

    /// <summary>The shapes of an instance, one for each frame of its sample, or none at all.</summary>
    /// <exception cref="BadDataException">There are more or fewer shapes than frames.</exception>
    public static ImmutableArray<Segmentation> ShapesIn(this Instance instance, Sample sample)
    {
        ImmutableArray<Segmentation> shapes = instance.Segmentations;
        if (shapes.IsDefaultOrEmpty || shapes.Length == sample.Frames.Length) return shapes.IsDefault ? [] : shapes;
        throw new BadDataException(new Problem("FRAME_COUNT",
            $"{Counted.Of(shapes.Length, "segmentation")} given, " +
            $"the sample has {Counted.Of(sample.Frames.Length, "frame")}"))
            .At(instance, sample);
    }

    /// <summary>Values of an instance, one for each frame of its sample, or none at all.</summary>
    /// <exception cref="BadDataException">There are more or fewer values than frames.</exception>
    public static ImmutableArray<T> PerFrame<T>(this Instance instance, ImmutableArray<T> values, Sample sample)
    {
        if (values.IsDefaultOrEmpty || values.Length == sample.Frames.Length) return values.IsDefault ? [] : values;
        throw new BadDataException(new Problem("FRAME_COUNT",
            $"{Counted.Of(values.Length, "area or box", "areas or boxes")} given, " +
            $"the sample has {Counted.Of(sample.Frames.Length, "frame")}"))
            .At(instance, sample);
    }
}
