using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>The members of image records and of their annotations.</summary>
internal sealed class CocoMembers(CocoWriter stage) : RecordMembers
{
    /// <summary>Sets what is not the same in the source, so that the text of what is stays.</summary>
    public override void SetFrames(RecordEdit edit, Sample sample, JsonSlice? source)
    {
        byte[] record = source?.Load() ?? "{}"u8.ToArray();
        string? name = Text(record, "file_name"u8) ?? NameParts.FromUrl(Text(record, "coco_url"u8) ?? "");
        if (name != sample.Frame.Name) JsonText.WriteString(edit.Set("file_name"), sample.Frame.Name);
        SetSize(edit, record, "width", sample.Frame.WidthPx);
        SetSize(edit, record, "height", sample.Frame.HeightPx);
    }

    public override void SetShapes(RecordEdit edit, Sample sample, Instance instance, JsonSlice? source)
    {
        if (Sets(InstanceMembers.Segmentations, instance, source)) SetSegmentation(edit, instance.Segmentation);
        bool isMeasured = source is null && (instance.AreaPx is null || instance.Box is null);
        Mask? mask = isMeasured ? MaskOf(instance, sample.Frame) : null;
        if (Sets(InstanceMembers.AreasPx, instance, source)) SetArea(edit, instance, mask);
        if (Sets(InstanceMembers.Boxes, instance, source)) SetBox(edit, instance, mask);
    }

    public override bool FollowsFrames(Sample sample) => false;

    public override IReadOnlyList<(ReleaseName Name, Photo Photo)> PhotosOf(Sample sample)
    {
        Photo photo = sample.Frame.Photo ?? throw new BadDataException(new Problem("NO_PICTURE",
            $"'images: {stage.Images.ToString().ToLowerInvariant()}' needs the picture of every image, " +
            $"'{sample.Key}' has none")
        {
            Remedy = "give the reader its folder of pictures, or set images: none",
        });
        return [(stage.ImagesDir / ReleaseName.From(sample.Frame.Name), photo)];
    }

    private static string? Text(byte[] record, ReadOnlySpan<byte> name) =>
        JsonMembers.TryFind(record, name, out ReadOnlySpan<byte> json) && json[0] == '"'
            ? JsonText.Unescape(json[1..^1])
            : null;

    private static Mask? MaskOf(Instance instance, Frame frame)
    {
        if (instance.Segmentation is MaskSegmentation runs) return runs.Mask;
        bool isSizeKnown = frame is { HeightPx: > 0, WidthPx: > 0 };
        return isSizeKnown ? instance.Segmentation.ToMask(frame.HeightPx, frame.WidthPx) : null;
    }

    private static void SetSegmentation(RecordEdit edit, Segmentation segmentation)
    {
        if (segmentation.Form == SegmentationForm.Missing) edit.Remove("segmentation");
        else SegmentationText.Write(edit.Set("segmentation"), segmentation);
    }

    private static void SetArea(RecordEdit edit, Instance instance, Mask? mask)
    {
        double? area = instance.AreaPx ?? mask?.AreaPx;
        if (area is { } known) JsonText.WriteNumber(edit.Set("area"), known);
        else edit.SetRaw("area", instance.AreasPx.IsDefaultOrEmpty ? null : "null");
    }

    private static void SetBox(RecordEdit edit, Instance instance, Mask? mask)
    {
        Box? box = instance.Box ?? (mask is null ? null : Box.Of(mask));
        if (box is { } known) BoxJson.Write(edit.Set("bbox"), known);
        else edit.SetRaw("bbox", instance.Boxes.IsDefaultOrEmpty ? null : "null");
    }
}
