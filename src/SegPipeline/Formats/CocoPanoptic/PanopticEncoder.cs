using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>Turns images into PNGs and annotations. For one thread at a time.</summary>
internal sealed class PanopticEncoder(CocoPanopticWriter stage, PanopticCategories categories) : IDisposable
{
    private readonly MaskStack<uint> _stack = new(stage.Overlap, background: 0, "segment")
    {
        Remedy = "put flatten before it, or set overlap: lowest_wins or highest_wins",
    };

    private readonly SegmentIds _ids = new(stage.Ids, categories);
    private readonly SegmentText _text = new();

    /// <summary>Adds the PNG and the annotation of an image to a chunk.</summary>
    /// <returns>What was lost on the way.</returns>
    /// <exception cref="BadDataException">The image cannot be written as one of segments.</exception>
    public PanopticLosses Encode(Sample image, EncodedPanoptic chunk, RecordText record)
    {
        Frame frame = image.Frame;
        if (image.Instances.IsEmpty && frame.Void is null && image.AnnotationRecord is null)
            return new PanopticLosses(default, 0, 0, Bare: 1);
        CheckSize(image);
        ImageSegments found = ImageSegments.Of(image, stage.Stuff, categories);
        uint[] ids = _ids.Of([.. found.Segments.Select(s => s.Instance)], $"image {image.Key}");
        PaintLosses losses = _stack.Paint(frame.HeightPx, frame.WidthPx,
            [.. found.Segments.Select((s, i) => new LabelledMask<uint>(ids[i], s.Mask)).OrderBy(m => m.Label)],
            $"image '{frame.Name}'");
        List<(uint Id, WrittenSegment Segment)> segments = [.. ids.Zip(found.Segments)];
        if (losses.CutShapes > 0) segments = Cut(segments);
        byte[] png = PngWriter.EncodeIds(_stack.Canvas.Pixels, stage.Compression);
        try
        {
            PanopticAnnotation? source = image.AnnotationRecord is { } slice
                ? PanopticAnnotation.Read(slice.Load())
                : null;
            ReleaseName name = NameOf(image, source);
            chunk.Files.Add(stage.Folder / name, png);
            chunk.Records.Annotations.Add(Annotation(image, source, name, segments, record));
        }
        catch (RecordFaultException e)
        {
            throw Changed(image, e);
        }
        return new PanopticLosses(losses, found.Shapeless, found.Merged, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private static void CheckSize(Sample image)
    {
        if (image.Frame is { HeightPx: > 0, WidthPx: > 0 }) return;
        throw new BadDataException(new Problem("FRAME_SIZE", "expected the size of the image, found none")
        {
            Record = $"image {image.Key}",
            Remedy = "give the reader its folder of pictures, or put the size into its records",
        });
    }

    /// <summary>A record is not what it was when it was read.</summary>
    private static BadDataException Changed(Sample image, RecordFaultException fault) =>
        new(new Problem(fault.Code, fault.Message)
        {
            File = image.AnnotationRecord?.File.Path,
            ByteOffset = image.AnnotationRecord?.Offset,
            Record = $"image {image.Key}",
            Remedy = fault.Remedy ?? "do not write to an input while it is read",
        }, fault);

    /// <summary>The segments with the pixels they were left with; those without any are gone.</summary>
    private List<(uint Id, WrittenSegment Segment)> Cut(List<(uint Id, WrittenSegment Segment)> segments)
    {
        Dictionary<uint, Mask> left = LabelRegions.Of(_stack.Canvas.Pixels, LabelRoles.BackgroundOnly).Objects
            .ToDictionary(r => r.Label, r => r.Mask);
        return [.. segments.Where(s => left.ContainsKey(s.Id)).Select(s => left[s.Id].AreaPx == s.Segment.Mask.AreaPx
            ? s
            : (s.Id, s.Segment with { Mask = left[s.Id], IsAsIn = false }))];
    }

    private static ReleaseName NameOf(Sample image, PanopticAnnotation? source)
    {
        if (!image.RecordChanged && source?.FileName is { } known) return ReleaseName.From(known);
        string name = ReleaseName.From(image.Frame.Name).Value;
        return ReleaseName.From(name[..^Path.GetExtension(name).Length] + ".png");
    }

    private EncodedAnnotation Annotation(
        Sample image, PanopticAnnotation? source, ReleaseName name,
        List<(uint Id, WrittenSegment Segment)> segments, RecordText record)
    {
        JsonSlice? slice = image.AnnotationRecord;
        RecordOrder order = slice is { } place ? new RecordOrder(place.File, place.Offset) : RecordOrder.None;
        bool isOfImage = image.Id is { } id && source?.ImageId is { } written && RecordId.FromJson(written) == id;
        bool isNamed = source?.FileName is { } old && old == name.Value;
        bool isSame = source is not null && IsSame(source, slice!.Value, segments);
        if (isOfImage && isNamed && isSame)
            return new EncodedAnnotation(EncodedText.Of(slice!.Value), order, null, null);
        RecordEdit edit = record.Begin();
        if (!isSame) WriteSegments(segments, slice, edit.Set("segments_info"));
        if (!isNamed) JsonText.WriteString(edit.Set("file_name"), name.Value);
        if (image.Id is null) edit.Open("image_id", EncodedText.SampleIdSlot);
        else if (!isOfImage) JsonText.WriteRaw(edit.Set("image_id"), image.Id.Value.JsonText);
        return new EncodedAnnotation(record.End(slice), order, null, null);
    }

    /// <summary>True when an image has exactly the segments that its annotation has, in their order.</summary>
    private static bool IsSame(
        PanopticAnnotation source, JsonSlice slice, List<(uint Id, WrittenSegment Segment)> segments)
    {
        if (source.Segments.Length != segments.Count) return false;
        for (int i = 0; i < segments.Count; i++)
            if (SegmentText.Copied(segments[i].Segment, segments[i].Id, slice)?.Offset !=
                slice.Offset + source.Segments[i].From) return false;
        return true;
    }

    private void WriteSegments(List<(uint Id, WrittenSegment Segment)> segments, JsonSlice? slice, TextBuffer output)
    {
        output.Write("["u8);
        for (int i = 0; i < segments.Count; i++)
        {
            if (i > 0) output.Write(", "u8);
            _text.Write(segments[i].Segment, segments[i].Id, slice, output);
        }
        output.Write("]"u8);
    }
}
