using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Ytvis;

/// <summary>The members of video records and of their annotations.</summary>
internal sealed class YtvisMembers(YtvisWriter stage) : RecordMembers
{
    private const string Segmentations = "segmentations", Areas = "areas", Boxes = "bboxes";

    public override void SetFrames(RecordEdit edit, Sample sample, JsonSlice? source)
    {
        byte[] record = source?.Load() ?? "{}"u8.ToArray();
        foreach ((string name, int size) in SizesOf(sample)) SetSize(edit, record, name, size);
        if (!HasNames(record, sample)) WriteNames(edit.Set("file_names"), sample);
        if (sample.Frames.Any(IsVoid)) WriteVoids(edit.Set("void"), sample);
        else edit.Remove("void");
        YtvisPalettes.Set(edit, sample);
        SetAnnotated(edit, sample);
    }

    public override void SetShapes(RecordEdit edit, Sample sample, Instance instance, JsonSlice? source)
    {
        var shapes = new YtvisShapes(sample, instance);
        if (Sets(InstanceMembers.Segmentations, instance, source)) shapes.SetSegmentations(edit, Segmentations);
        if (source is null)
        {
            shapes.SetMeasures(edit, Areas, Boxes);
        }
        else
        {
            if (Sets(InstanceMembers.AreasPx, instance, source)) shapes.SetAreas(edit, Areas);
            if (Sets(InstanceMembers.Boxes, instance, source)) shapes.SetBoxes(edit, Boxes);
        }

        if (source is null || sample.RecordChanged) SetSizes(edit, sample, source);
    }

    public override bool FollowsFrames(Sample sample) => sample.RecordChanged;

    public override IReadOnlyList<(ReleaseName Name, Photo Photo)> PhotosOf(Sample sample)
    {
        var photos = new List<(ReleaseName, Photo)>(sample.Frames.Length);
        foreach (Frame frame in sample.Frames)
        {
            Photo photo = frame.Photo ?? throw new BadDataException(new Problem("NO_PICTURE",
                $"'frames: {stage.Frames.ToString().ToLowerInvariant()}' needs the picture of every frame, " +
                $"'{frame.Name}' of '{sample.Key}' has none")
            {
                Remedy = "give the reader its folder of pictures, or set frames: none",
            });
            string name = NameParts.Last(frame.Name.Replace('\\', '/'), 2);
            photos.Add((stage.FramesDir / ReleaseName.From(name), photo));
        }

        return photos;
    }

    /// <summary>The members of a record that say how large a video is.</summary>
    private static (string Name, int Size)[] SizesOf(Sample sample)
    {
        Frame first = sample.Frame;
        foreach (Frame frame in sample.Frames)
            if (frame.WidthPx != first.WidthPx || frame.HeightPx != first.HeightPx)
                throw new BadDataException(new Problem("FRAME_SIZE",
                    $"YouTube-VIS has one size (width x height) for all frames of a video, '{first.Name}' of " +
                    $"'{sample.Key}' is {first.WidthPx}x{first.HeightPx}, '{frame.Name}' is " +
                    $"{frame.WidthPx}x{frame.HeightPx}")
                {
                    Remedy = "make the frames equally large, or write them as images",
                });
        return [("width", first.WidthPx), ("height", first.HeightPx), ("length", sample.Frames.Length)];
    }

    /// <summary>Annotations repeat the size of their video in most files; those that do must follow it.</summary>
    private static void SetSizes(RecordEdit edit, Sample sample, JsonSlice? source)
    {
        byte[]? record = source?.Load();
        foreach ((string name, int size) in SizesOf(sample))
            if (record is null || JsonMembers.TryFind(record, System.Text.Encoding.UTF8.GetBytes(name), out _))
                SetSize(edit, record ?? "{}"u8.ToArray(), name, size);
    }

    private static bool HasNames(byte[] record, Sample sample)
    {
        if (!JsonMembers.TryFind(record, "file_names"u8, out _)) return false;
        return YtvisVideoText.FileNames(record).SequenceEqual(sample.Frames.Select(f => f.Name));
    }

    private static void WriteNames(TextBuffer text, Sample sample)
    {
        text.Write("["u8);
        for (int i = 0; i < sample.Frames.Length; i++)
        {
            if (i > 0) text.Write(", "u8);
            JsonText.WriteString(text, sample.Frames[i].Name);
        }

        text.Write("]"u8);
    }

    /// <summary>
    /// Without the member every frame of a video that has objects is annotated, and none of a video without objects.
    /// </summary>
    private static void SetAnnotated(RecordEdit edit, Sample sample)
    {
        if (sample.Frames.All(f => f.IsAnnotated is null)) return;
        if (sample.Frames.All(f => f.IsAnnotated == !sample.Instances.IsEmpty))
        {
            edit.Remove("annotated_frames");
            return;
        }

        TextBuffer text = edit.Set("annotated_frames");
        text.Write("["u8);
        for (int i = 0; i < sample.Frames.Length; i++)
        {
            if (i > 0) text.Write(", "u8);
            text.Write(sample.Frames[i].IsAnnotated == false ? "false"u8 : "true"u8);
        }

        text.Write("]"u8);
    }

    private static bool IsVoid(Frame frame) => frame.Void is { HasMask: true };

    private static void WriteVoids(TextBuffer text, Sample sample)
    {
        text.Write("["u8);
        for (int i = 0; i < sample.Frames.Length; i++)
        {
            if (i > 0) text.Write(", "u8);
            Frame frame = sample.Frames[i];
            SegmentationText.Write(text, IsVoid(frame) ? frame.Void! : Segmentation.Null);
        }

        text.Write("]"u8);
    }
}
