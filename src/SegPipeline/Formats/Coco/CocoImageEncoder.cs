using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>Makes the records of images: the unchanged are copied, the others written anew.</summary>
internal sealed class CocoImageEncoder(CocoWriter stage, EncodedChunk chunk) : IDisposable
{
    private readonly RecordText _record = new(chunk.Text);

    /// <summary>Adds an image to the chunk.</summary>
    /// <exception cref="BadDataException">
    /// Its picture is wanted and there is none, its name is not safe, or its source record is gone.
    /// </exception>
    public void Encode(Sample sample)
    {
        bool opensId = stage.Ids == CocoNumbering.Dense || sample.Id is null;
        bool isAsRead = sample is { RecordChanged: false, ExtraMembers.IsEmpty: true };
        EncodedText text = isAsRead && !opensId && sample.SourceRecord is { } source
            ? EncodedText.Of(source)
            : Write(sample, opensId);
        RecordId? oldId = stage.IdMap is null ? null : sample.Id;
        chunk.Images.Add(new EncodedImage(text, opensId ? null : sample.Id, oldId, sample.Instances.Length)
        {
            Photo = stage.Images == MediaTransfer.None ? null : PhotoOf(sample),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _record.Dispose();

    private EncodedText Write(Sample sample, bool opensId)
    {
        RecordEdit edit = _record.Begin();
        if (opensId) edit.Open("id", EncodedText.IdSlot);
        else JsonText.WriteRaw(edit.Set("id"), sample.Id!.Value.JsonText);
        JsonSlice? source = sample.SourceRecord;
        if (source is null || sample.RecordChanged) SetFrame(edit, sample.Frame, source);
        foreach ((string name, string json) in sample.ExtraMembers) JsonText.WriteRaw(edit.Set(name), json);
        return _record.End(source);
    }

    /// <summary>Sets what is not the same in the source, so that the text of what is stays.</summary>
    private static void SetFrame(RecordEdit edit, Frame frame, JsonSlice? source)
    {
        byte[] record = source?.Load() ?? "{}"u8.ToArray();
        string? name = Text(record, "file_name"u8) ?? CocoNames.FromUrl(Text(record, "coco_url"u8) ?? "");
        if (name != frame.Name) JsonText.WriteString(edit.Set("file_name"), frame.Name);
        SetSize(edit, record, "width", frame.WidthPx);
        SetSize(edit, record, "height", frame.HeightPx);
    }

    private static void SetSize(RecordEdit edit, byte[] record, string name, int sizePx)
    {
        bool isThere = JsonMembers.TryFind(record, Encoding.UTF8.GetBytes(name), out ReadOnlySpan<byte> json);
        long old = isThere && JsonNumber.TryReadWhole(json, out long number) ? number : 0;
        if (old != sizePx) JsonText.WriteNumber(edit.Set(name), sizePx);
    }

    private static string? Text(byte[] record, ReadOnlySpan<byte> name) =>
        JsonMembers.TryFind(record, name, out ReadOnlySpan<byte> json) && json[0] == '"'
            ? JsonText.Unescape(json[1..^1])
            : null;

    private (ReleaseName Name, Photo Photo) PhotoOf(Sample sample)
    {
        Photo photo = sample.Frame.Photo ?? throw new BadDataException(new Problem("NO_PICTURE",
            $"'images: {stage.Images.ToString().ToLowerInvariant()}' needs the picture of every image, " +
            $"'{sample.Key}' has none")
        {
            Remedy = "give the reader its folder of pictures, or set images: none",
        });
        return (stage.ImagesDir / ReleaseName.From(sample.Frame.Name), photo);
    }
}
