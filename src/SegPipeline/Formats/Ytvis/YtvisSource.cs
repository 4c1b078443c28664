using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>Reads the values of the annotations of one YouTube-VIS file: lists with one entry for each frame.</summary>
/// <param name="file">The file with the annotations.</param>
/// <param name="index">Where they stand.</param>
/// <param name="videos">What is known of the videos.</param>
/// <param name="shortPolygons">What to make of polygons that are too short.</param>
internal sealed class YtvisSource(
    SourceFile file, AnnotationIndex index, YtvisVideos videos, ShortPolygons shortPolygons)
    : AnnotationSource(file, index, AnnotationLayout.Videos)
{
    private readonly SourceFile _file = file;
    private readonly AnnotationIndex _index = index;

    private delegate T ItemReader<T>(ReadOnlySpan<byte> json, SampleEntry video);

    /// <inheritdoc/>
    public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal)
    {
        ImmutableArray<Segmentation> shapes = ReadList(ordinal, "segmentations", (json, video) =>
            SegmentationJson.Read(json, video.HeightPx, video.WidthPx, shortPolygons));
        int sample = _index.Annotations[ordinal].Sample;
        if (!videos.HasUnannotated(sample)) return shapes;
        return [.. shapes.Select((shape, frame) =>
            shape.Form == SegmentationForm.Null && videos.IsUnannotated(sample, frame) ? Segmentation.Missing : shape)];
    }

    /// <inheritdoc/>
    public override ImmutableArray<SegmentationForm> ReadForms(int ordinal) =>
        ReadList(ordinal, "segmentations", (json, _) => SegmentationJson.FormOf(json));

    /// <inheritdoc/>
    public override ImmutableArray<double?> ReadAreas(int ordinal) =>
        ReadList(ordinal, "areas", (json, _) => NumberOrNull(json, "area"));

    /// <inheritdoc/>
    public override ImmutableArray<Box?> ReadBoxes(int ordinal) =>
        ReadList(ordinal, "bboxes", (json, _) => BoxJson.Read(json) is [var box] ? box : null);

    /// <summary>Checks that the lists of an annotation have one entry for each frame, without reading the
    /// entries.</summary>
    /// <exception cref="BadDataException">One has more or fewer, or is no list.</exception>
    public void CheckLists(int ordinal)
    {
        ref AnnotationEntry entry = ref _index.Annotations[ordinal];
        using var record = new RecordBytes(_file, entry.Offset, entry.LengthBytes);
        try
        {
            var members = new JsonMembers(record.Text);
            while (members.NextMember())
            {
                if (NameOf(members.Name) is not { } name || members.Value[0] == 'n') continue;
                int count = 0;
                var items = ItemsOf(members.Value, name);
                while (items.NextItem()) count++;
                CheckCount(count, name, ordinal);
            }
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(ProblemOf(ordinal, e.Code, e.Message, e.Remedy), e);
        }
    }

    private static string? NameOf(ReadOnlySpan<byte> written)
    {
        if (JsonMembers.IsNamed(written, "segmentations"u8)) return "segmentations";
        if (JsonMembers.IsNamed(written, "bboxes"u8)) return "bboxes";
        return JsonMembers.IsNamed(written, "areas"u8) ? "areas" : null;
    }

    private ImmutableArray<T> ReadList<T>(int ordinal, string name, ItemReader<T> read) =>
        Read<ImmutableArray<T>>(ordinal, System.Text.Encoding.UTF8.GetBytes(name), [], (json, _) =>
        {
            if (json[0] == 'n') return [];
            SampleEntry video = SampleOf(ordinal);
            var values = ImmutableArray.CreateBuilder<T>(FramesOf(ordinal));
            var items = ItemsOf(json, name);
            while (items.NextItem()) values.Add(ReadItem(items.Value, video, name, values.Count, read));
            CheckCount(values.Count, name, ordinal);
            return values.DrainToImmutable();
        });

    private static T ReadItem<T>(
        ReadOnlySpan<byte> json, SampleEntry video, string name, int frame, ItemReader<T> read)
    {
        try
        {
            return read(json, video);
        }
        catch (RecordFaultException e)
        {
            throw new RecordFaultException(e.Code, $"in {name}[{frame}]: {e.Message}", e.Remedy);
        }
    }

    private static JsonMembers ItemsOf(ReadOnlySpan<byte> json, string name) => json[0] == '['
        ? new JsonMembers(json)
        : throw new RecordFaultException("LIST_SHAPE",
            $"expected '{name}' to be a list with one entry a frame, found {JsonText.Excerpt(json)}");

    /// <summary>Empty lists of areas and boxes say nothing; a list of no segmentations for some frames is
    /// wrong.</summary>
    private void CheckCount(int count, string name, int ordinal)
    {
        int frames = FramesOf(ordinal);
        if (count == frames || (count == 0 && name != "segmentations")) return;
        throw new RecordFaultException("FRAME_COUNT",
            $"expected {frames} {name}, one for each frame of the video, found {count}",
            "give null for each frame that the object is absent from");
    }

    private int FramesOf(int ordinal) => videos.FrameCounts[_index.Annotations[ordinal].Sample];
}
