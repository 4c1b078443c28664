using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Makes the records of annotations: the unchanged are copied, the others written anew.</summary>
internal sealed class AnnotationEncoder(AnnotationTarget target, RecordMembers members, EncodedChunk chunk)
    : IDisposable
{
    private readonly RecordText _record = new(chunk.Text);
    private readonly string _idMember = target.Layout.IdMember;

    /// <summary>Adds an annotation to the chunk.</summary>
    /// <exception cref="BadDataException">Its source record is malformed or gone.</exception>
    public void Encode(Sample sample, Instance instance)
    {
        bool isDense = target.Ids == RecordNumbering.Dense;
        string? sampleId = instance.MemberText(_idMember);
        JsonSlice? source = sampleId is null ? null : instance.SourceRecord;
        bool opensId = target.As == FileContent.Dataset && (isDense || instance.Id is null);
        bool opensSample = isDense || sample.Id is null;
        bool isOfSample = !opensSample && sampleId is not null && IsSame(sampleId, sample.Id!.Value);
        bool isAsRead = instance.Changed == InstanceMembers.None && !members.FollowsFrames(sample);
        EncodedText text;
        if (source is { } slice && isOfSample && !opensId && isAsRead)
        {
            text = EncodedText.Of(slice);
        }
        else
        {
            RecordEdit edit = _record.Begin();
            if (opensId) edit.Open("id", EncodedText.IdSlot);
            else SetId(edit, instance, source);
            if (opensSample) edit.Open(_idMember, EncodedText.SampleIdSlot);
            else if (!isOfSample) JsonText.WriteRaw(edit.Set(_idMember), sample.Id!.Value.JsonText);
            SetMembers(edit, sample, instance, source);
            text = _record.End(source);
        }

        long? id = !isDense && instance.Id is { IsInteger: true } number ? number.Number : null;
        RecordId? oldId = target.IdMap is null ? null : instance.Id;
        chunk.Annotations.Add(new EncodedAnnotation(text, OrderOf(instance), id, oldId));
    }

    /// <inheritdoc/>
    public void Dispose() => _record.Dispose();

    private static bool IsSame(string json, RecordId id) =>
        (id.IsInteger && json == id.JsonText) || RecordId.FromJson(json) == id;

    private static RecordOrder OrderOf(Instance instance) => instance.SourceOrder is { } position
        ? new RecordOrder(instance.SourceRecord?.File, position)
        : RecordOrder.None;

    private static void SetId(RecordEdit edit, Instance instance, JsonSlice? source)
    {
        if (source is null || instance.Changed.HasFlag(InstanceMembers.Id)) edit.SetRaw("id", instance.Id?.JsonText);
    }

    private void SetMembers(RecordEdit edit, Sample sample, Instance instance, JsonSlice? source)
    {
        bool Sets(InstanceMembers member) => source is null || instance.Changed.HasFlag(member);
        if (Sets(InstanceMembers.CategoryId)) edit.SetRaw("category_id", instance.CategoryId?.JsonText);
        members.SetShapes(edit, sample, instance, source);
        if (Sets(InstanceMembers.IsCrowd))
            edit.SetRaw("iscrowd", instance.IsCrowd is { } isCrowd ? isCrowd ? "1" : "0" : null);
        if (Sets(InstanceMembers.Score))
        {
            if (instance.Score is { } score) JsonText.WriteNumber(edit.Set("score"), score);
            else edit.Remove("score");
        }

        foreach ((string name, string json) in instance.ExtraMembers) JsonText.WriteRaw(edit.Set(name), json);
    }
}
