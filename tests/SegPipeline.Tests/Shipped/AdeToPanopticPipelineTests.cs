using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class AdeToPanopticPipelineTests
{
    private const string Pipeline = "ade-to-panoptic.yaml";

    [Fact]
    public async Task Generated_label_maps_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        GeneratedLabelMaps.Write(folder, images: 70);
        folder.WriteGrey("data/annotations/validation/ADE_900.png", "19");
        folder.WritePhoto("data/images/validation/ADE_900.jpg", 2, 1);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, GeneratedLabelMaps.Arguments(folder));
        using JsonDocument panoptic = Panoptic(folder);
        Assert.Equal(70, panoptic.RootElement.GetProperty("annotations").GetArrayLength());
        Assert.Equal(70, Directory.GetFiles(folder["release-1/annotations/panoptic"]).Length);
        Assert.Equal([0, 0, 1, 1], panoptic.RootElement.GetProperty("categories").EnumerateArray()
            .Select(c => c.GetProperty("isthing").GetInt32()));
        Assert.Contains("UNKNOWN_LABEL", File.ReadAllText(folder["release-1/rejects.jsonl"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task Real_label_maps_of_ADE_become_panoptic()
    {
        using var folder = new TempFolder();
        string data = Path.Combine(SharedData.Data!, "ade-panoptic", "sceneparsing");
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"data={Path.Combine(data, "sampleData")}",
            "--set", "set=.", "--set", $"taxonomy={Path.Combine(data, "objectInfo150.csv")}");
        using JsonDocument panoptic = Panoptic(folder);
        Assert.Equal(25, panoptic.RootElement.GetProperty("annotations").EnumerateArray()
            .Sum(a => a.GetProperty("segments_info").GetArrayLength()));
    }

    private static JsonDocument Panoptic(TempFolder folder) =>
        JsonDocument.Parse(File.ReadAllBytes(folder["release-1/annotations/panoptic.json"]));
}
