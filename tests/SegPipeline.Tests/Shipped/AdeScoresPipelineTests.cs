using System.Text.Json;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class AdeScoresPipelineTests
{
    private const string Pipeline = "ade-scores.yaml";

    [Fact]
    public async Task Generated_predictions_that_count_from_0_score_as_counted_pixel_by_pixel()
    {
        using var folder = new TempFolder();
        GeneratedLabelMaps.Write(folder, images: 70);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline,
            [.. GeneratedLabelMaps.Arguments(folder), "--set", $"predictions={folder["predictions"]}",
                "--set", "offset=1"]);
        (long Intersection, long Union)[] expected = GeneratedLabelMaps.Expected(images: 70);
        Assert.Equal(expected[1..], Ratios(folder).Select(r => (r.Intersection, r.Union)));
    }

    [RealDataFact]
    public async Task Real_labels_of_ADE_of_which_one_class_is_taken_for_another_lose_what_that_class_has()
    {
        using var folder = new TempFolder();
        string data = Path.Combine(SharedData.Data!, "ade-panoptic", "sceneparsing");
        string annotations = Path.Combine(data, "sampleData", "annotations");
        (long tree, long grass) = (0, 0);
        foreach (string path in Directory.EnumerateFiles(annotations))
        {
            using PngImage image = PngReader.Read(File.ReadAllBytes(path));
            byte[] labels = image.Samples.ToArray();
            tree += labels.Count(l => l == 5);
            grass += labels.Count(l => l == 10);
            labels.AsSpan().Replace((byte)5, (byte)10);
            folder.WriteBytes("predictions/" + Path.GetFileName(path), PngWriter.EncodeGrey(
                new RowMajorPixels<byte>(labels, image.Header.HeightPx, image.Header.WidthPx), PngCompression.Fastest));
        }
        await ShippedPipeline.SameBytesAsync(folder, Pipeline,
            "--set", $"data={Path.Combine(data, "sampleData")}", "--set", "set=.",
            "--set", $"predictions={folder["predictions"]}",
            "--set", $"taxonomy={Path.Combine(data, "objectInfo150.csv")}");
        var ratios = Ratios(folder).ToDictionary(r => r.Category);
        Assert.True(tree > 0 && grass > 0);
        Assert.Equal((0, tree), (ratios[5].Intersection, ratios[5].Union));
        Assert.Equal((grass, grass + tree), (ratios[10].Intersection, ratios[10].Union));
        Assert.All(ratios.Values.Where(r => r.Category is not (5 or 10)), r => Assert.Equal(r.Intersection, r.Union));
        Assert.Equal(15, ratios.Count);
    }

    private static (int Category, long Intersection, long Union)[] Ratios(TempFolder folder)
    {
        using JsonDocument scores = JsonDocument.Parse(File.ReadAllBytes(folder["release-1/scores.json"]));
        return [.. scores.RootElement.GetProperty("categories").EnumerateArray().Select(c =>
        {
            JsonElement iou = c.GetProperty("measures")[0];
            return (c.GetProperty("id").GetInt32(), iou.GetProperty("numerator").GetInt64(),
                iou.GetProperty("denominator").GetInt64());
        })];
    }
}
