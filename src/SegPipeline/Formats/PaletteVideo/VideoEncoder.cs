using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Turns videos into label images. For one thread at a time.</summary>
/// <param name="stage">The writer.</param>
/// <param name="taxonomy">The categories of the dataset.</param>
internal sealed class VideoEncoder(PaletteWriter stage, Taxonomy taxonomy)
{
    private readonly LabelPainter _painter = new(stage.Overlap);
    private readonly List<LabelledMask<byte>> _masks = [];
    private readonly ObjectLabels _labels =
        new(stage.Ids, stage.Palette == PaletteColors.Grey ? 255 : 254, Alternative: "palette: grey");

    /// <summary>Encodes a video.</summary>
    /// <exception cref="BadDataException">It cannot be written as label images.</exception>
    public EncodedVideo Encode(Sample video)
    {
        if (video.Frames.IsEmpty) throw Fault(video, "NO_FRAMES", "expected a video to have frames, found none", null);
        FrameName[] names = FrameName.AllOf(video);
        byte[] labels = _labels.Of(video.Instances, $"video {video.Key}");
        PaintedObject[] objects = [.. video.Instances.Select((instance, i) =>
            new PaintedObject(labels[i], instance, ShapesOf(instance, video)))];
        Array.Sort(objects, (a, b) => a.Label.CompareTo(b.Label));
        var files = new EncodedFiles();
        VideoLosses losses = AddMasks(video, names, objects, files);
        if (stage.Frames != MediaTransfer.None) AddPictures(video, names, files);
        return new EncodedVideo(names[0].Folder, files,
            stage.Meta is null ? [] : VideoText.MetaOf(Written(names), objects, taxonomy),
            stage.IdMap is null ? [] : VideoText.IdMapOf(names[0].Folder, objects, taxonomy), losses);
    }

    private FrameName[] Written(FrameName[] names) => stage.Masks == PaletteFrames.First ? names[..1] : names;

    private VideoLosses AddMasks(Sample video, FrameName[] names, PaintedObject[] objects, EncodedFiles files)
    {
        var losses = new VideoLosses();
        int painted = 0;
        for (int i = 0; i < Written(names).Length; i++)
        {
            if (!IsAnnotated(video.Frames[i], objects, i)) continue;
            painted++;
            files.Add(stage.Dir / names[i].Mask, Paint(video, i, objects, ref losses));
        }
        if (painted == 0) losses.BareVideos = 1;
        if (stage.Masks == PaletteFrames.First) losses.LateObjects = objects.LongCount(o => o.AppearsLate);
        return losses;
    }

    private byte[] Paint(Sample video, int index, PaintedObject[] objects, ref VideoLosses losses)
    {
        Frame frame = video.Frames[index];
        if (frame.HeightPx <= 0 || frame.WidthPx <= 0)
            throw Fault(video, "FRAME_SIZE", $"expected the size of frame '{frame.Name}', found none",
                "name the pictures or masks in the reader, so that it is known");
        _masks.Clear();
        foreach (PaintedObject thing in objects)
            if (thing.MaskIn(index, frame) is { } mask) _masks.Add(new LabelledMask<byte>(thing.Label, mask));
        Mask? voidMask = frame.Void?.ToMask(frame.HeightPx, frame.WidthPx);
        losses.Painting += _painter.Paint(
            frame.HeightPx, frame.WidthPx, _masks, voidMask, $"frame '{frame.Name}'");
        return stage.Palette == PaletteColors.Grey
            ? _painter.ToGreyPng(stage.Compression)
            : _painter.ToIndexedPng(
                stage.Palette == PaletteColors.Keep && frame.Palette is { } own ? own : Palette.Voc, stage.Compression);
    }

    private void AddPictures(Sample video, FrameName[] names, EncodedFiles files)
    {
        for (int i = 0; i < names.Length; i++)
        {
            Photo photo = video.Frames[i].Photo ?? throw Fault(video, "NO_PICTURE",
                $"expected a picture for frame '{video.Frames[i].Name}', the reader has none",
                "name the reader's folder of pictures, or leave 'frames' out");
            files.Add(stage.FramesDir / names[i].Picture, photo);
        }
    }

    private static bool IsAnnotated(Frame frame, PaintedObject[] objects, int index) =>
        frame.IsAnnotated == true || frame.Palette is not null || frame.Void is not null ||
        Array.Exists(objects, o => o.IsKnownIn(index));

    private static ImmutableArray<Segmentation> ShapesOf(Instance instance, Sample video)
    {
        // Asked for once: a source may parse its record each time.
        ImmutableArray<Segmentation> shapes = instance.Segmentations;
        if (shapes.IsDefaultOrEmpty) return [];
        return shapes.Length == video.Frames.Length ? shapes : throw Fault(video, "SHAPE_COUNT",
            $"expected a shape for each of {Counted.Of(video.Frames.Length, "frame")}, " +
            $"instance {instance.Id} has {shapes.Length}",
            null);
    }

    private static BadDataException Fault(Sample video, string code, string message, string? remedy) =>
        new(new Problem(code, message) { Record = $"video {video.Key}", Remedy = remedy });
}
