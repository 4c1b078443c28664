using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.Coco;

/// <summary>The members of image records and of their annotations.</summary>
internal sealed class CocoMembers(CocoWriter stage) : ImageMembers(stage.Images, stage.ImagesDir)
{
    public override void SetShapes(RecordEdit edit, Sample sample, Instance instance, JsonSlice? source)
    {
        if (Sets(InstanceMembers.Segmentations, instance, source)) SetSegmentation(edit, instance.Segmentation);
        bool isMeasured = source is null && (instance.AreaPx is null || instance.Box is null);
        Mask? mask = isMeasured ? MaskOf(instance, sample.Frame) : null;
        if (Sets(InstanceMembers.AreasPx, instance, source)) SetArea(edit, instance, mask);
        if (Sets(InstanceMembers.Boxes, instance, source)) SetBox(edit, instance, mask);
    }

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
