using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Takes the images or videos of a scan into the index: id and size, and what a format needs more.</summary>
/// <param name="file">The file that is scanned.</param>
/// <param name="index">Gets the entries.</param>
/// <param name="layout">What the samples are called.</param>
/// <param name="names">The members beyond id and size that the format wants.</param>
internal abstract class SampleIndexer(
    SourceFile file, AnnotationIndex index, AnnotationLayout layout, params string[] names)
{
    private const int Id = 0, Width = 1, Height = 2, Others = 3;

    private readonly MemberLookup _members = new(["id", "width", "height", .. names]);
    private RecordId? _id;
    private int _widthPx;
    private int _heightPx;
    private string? _fault;

    /// <summary>A member that the latest record has twice; null when there is none.</summary>
    public string? Repeated => _members.Repeated;

    /// <summary>A record begins.</summary>
    public void Begin()
    {
        _members.Begin();
        (_id, _widthPx, _heightPx, _fault) = (null, 0, 0, null);
        BeginName();
    }

    /// <inheritdoc cref="RecordSink.FindMember"/>
    public int Find(ReadOnlySpan<byte> name) => _members.Find(name);

    /// <inheritdoc cref="RecordSink.Scalar"/>
    public void Scalar(int member, ReadOnlySpan<byte> json)
    {
        switch (member)
        {
            case Id:
                _id = json[0] is (byte)'n' or (byte)'N' or (byte)'I' || json.SequenceEqual("-Infinity"u8)
                    ? null
                    : AnnotationIndex.IsPlain(json, out long number)
                        ? new RecordId(number)
                        : RecordId.FromJson(Encoding.UTF8.GetString(json));
                break;
            case Width:
                _widthPx = Size(json, "width");
                break;
            case Height:
                _heightPx = Size(json, "height");
                break;
            default:
                Other(member - Others, json);
                break;
        }
    }

    /// <summary>The value of a wanted member is a list or object.</summary>
    public void Composite(int member)
    {
        if (member is Width or Height) Size("[]"u8, member == Width ? "width" : "height");
        else if (member == Id) _id = null;
        else OtherComposite(member - Others);
    }

    /// <summary>The record has ended.</summary>
    public void End(JsonRange record)
    {
        if (_id is null)
            throw JsonFault.At(file, record.Offset, $"NO_{layout.Code}_ID",
                $"expected {layout.One} to have an id, a number or a text, found none",
                $"{layout.List}[{index.Samples.Count}]");
        Problem? problem = _fault is null ? null : new Problem($"{layout.Code}_SIZE", _fault)
        {
            File = file.Path,
            ByteOffset = record.Offset,
            Record = $"{layout.Sample} {_id}",
            Remedy = "correct the record",
        };
        index.Samples.Add(new SampleEntry(record, _id.Value, EndName(), _widthPx, _heightPx) { Problem = problem });
    }

    /// <summary>A record begins: forget the name of the one before.</summary>
    protected abstract void BeginName();

    /// <summary>The value of one of the other members, by its place among them.</summary>
    protected abstract void Other(int member, ReadOnlySpan<byte> json);

    /// <summary>The value of one of the other members is a list or object.</summary>
    protected abstract void OtherComposite(int member);

    /// <summary>The name of the record that has ended; null when it has none.</summary>
    protected abstract string? EndName();

    private int Size(ReadOnlySpan<byte> json, string what)
    {
        if (json[0] == 'n') return 0;
        if (JsonNumber.TryReadWhole(json, out long size) && size is >= 0 and <= int.MaxValue) return (int)size;
        _fault ??= $"expected a whole number as {what}, found {Encoding.UTF8.GetString(json)}";
        return 0;
    }
}
