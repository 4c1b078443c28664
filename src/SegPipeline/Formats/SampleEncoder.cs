using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Makes the records of images or videos: the unchanged are copied, the others written anew.</summary>
internal sealed class SampleEncoder(AnnotationTarget target, RecordMembers members, EncodedChunk chunk) : IDisposable
{
    private readonly RecordText _record = new(chunk.Text);

    /// <summary>Adds a sample to the chunk.</summary>
    /// <exception cref="BadDataException">
    /// A picture is wanted and there is none, its name is not safe, or the source record is gone.
    /// </exception>
    public void Encode(Sample sample)
    {
        bool opensId = target.Ids == RecordNumbering.Dense || sample.Id is null;
        JsonSlice? source = SourceOf(sample);
        bool isAsRead = sample is { RecordChanged: false, ExtraMembers.IsEmpty: true };
        EncodedText text = isAsRead && !opensId && source is { } record
            ? EncodedText.Of(record)
            : Write(sample, source, opensId);
        RecordId? oldId = target.IdMap is null ? null : sample.Id;
        chunk.Samples.Add(new EncodedSample(text, opensId ? null : sample.Id, oldId, sample.Instances.Length)
        {
            Photos = target.Media == MediaTransfer.None ? [] : members.PhotosOf(sample),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _record.Dispose();

    /// <summary>The record of a sample, if it is one of the format that is written.</summary>
    private JsonSlice? SourceOf(Sample sample) => sample.Kind == target.Layout.Kind ? sample.SourceRecord : null;

    private EncodedText Write(Sample sample, JsonSlice? source, bool opensId)
    {
        RecordEdit edit = _record.Begin();
        if (opensId) edit.Open("id", EncodedText.IdSlot);
        else JsonText.WriteRaw(edit.Set("id"), sample.Id!.Value.JsonText);
        if (source is null || sample.RecordChanged) members.SetFrames(edit, sample, source);
        foreach ((string name, string json) in sample.ExtraMembers) JsonText.WriteRaw(edit.Set(name), json);
        return _record.End(source);
    }
}
