using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.PaletteVideo;

/// <summary>Reads and writes folders of label images in tests.</summary>
internal static class PaletteVideos
{
    /// <summary>A reader of the folders <c>masks</c> and, if asked for, <c>frames</c>.</summary>
    public static PaletteReader Reader(TempFolder folder, bool hasFrames = false) => new()
    {
        Masks = new InputPath("masks", folder["masks"]),
        Frames = hasFrames ? new InputPath("frames", folder["frames"]) : null,
    };

    /// <summary>All samples of a reader.</summary>
    public static Sample[] ReadAll(this PaletteReader reader, Action<string>? warn = null)
    {
        Assert.Empty(reader.Check());
        using OpenDataset dataset = reader.Open(StageHarness.Context with { Warn = warn ?? (_ => { }) });
        return [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
    }

    /// <summary>The one problem with which a reader fails.</summary>
    public static Problem Fault(this PaletteReader reader) =>
        Assert.Single(Assert.Throws<BadDataException>(() => reader.ReadAll()).Problems);

    /// <summary>Writes samples; what was warned of.</summary>
    public static List<string> Write(
        this PaletteWriter writer, IReleaseFolder release, IReadOnlyList<Sample> samples, DatasetInfo? info = null)
    {
        var warnings = new List<string>();
        using OpenOutput output = writer.Open(
            info ?? new DatasetInfo { Kind = SampleKind.Video }, release,
            StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    /// <summary>What a sample has in each frame of its instances: <c>M</c> missing, <c>0</c> absent, else the
    /// area.</summary>
    public static string Areas(Instance instance) => string.Join(' ', instance.Segmentations.Select(s => s.Form switch
    {
        SegmentationForm.Missing => "M",
        SegmentationForm.Null => "0",
        _ => $"{((MaskSegmentation)s).Mask.AreaPx}",
    }));
}
