using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>Writes the records of segments: the unchanged are copied, the others written anew.</summary>
internal sealed class SegmentText : IDisposable
{
    private readonly RecordEdit _edit = new();

    /// <summary>The record of a segment when it is to be copied; null when it is not.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="id">The id it gets.</param>
    /// <param name="annotation">The annotation that the image came with; null when it came with none.</param>
    public static JsonSlice? Copied(WrittenSegment segment, uint id, JsonSlice? annotation)
    {
        Instance instance = segment.Instance;
        bool isAsRead = segment.IsAsIn && (instance.Changed & ~InstanceMembers.ExtraMembers) == 0 &&
            instance.ExtraMembers.All(m => m.Key == "object_id");
        return isAsRead && RecordOf(instance, annotation) is { } record && IdIn(instance) == id ? record : null;
    }

    /// <summary>Writes a record.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="id">The id it gets.</param>
    /// <param name="annotation">The annotation that the image came with; null when it came with none.</param>
    /// <param name="output">Gets the text.</param>
    public void Write(WrittenSegment segment, uint id, JsonSlice? annotation, TextBuffer output)
    {
        JsonSlice? record = RecordOf(segment.Instance, annotation);
        if (Copied(segment, id, annotation) is { } copied)
        {
            output.Write(copied.Load());
            return;
        }
        Instance instance = segment.Instance;
        bool Sets(InstanceMembers member) => record is null || (instance.Changed & member) != 0;
        _edit.Clear();
        if (record is null || IdIn(instance) != id) JsonText.WriteNumber(_edit.Set("id"), (long)id);
        if (Sets(InstanceMembers.CategoryId)) _edit.SetRaw("category_id", instance.CategoryId?.JsonText);
        if (Sets(InstanceMembers.Segmentations | InstanceMembers.AreasPx) || !segment.IsAsIn)
            JsonText.WriteNumber(_edit.Set("area"), segment.Mask.AreaPx);
        if (Sets(InstanceMembers.Segmentations | InstanceMembers.Boxes) || !segment.IsAsIn)
            BoxJson.Write(_edit.Set("bbox"), Box.Of(segment.Mask));
        if (Sets(InstanceMembers.IsCrowd)) _edit.SetRaw("iscrowd", instance.IsCrowd == true ? "1" : "0");
        if (instance.Score is { } score && Sets(InstanceMembers.Score)) JsonText.WriteNumber(_edit.Set("score"), score);
        foreach ((string name, string json) in instance.ExtraMembers)
            if (name != "object_id") JsonText.WriteRaw(_edit.Set(name), json);
        _edit.Write(record is { } slice ? slice.Load() : "{}"u8, output);
    }

    /// <inheritdoc/>
    public void Dispose() => _edit.Dispose();

    private static JsonSlice? RecordOf(Instance instance, JsonSlice? annotation) =>
        annotation is { } whole && instance.SourceRecord is { } record && ReferenceEquals(record.File, whole.File) &&
        record.Offset > whole.Offset && record.Offset < whole.Offset + whole.LengthBytes
            ? record
            : null;

    /// <summary>The id in the record; the member object_id may be another by now.</summary>
    private static long? IdIn(Instance instance) =>
        instance.MemberText("id") is { } json && RecordId.FromJson(json) is { IsInteger: true } id ? id.Number : null;
}
