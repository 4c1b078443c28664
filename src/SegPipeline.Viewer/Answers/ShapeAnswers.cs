using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Transforms;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Answers;

/// <summary>
/// The shapes of one frame: masks as COCO strings, polygons as they stand and as the mask that they fill, so that the
/// page shows the pixels that pycocotools would see. A malformed shape is told in its place, the others are shown.
/// </summary>
internal static class ShapeAnswers
{
    /// <summary>The shapes of a frame.</summary>
    public static ReadOnlyMemory<byte> Frame(Sample unsized, int frame)
    {
        var problems = new List<string>();
        Sample sample = Attempt.Read(() => ShownShape.Sized(unsized, frame), problems) ?? unsized;
        Frame picture = sample.Frames[frame];
        PhotoHeader? header = picture.Photo is { } photo
            ? Attempt.Read(() => PhotoHeader.Read(photo, photo.FilePath ?? picture.Name), problems)
            : null;
        return JsonAnswer.Object(json =>
        {
            json.WriteNumber("width", picture.WidthPx);
            json.WriteNumber("height", picture.HeightPx);
            bool isShown = header is not null && BrowserPictures.TypeOf(header.Format) is not null;
            if (header is not null && !isShown) problems.Add(BrowserPictures.Unshown(header.Format));
            json.WriteBoolean("hasPhoto", isShown);
            json.WriteBoolean("isAsStored",
                header is not null && (header.WidthPx, header.HeightPx) == (picture.WidthPx, picture.HeightPx));
            if (SizeFault(picture, header) is { } fault) problems.Add(fault);
            WriteMask(json, "void", Attempt.Read(() => sample.VoidIn(frame), problems));
            json.List("shapes", sample.Instances, instance => WriteShape(json, instance, sample, frame));
            json.List("problems", problems, json.WriteStringValue);
        });
    }

    private static string? SizeFault(Frame frame, PhotoHeader? header)
    {
        if (header is null || (header.WidthPx, header.HeightPx) == (frame.WidthPx, frame.HeightPx)) return null;
        if (header.IsTurnedFor(frame)) return null;
        return FormattableString.Invariant(
            $"the photo is {header.WidthPx}x{header.HeightPx}, the dataset says {frame.WidthPx}x{frame.HeightPx}; ") +
            "it is shown stretched";
    }

    private static void WriteShape(Utf8JsonWriter json, Instance instance, Sample sample, int frame)
    {
        var problems = new List<string>();
        json.WriteStartObject();
        Mask? mask = Attempt.Read(() => ShownShape.MaskOf(instance, sample, frame), problems);
        Segmentation? shape = Attempt.Read(() => At(instance.Segmentations, frame), problems);
        double? area = Attempt.Read(() => At(instance.AreasPx, frame), problems);
        Box? box = Attempt.Read(() => At(instance.Boxes, frame), problems);
        WriteStated(json, shape, area, box);
        json.Figure("score", instance.Score);
        WriteMask(json, "mask", mask);
        if (mask is not null) json.WriteNumber("pixels", mask.AreaPx);
        if (problems.Count > 0) json.List("problems", problems.Distinct(StringComparer.Ordinal), json.WriteStringValue);
        json.WriteEndObject();
    }

    private static void WriteStated(Utf8JsonWriter json, Segmentation? shape, double? area, Box? box)
    {
        json.WriteString("form", (shape?.Form ?? SegmentationForm.Missing).ToString());
        if (shape is PolygonSegmentation polygons)
            json.List("polygons", polygons.Parts, part =>
            {
                json.WriteStartArray();
                foreach (double number in part.Where(double.IsFinite)) json.WriteNumberValue(number);
                json.WriteEndArray();
            });
        json.Figure("area", area);
        if (box is not { } stated) return;
        json.List("box", new[] { stated.X, stated.Y, stated.Width, stated.Height }.Where(double.IsFinite),
            json.WriteNumberValue);
    }

    private static T? At<T>(ImmutableArray<T> values, int frame) =>
        values.IsDefault || frame >= values.Length ? default : values[frame];

    private static void WriteMask(Utf8JsonWriter json, string name, Mask? mask)
    {
        if (mask is null) return;
        json.WriteStartObject(name);
        json.WriteNumber("height", mask.HeightPx);
        json.WriteNumber("width", mask.WidthPx);
        json.WriteString("counts", mask.ToCocoBytes());
        json.WriteEndObject();
    }
}
