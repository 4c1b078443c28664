using System.Buffers;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Coco;

/// <summary>Takes the images of a scan into the index.</summary>
internal sealed class CocoImageIndexer(SourceFile file, CocoIndex index)
{
    private const int Id = 0, FileName = 1, CocoUrl = 2, Width = 3, Height = 4;

    private readonly MemberLookup _members = new("id", "file_name", "coco_url", "width", "height");
    private readonly ArrayBufferWriter<byte> _url = new();
    private RecordId? _id;
    private string? _name;
    private int _widthPx;
    private int _heightPx;
    private (string Code, string Message)? _fault;

    /// <summary>A member that the latest record has twice; null when there is none.</summary>
    public string? Repeated => _members.Repeated;

    /// <summary>A record begins.</summary>
    public void Begin()
    {
        _members.Begin();
        _url.ResetWrittenCount();
        (_id, _name, _widthPx, _heightPx, _fault) = (null, null, 0, 0, null);
    }

    /// <inheritdoc cref="RecordSink.FindMember"/>
    public int Find(ReadOnlySpan<byte> name) => _members.Find(name);

    /// <inheritdoc cref="RecordSink.Scalar"/>
    public void Scalar(int member, ReadOnlySpan<byte> json)
    {
        switch (member)
        {
            case Id:
                _id = json[0] == 'n' ? null : CocoIndex.IsPlain(json, out long number)
                    ? new RecordId(number)
                    : RecordId.FromJson(Encoding.UTF8.GetString(json));
                break;
            case FileName:
                _name = json[0] == '"' ? JsonText.Unescape(json[1..^1]) : null;
                break;
            case CocoUrl when json[0] == '"':
                _url.ResetWrittenCount();
                _url.Write(json[1..^1]);
                break;
            case Width:
                _widthPx = Size(json, "width");
                break;
            case Height:
                _heightPx = Size(json, "height");
                break;
        }
    }

    /// <summary>A wanted member is a list or object, which none should be.</summary>
    public void Composite(int member)
    {
        if (member is Width or Height) Size("[]"u8, member == Width ? "width" : "height");
        else Scalar(member, "null"u8);
    }

    /// <summary>The record has ended.</summary>
    public void End(JsonRange record)
    {
        if (_id is null)
            throw JsonFault.At(file, record.Offset, "NO_IMAGE_ID", "expected an image to have an id, found none",
                $"images[{index.Images.Count}]");
        _name ??= CocoNames.FromUrl(JsonText.Unescape(_url.WrittenSpan));
        Problem? problem = _fault is null ? null : new Problem(_fault.Value.Code, _fault.Value.Message)
        {
            File = file.Path,
            ByteOffset = record.Offset,
            Record = $"image {_id}",
            Remedy = "correct the record",
        };
        index.Images.Add(new ImageEntry(record, _id.Value, _name, _widthPx, _heightPx) { Problem = problem });
    }

    private int Size(ReadOnlySpan<byte> json, string what)
    {
        if (json[0] == 'n') return 0;
        if (JsonNumber.TryReadWhole(json, out long size) && size is >= 0 and <= int.MaxValue) return (int)size;
        _fault ??= ("IMAGE_SIZE", $"expected a whole number as {what}, found {Encoding.UTF8.GetString(json)}");
        return 0;
    }
}
