using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SegPipeline.Inspection;
using SegPipeline.Reports;
using SegPipeline.Statistics;

namespace SegPipeline.Cli.Output;

/// <summary>What an inspection found, as one JSON object.</summary>
internal static class InspectionJson
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter target, string path, string format, InspectedDataset found)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("format", format);
            WriteCounts(json, found.Figures);
            WriteCategories(json, found);
            WriteDistributions(json, found.Figures);
            WriteFindings(json, found);
            json.WriteStartArray("warnings");
            foreach (var (_, sentence) in found.Report.Result.Warnings) json.WriteStringValue(sentence);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        target.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
    }

    private static void WriteCounts(Utf8JsonWriter json, DatasetFigures figures)
    {
        json.WriteNumber("images", figures.Samples - figures.Videos);
        json.WriteNumber("videos", figures.Videos);
        json.WriteNumber("frames", figures.Frames);
        json.WriteNumber("instances", figures.Instances);
        json.WriteNumber("crowds", figures.Crowds);
        json.WriteNumber("samples_without_instances", figures.EmptySamples);
        json.WriteNumber("unannotated_frames", figures.UnannotatedFrames);
        json.WriteNumber("frames_with_void", figures.FramesWithVoid);
        json.WriteNumber("shapes", figures.Shapes);
        json.WriteNumber("shapes_with_area", figures.MeasuredShapes);
        json.WriteStartObject("size_classes");
        json.WriteNumber("small", figures.SizeClasses.Small);
        json.WriteNumber("medium", figures.SizeClasses.Medium);
        json.WriteNumber("large", figures.SizeClasses.Large);
        json.WriteEndObject();
        json.WriteStartObject("forms");
        foreach (var (form, shapes) in figures.Forms) json.WriteNumber(NameOf(form.ToString()), shapes);
        json.WriteEndObject();
    }

    private static void WriteCategories(Utf8JsonWriter json, InspectedDataset found)
    {
        var names = CategoryNames.Of(found.Info);
        json.WriteStartArray("categories");
        foreach (CategoryFigures category in found.Figures.Categories)
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(category.Id?.JsonText ?? "null", skipInputValidation: true);
            if (category.Id is { } id && names.TryGetValue(id, out string? name)) json.WriteString("name", name);
            json.WriteNumber("instances", category.Instances);
            json.WriteNumber("samples", category.Samples);
            json.WriteNumber("crowds", category.Crowds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDistributions(Utf8JsonWriter json, DatasetFigures figures)
    {
        json.WriteStartArray("picture_sizes");
        foreach (var (width, height, frames) in figures.PictureSizes)
        {
            json.WriteStartObject();
            json.WriteNumber("width", width);
            json.WriteNumber("height", height);
            json.WriteNumber("count", frames);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteCounts(json, "instances_per_sample", figures.InstancesPerSample);
        WriteCounts(json, "objects_per_frame", figures.ObjectsPerFrame);
        WriteCounts(json, "lifetimes", figures.Lifetimes);
        WriteCounts(json, "video_lengths", figures.VideoLengths);
        json.WriteStartArray("relative_sizes");
        foreach (var (bin, count) in figures.RelativeSizes.Ascending)
        {
            json.WriteStartObject();
            json.WriteNumber("up_to", bin == SizeBins.Nothing ? 0 : Math.Round(SizeBins.UpperEdge(bin), 6));
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, Distribution distribution)
    {
        if (distribution.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (var (bin, count) in distribution.Ascending)
        {
            json.WriteStartObject();
            json.WriteNumber("from", CountBins.First(bin));
            json.WriteNumber("to", CountBins.Last(bin));
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, InspectedDataset found)
    {
        json.WriteStartArray("findings");
        for (int i = 0; i < found.Findings.Length; i++)
        {
            ReportFinding finding = found.Findings[i];
            json.WriteStartObject();
            json.WriteString("what", NameOf(found.Kinds[i].ToString()));
            json.WriteNumber("count", finding.Count);
            json.WriteStartArray("places");
            foreach (string place in finding.Places) json.WriteStringValue(place);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string NameOf(string word) => JsonNamingPolicy.SnakeCaseLower.ConvertName(word);
}
