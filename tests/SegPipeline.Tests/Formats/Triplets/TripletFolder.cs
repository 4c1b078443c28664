using SegPipeline.Formats.Triplets;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Triplets;

/// <summary>Reads and writes folders of triplets in tests.</summary>
internal static class TripletFolder
{
    /// <summary>A reader of a folder of its own.</summary>
    public static TripletsReader Reader(TempFolder folder) => new() { Root = new InputPath("big", folder.Path) };

    /// <summary>Adds masks, drawn with 0 and V, and the picture of an object.</summary>
    public static void Add(TempFolder folder, string name, string? gt = null, string? seg = null, string? photo = null)
    {
        if (gt is not null) folder.WriteGrey(name + "_gt.png", gt);
        if (seg is not null) folder.WriteGrey(name + "_seg.png", seg);
        string[] rows = (gt ?? seg!).Split('/');
        folder.WritePhoto((photo ?? name) + "_im.jpg", rows[0].Length, rows.Length);
    }

    /// <summary>All samples of a port, as text: key, picture, then category and area of each object.</summary>
    public static string[] Port(this TripletsReader reader, int port, Action<string>? warn = null)
    {
        using OpenDataset dataset = reader.Open(StageHarness.Context with { Warn = warn ?? (_ => { }) });
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(i => dataset.ReadPort(i, port)).OfType<Sample>()
            .Select(Text)];
    }

    /// <summary>The text of the one problem with which a reader fails.</summary>
    public static string Fault(this TripletsReader reader) =>
        Assert.Single(Assert.Throws<BadDataException>(() => reader.Port(0)).Problems).ToString();

    /// <summary>A sample as text.</summary>
    public static string Text(Sample sample) => $"{sample.Key} {Path.GetFileName(sample.Frame.Photo?.FilePath)}"
        + string.Concat(sample.Instances.Select(i =>
            $" {i.CategoryId}:{((MaskSegmentation)i.Segmentation).Mask.AreaPx}"));
}
