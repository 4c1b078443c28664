using System.Text.Json;
using SegPipeline.Formats.LabelMaps;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Shipped;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.LabelMaps;

/// <summary>Label maps and panoptic segmentations through whole runs.</summary>
public sealed class LabelMapRunTests
{
    private const string There = """
        segpipe: 1
        name: there
        stages:
          maps: { read.label_maps: { images: data/images, labels: data/annotations, taxonomy: classes.csv } }
          panoptic: { from: maps, write.coco_panoptic: { file: p.json, ids: dense } }
          labels: { from: maps, write.label_maps: { palette: voc, images: copy } }
        release: { to: there }
        """;

    private const string Back = """
        segpipe: 1
        name: back
        stages:
          segments: { read.coco_panoptic: { annotations: release-1/p.json } }
          labels: { from: segments, write.label_maps: { dir: labels, palette: none } }
          panoptic: { from: segments, write.coco_panoptic: { file: p.json } }
        release: { to: back }
        """;

    [Fact]
    public async Task Label_maps_come_back_through_panoptic_files_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        GeneratedLabelMaps.Write(folder, images: 70);
        await ShippedPipeline.SameBytesAsync(folder, folder.Write("there.yaml", There));
        using var back = new TempFolder();
        await ShippedPipeline.SameBytesAsync(
            back, folder.Write("back.yaml", Back));

        Assert.Equal(Json(folder["release-1/p.json"]), Json(back["release-1/p.json"]));
        string[] before = Labels(folder["data/annotations"]), after = Labels(back["release-1/labels"]);
        Assert.Equal(70, before.Length);
        Assert.Equal(before, after);
        Assert.Equal(before, Labels(folder["release-1/annotations"]));
    }

    private static string Json(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.GetRawText();
    }

    private static string[] Labels(string folder) =>
        [.. new LabelMapsReader { Labels = InputPath.Of(folder) }.ReadAll().Select(image =>
            $"{image.Key} {image.VoidPx()} " + string.Join(' ', image.Instances.Select(i =>
                $"{i.CategoryId}:{((MaskSegmentation)i.Segmentation).Mask.ToCocoString()}")))];
}
