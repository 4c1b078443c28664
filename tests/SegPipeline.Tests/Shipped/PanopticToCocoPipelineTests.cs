using System.Text.Json;
using SegPipeline.Tests.Formats.CocoPanoptic;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class PanopticToCocoPipelineTests
{
    private const string Pipeline = "panoptic-to-coco.yaml";

    [Fact]
    public async Task Generated_segments_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        var images = new List<string>();
        var annotations = new List<string>();
        for (int i = 0; i < 70; i++)
        {
            images.Add($$"""{"id": {{i}}, "file_name": "{{i:D3}}.jpg", "width": 4, "height": 1}""");
            annotations.Add($$$"""{"segments_info": [{"id": {{{i + 1}}}, "category_id": 1, "area": 4}], """ +
                $$"""  "file_name": "{{i:D3}}.png", "image_id": {{i}}}""");
            // One PNG has a segment that the file lacks.
            uint id = (uint)i + 1;
            PanopticFiles.AddPng(folder, $"p/{i:D3}.png", id, id, id, i == 33 ? 999 : id);
        }
        folder.Write("p.json", PanopticFiles.Json(string.Join(", ", images), string.Join(", ", annotations)));
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"annotations={folder["p.json"]}");
        JsonElement[] written = Annotations(folder);
        Assert.Equal(69, written.Length);
        Assert.Equal(1, written[0].GetProperty("object_id").GetInt32());
        Assert.Contains("SEGMENT_SET", File.ReadAllText(folder["release-1/rejects.jsonl"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task Real_segments_become_the_detection_file_that_panopticapi_makes_of_them()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(folder, Pipeline,
            "--set", $"annotations={Path.Combine(PanopticFiles.Real, "panoptic_examples.json")}");
        using JsonDocument detection = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(PanopticFiles.Real, "panoptic_coco_detection_format.json")));
        string[] expected = [.. detection.RootElement.GetProperty("annotations").EnumerateArray().Select(Text)];
        Assert.Equal(50, expected.Length);
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            Annotations(folder).Select(Text).Order(StringComparer.Ordinal));
    }

    private static string Text(JsonElement annotation) =>
        string.Join(' ', annotation.GetProperty("image_id"), annotation.GetProperty("category_id"),
            annotation.GetProperty("area"), annotation.GetProperty("iscrowd"),
            annotation.GetProperty("segmentation").GetProperty("counts"));

    private static JsonElement[] Annotations(TempFolder folder) => [.. JsonDocument
        .Parse(File.ReadAllBytes(folder["release-1/annotations/instances.json"])).RootElement
        .GetProperty("annotations").EnumerateArray()];
}
