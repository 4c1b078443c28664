using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>What an annotation says of one segment, and where it says it.</summary>
/// <param name="Id">The id, which is the colour of its pixels.</param>
/// <param name="CategoryId">The category; null when it has none.</param>
/// <param name="IsCrowd">iscrowd; null when the record does not say.</param>
/// <param name="From">First byte of its record within that of the annotation.</param>
/// <param name="LengthBytes">Length of its record.</param>
internal readonly record struct SegmentRecord(
    uint Id, RecordId? CategoryId, bool? IsCrowd, int From, int LengthBytes);

/// <summary>The annotation of an image: the name of its PNG and its segments.</summary>
/// <param name="FileName">Name of the PNG; null when the record has none.</param>
/// <param name="ImageId">Id of the image as JSON text; null when the record has none.</param>
/// <param name="Segments">The segments, in the order of the record.</param>
internal sealed record PanopticAnnotation(string? FileName, string? ImageId, ImmutableArray<SegmentRecord> Segments)
{
    /// <summary>The largest id that a PNG can hold.</summary>
    public const uint MostId = 0xFFFFFF;

    /// <summary>Reads a record.</summary>
    /// <exception cref="RecordFaultException">It has no segments, or one of them is malformed.</exception>
    public static PanopticAnnotation Read(ReadOnlySpan<byte> text)
    {
        string? name = null, imageId = null;
        ImmutableArray<SegmentRecord>? segments = null;
        var members = new JsonMembers(text);
        while (members.NextMember())
        {
            if (JsonMembers.IsNamed(members.Name, "file_name"u8) && members.Value[0] == '"')
                name = JsonText.Unescape(members.Value[1..^1]);
            else if (JsonMembers.IsNamed(members.Name, "image_id"u8))
                imageId = Encoding.UTF8.GetString(members.Value);
            else if (JsonMembers.IsNamed(members.Name, "segments_info"u8) && members.Value[0] == '[')
                segments = ReadSegments(members.Value, members.ValueFrom);
        }
        return new PanopticAnnotation(name, imageId, segments ?? throw new RecordFaultException("NO_SEGMENTS",
            "expected a list 'segments_info', found none",
            "check that this is a panoptic file; read.coco reads others"));
    }

    private static ImmutableArray<SegmentRecord> ReadSegments(ReadOnlySpan<byte> list, int from)
    {
        var segments = ImmutableArray.CreateBuilder<SegmentRecord>();
        var ids = new HashSet<uint>();
        var items = new JsonMembers(list);
        while (items.NextItem())
        {
            if (items.Value[0] != '{')
                throw new RecordFaultException("SEGMENT",
                    $"expected segments to be objects, found {JsonText.Excerpt(items.Value)}");
            SegmentRecord segment = ReadSegment(items.Value, from + items.ValueFrom);
            if (!ids.Add(segment.Id))
                throw new RecordFaultException("DUPLICATE_SEGMENT",
                    $"expected every segment of an image to have an id of its own, found {segment.Id} twice");
            segments.Add(segment);
        }
        return segments.ToImmutable();
    }

    private static SegmentRecord ReadSegment(ReadOnlySpan<byte> text, int from)
    {
        uint? id = null;
        RecordId? category = null;
        bool? isCrowd = null;
        var members = new JsonMembers(text);
        while (members.NextMember())
        {
            if (JsonMembers.IsNamed(members.Name, "id"u8)) id = IdOf(members.Value);
            else if (JsonMembers.IsNamed(members.Name, "category_id"u8))
                category = members.Value[0] == 'n' ? null : RecordId.FromJson(Encoding.UTF8.GetString(members.Value));
            else if (JsonMembers.IsNamed(members.Name, "iscrowd"u8)) isCrowd = CrowdOf(members.Value);
        }
        return new SegmentRecord(id ?? throw new RecordFaultException("SEGMENT_ID",
            "expected a segment to have an id, found none"), category, isCrowd, from, text.Length);
    }

    private static uint IdOf(ReadOnlySpan<byte> json) =>
        JsonNumber.TryReadWhole(json, out long id) && id is > 0 and <= MostId
            ? (uint)id
            : throw new RecordFaultException("SEGMENT_ID",
                $"expected a segment id from 1 to {MostId}, which the colours of a PNG can hold, found " +
                JsonText.Excerpt(json), "convert the old file with panopticapi, or number its segments anew");

    private static bool? CrowdOf(ReadOnlySpan<byte> json)
    {
        if (json[0] == 'n') return null;
        if (json[0] is (byte)'t' or (byte)'f') return json[0] == 't';
        return JsonNumber.TryReadWhole(json, out long number) && number is 0 or 1
            ? number == 1
            : throw new RecordFaultException("ISCROWD",
                "expected iscrowd to be 0 or 1, found " + JsonText.Excerpt(json));
    }
}
