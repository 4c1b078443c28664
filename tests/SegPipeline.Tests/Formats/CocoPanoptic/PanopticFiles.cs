using SegPipeline.Formats.CocoPanoptic;
using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.CocoPanoptic;

/// <summary>Reads and writes panoptic files in tests.</summary>
internal static class PanopticFiles
{
    /// <summary>A person, which is a thing, and sky, which is stuff.</summary>
    public const string Categories =
        """[{"id": 1, "name": "person", "isthing": 1, "color": [220, 20, 60]}, """ +
        """{"isthing": 0, "id": 187, "name": "sky", "color": [70, 130, 180], "x": 1.0}]""";

    /// <summary>An image of 4 x 1 pixels.</summary>
    public const string Image = """{"id": 7, "file_name": "a.jpg", "width": 4, "height": 1}""";

    /// <summary>Two segments, 300 and 7, in a form that no writer would choose.</summary>
    public const string Annotation =
        """{"segments_info": [{"area": 2.0, "category_id": 1, "iscrowd": 0, "id": 300, "bbox": [0,0,2,1], """ +
        "\"x\": null}, " + """{"id":7, "category_id":187,"area":1}], "file_name": "a.png", """ +
        "\"image_id\": 7, \"note\": \"ä\"}";

    /// <summary>Real files of COCO.</summary>
    public static string Real => Path.Combine(SharedData.Data!, "ade-panoptic", "coco-panoptic");

    /// <summary>The text of a file.</summary>
    public static string Json(string images, string annotations) =>
        "{\"info\": {\"y\": 1e0}, \"images\": [" + images + "], \"annotations\": [" + annotations +
        "], \"categories\": " + Categories + "}";

    /// <summary>A reader of <c>p.json</c> and the folder <c>p</c>.</summary>
    public static CocoPanopticReader Reader(
        TempFolder folder, string annotations = Annotation, string images = Image, params uint[] pixels)
    {
        folder.Write("p.json", Json(images, annotations));
        AddPng(folder, "p/a.png", pixels.Length == 0 ? [300, 300, 7, 0] : pixels);
        return new CocoPanopticReader { Annotations = new InputPath("p.json", folder["p.json"]) };
    }

    /// <summary>Adds a PNG of one row of segments.</summary>
    public static void AddPng(TempFolder folder, string name, params uint[] pixels) => folder.WriteBytes(
        name, PngWriter.EncodeIds(new RowMajorPixels<uint>(pixels, 1, pixels.Length), PngCompression.Fastest));

    /// <summary>A reader of the real files.</summary>
    public static CocoPanopticReader RealReader() => new()
    {
        Annotations = InputPath.Of(Path.Combine(Real, "panoptic_examples.json")),
        Images = InputPath.Of(Path.Combine(Real, "input_images")),
    };

    /// <summary>All samples of a reader.</summary>
    public static Sample[] ReadAll(this CocoPanopticReader reader, Action<string>? warn = null)
    {
        Assert.Empty(reader.Check());
        using OpenDataset dataset = reader.Open(StageHarness.Context with { Warn = warn ?? (_ => { }) });
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
    }

    /// <summary>The text of the one problem with which a reader fails.</summary>
    public static string Fault(this CocoPanopticReader reader) =>
        Assert.Single(Assert.Throws<BadDataException>(() => reader.ReadAll()).Problems).ToString();

    /// <summary>Reads, changes and writes; what was warned of.</summary>
    public static List<string> Pass(
        CocoPanopticReader reader, CocoPanopticWriter writer, IReleaseFolder release,
        Func<Sample, Sample>? change = null)
    {
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        return writer.Write(release, dataset.Info,
            [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read).Select(change ?? (s => s))]);
    }

    /// <summary>Writes samples; what was warned of.</summary>
    public static List<string> Write(
        this CocoPanopticWriter writer, IReleaseFolder release, DatasetInfo info, params Sample[] samples)
    {
        Assert.Empty(writer.Check());
        var warnings = new List<string>();
        using OpenOutput output = writer.Open(info, release, StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    /// <summary>The segments of the pixels of a PNG.</summary>
    public static uint[] Ids(byte[] png)
    {
        using PngImage image = PngReader.Read(png);
        return ColorLabels.ToIds(image).Pixels.Values.ToArray();
    }

    /// <summary>Some of the four pixels of an image.</summary>
    public static MaskSegmentation Shape(string drawing) => new(
        Mask.FromBitmapRowMajor(1, drawing.Length, LabelPngs.Labels(drawing)), SegmentationForm.Counts);
}
