using System.Globalization;
using SegPipeline.Formats;
using SegPipeline.Formats.LabelMaps;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.LabelMaps;

/// <summary>Reads and writes folders of label maps in tests.</summary>
internal static class LabelMapFiles
{
    /// <summary>Real images of ADE20K.</summary>
    public static string Ade => Path.Combine(SharedData.Data!, "ade-panoptic", "sceneparsing");

    /// <summary>A reader of the folders <c>labels</c> and, if it is there, <c>images</c>; of three classes.</summary>
    public static LabelMapsReader Reader(
        TempFolder folder, string? taxonomy = "Idx,Name\n1,sky\n2,tree\n3,car\n") => new()
        {
            Labels = new InputPath("labels", folder["labels"]),
            Images = Directory.Exists(folder["images"]) ? new InputPath("images", folder["images"]) : null,
            Taxonomy = taxonomy is null ? null : new InputPath("classes.csv", folder.Write("classes.csv", taxonomy)),
        };

    /// <summary>Adds a grey label image and its picture.</summary>
    public static void Add(TempFolder folder, string stem, string labels)
    {
        folder.WriteGrey($"labels/{stem}.png", labels);
        string[] rows = labels.Split('/');
        folder.WritePhoto($"images/{stem}.jpg", rows[0].Length, rows.Length);
    }

    /// <summary>A reader of real images, or of their predictions.</summary>
    public static LabelMapsReader AdeReader(string labels) => new()
    {
        Labels = InputPath.Of(Path.Combine(Ade, "sampleData", labels)),
        Images = InputPath.Of(Path.Combine(Ade, "sampleData", "images")),
        Taxonomy = InputPath.Of(Path.Combine(Ade, "objectInfo150.csv")),
    };

    /// <summary>All samples of a reader.</summary>
    public static Sample[] ReadAll(this LabelMapsReader reader, Action<string>? warn = null)
    {
        Assert.Empty(reader.Check());
        using OpenDataset dataset = reader.Open(StageHarness.Context with { Warn = warn ?? (_ => { }) });
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
    }

    /// <summary>The text of the one problem with which a reader fails.</summary>
    public static string Fault(this LabelMapsReader reader) =>
        Assert.Single(Assert.Throws<BadDataException>(() => reader.ReadAll()).Problems).ToString();

    /// <summary>The categories of a reader: <c>1 sky|2 tree</c>.</summary>
    public static string Classes(this LabelMapsReader reader)
    {
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        return string.Join('|', dataset.Info.Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}"));
    }

    /// <summary>The instances of an image as text: category, object, area.</summary>
    public static string Text(this Sample image) => string.Join(", ", image.Instances.Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"{i.CategoryId}{(i.MemberText("object_id") is { } number ? "#" + number : "")}: " +
        $"{i.Segmentation.ToMask(image.Frame.HeightPx, image.Frame.WidthPx)!.AreaPx}")));

    /// <summary>Number of void pixels.</summary>
    public static long VoidPx(this Sample image) =>
        image.Frame.Void?.ToMask(image.Frame.HeightPx, image.Frame.WidthPx)!.AreaPx ?? 0;

    /// <summary>Writes samples; what was warned of.</summary>
    public static List<string> Write(
        this LabelMapsWriter writer, IReleaseFolder release, DatasetInfo info, params IEnumerable<Sample> samples)
    {
        Assert.Empty(writer.Check());
        var warnings = new List<string>();
        using OpenOutput output = writer.Open(info, release, StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    /// <summary>The drawing of a label image that was written.</summary>
    public static string Drawn(TestReleaseFolder release, string name)
    {
        using LabelFile image = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
        return LabelPngs.Draw(image.Pixels);
    }

    /// <summary>Some of the four pixels of an image.</summary>
    public static MaskSegmentation Shape(string drawing) => new(
        Mask.FromBitmapRowMajor(1, 4, LabelPngs.Labels(drawing)), SegmentationForm.Counts);
}
