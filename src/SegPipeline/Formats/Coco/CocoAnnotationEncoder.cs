using System.Buffers;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.Coco;

/// <summary>Makes the records of annotations: the unchanged are copied, the others written anew.</summary>
internal sealed class CocoAnnotationEncoder(CocoWriter stage, EncodedChunk chunk) : IDisposable
{
    private readonly RecordText _record = new(chunk.Text);

    /// <summary>Adds an annotation to the chunk.</summary>
    /// <exception cref="BadDataException">Its source record is malformed or gone.</exception>
    public void Encode(Sample sample, Instance instance)
    {
        bool isDense = stage.Ids == CocoNumbering.Dense;
        string? imageId = instance.MemberText("image_id");
        JsonSlice? source = imageId is null ? null : instance.SourceRecord;
        bool opensId = stage.As == CocoLayout.Dataset && (isDense || instance.Id is null);
        bool opensImage = isDense || sample.Id is null;
        bool isOfImage = !opensImage && imageId is not null && IsSame(imageId, sample.Id!.Value);
        EncodedText text;
        if (source is { } slice && isOfImage && !opensId && instance.Changed == InstanceMembers.None)
        {
            text = EncodedText.Of(slice);
        }
        else
        {
            RecordEdit edit = _record.Begin();
            if (opensId) edit.Open("id", EncodedText.IdSlot);
            else SetId(edit, instance, source is null);
            if (opensImage) edit.Open("image_id", EncodedText.ImageIdSlot);
            else if (!isOfImage) JsonText.WriteRaw(edit.Set("image_id"), sample.Id!.Value.JsonText);
            SetMembers(edit, sample, instance, source is null);
            text = _record.End(source);
        }

        long? id = !isDense && instance.Id is { IsInteger: true } number ? number.Number : null;
        RecordId? oldId = stage.IdMap is null ? null : instance.Id;
        chunk.Annotations.Add(new EncodedAnnotation(text, OrderOf(instance), id, oldId));
    }

    /// <inheritdoc/>
    public void Dispose() => _record.Dispose();

    private static bool IsSame(string json, RecordId id) =>
        (id.IsInteger && json == id.JsonText) || RecordId.FromJson(json) == id;

    private static RecordOrder OrderOf(Instance instance) => instance.SourceOrder is { } position
        ? new RecordOrder(instance.SourceRecord?.File, position)
        : RecordOrder.None;

    private static void SetId(RecordEdit edit, Instance instance, bool isNew)
    {
        if (!isNew && !instance.Changed.HasFlag(InstanceMembers.Id)) return;
        if (instance.Id is { } id) JsonText.WriteRaw(edit.Set("id"), id.JsonText);
        else edit.Remove("id");
    }

    private static void SetMembers(RecordEdit edit, Sample sample, Instance instance, bool isNew)
    {
        bool Sets(InstanceMembers member) => isNew || instance.Changed.HasFlag(member);
        if (Sets(InstanceMembers.CategoryId)) SetRaw(edit, "category_id", instance.CategoryId?.JsonText);
        if (Sets(InstanceMembers.Segmentations)) SetSegmentation(edit, instance.Segmentation);
        Mask? mask = isNew && (instance.AreaPx is null || instance.Box is null) ? MaskOf(instance, sample.Frame) : null;
        if (Sets(InstanceMembers.AreasPx)) SetArea(edit, instance, mask);
        if (Sets(InstanceMembers.Boxes)) SetBox(edit, instance, mask);
        if (Sets(InstanceMembers.IsCrowd))
            SetRaw(edit, "iscrowd", instance.IsCrowd is { } isCrowd ? isCrowd ? "1" : "0" : null);
        if (Sets(InstanceMembers.Score))
        {
            if (instance.Score is { } score) JsonText.WriteNumber(edit.Set("score"), score);
            else edit.Remove("score");
        }

        foreach ((string name, string json) in instance.ExtraMembers) JsonText.WriteRaw(edit.Set(name), json);
    }

    private static Mask? MaskOf(Instance instance, Frame frame)
    {
        if (instance.Segmentation is MaskSegmentation runs) return runs.Mask;
        bool isSizeKnown = frame is { HeightPx: > 0, WidthPx: > 0 };
        return isSizeKnown ? instance.Segmentation.ToMask(frame.HeightPx, frame.WidthPx) : null;
    }

    private static void SetRaw(RecordEdit edit, string name, string? json)
    {
        if (json is null) edit.Remove(name);
        else JsonText.WriteRaw(edit.Set(name), json);
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
        else SetRaw(edit, "area", instance.AreasPx.IsDefaultOrEmpty ? null : "null");
    }

    private static void SetBox(RecordEdit edit, Instance instance, Mask? mask)
    {
        Box? box = instance.Box ?? (mask is null ? null : Box.Of(mask));
        if (box is { } known)
            SegmentationText.WriteNumbers(edit.Set("bbox"), [known.X, known.Y, known.Width, known.Height]);
        else SetRaw(edit, "bbox", instance.Boxes.IsDefaultOrEmpty ? null : "null");
    }
}
