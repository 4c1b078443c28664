using System.Buffers;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Takes the images of a scan into the index.</summary>
internal sealed class ImageIndexer(SourceFile file, AnnotationIndex index)
    : SampleIndexer(file, index, AnnotationLayout.Images, "file_name", "coco_url")
{
    private const int FileName = 0;

    private readonly ArrayBufferWriter<byte> _url = new();
    private string? _name;

    protected override void BeginName()
    {
        _url.ResetWrittenCount();
        _name = null;
    }

    protected override void Other(int member, ReadOnlySpan<byte> json)
    {
        if (member == FileName)
        {
            _name = json[0] == '"' ? JsonText.Unescape(json[1..^1]) : null;
        }
        else if (json[0] == '"')
        {
            _url.ResetWrittenCount();
            _url.Write(json[1..^1]);
        }
    }

    protected override void OtherComposite(int member) => Other(member, "null"u8);

    protected override string? EndName() => _name ?? NameParts.FromUrl(JsonText.Unescape(_url.WrittenSpan));
}
