using SegPipeline.Formats.Voc;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Voc;

/// <summary>Reads and writes VOC folders in tests.</summary>
internal static class VocFolder
{
    /// <summary>A reader of a folder of its own.</summary>
    public static VocReader Reader(TempFolder folder) => new() { Root = new InputPath("voc", folder.Path) };

    /// <summary>Adds the masks of an image, and its picture.</summary>
    public static void Add(TempFolder folder, string stem, string classes, string? objects = null)
    {
        folder.WriteIndexed($"SegmentationClass/{stem}.png", classes);
        if (objects is not null) folder.WriteIndexed($"SegmentationObject/{stem}.png", objects);
        string[] rows = classes.Split('/');
        folder.WritePhoto($"JPEGImages/{stem}.jpg", rows[0].Length, rows.Length);
    }

    /// <summary>All samples of a reader.</summary>
    public static Sample[] ReadAll(this VocReader reader, Action<string>? warn = null)
    {
        using OpenDataset dataset = reader.Open(StageHarness.Context with { Warn = warn ?? (_ => { }) });
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
    }

    /// <summary>The text of the one problem with which a reader fails.</summary>
    public static string Fault(this VocReader reader) =>
        Assert.Single(Assert.Throws<BadDataException>(() => reader.ReadAll()).Problems).ToString();

    /// <summary>Writes samples; what was warned of.</summary>
    public static List<string> Write(
        this VocWriter writer, IReleaseFolder release, DatasetInfo info, params IEnumerable<Sample> samples)
    {
        var warnings = new List<string>();
        using OpenOutput output = writer.Open(info, release, StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    /// <summary>An instance as text: object, category, area.</summary>
    public static string Text(Instance instance) =>
        $"{instance.MemberText("object_id") ?? "-"} {instance.CategoryId} " +
        $"{((MaskSegmentation)instance.Segmentation).Mask.AreaPx}";
}
