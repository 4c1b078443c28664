using System.Globalization;
using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class CocoToYoloPipelineTests
{
    private const string Pipeline = "coco-to-yolo.yaml";

    [Fact]
    public async Task Generated_scenes_are_split_and_every_object_has_a_line()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.RunAsync("demo-dataset.yaml", folder["dataset"], workers: 2, "--set", "count=30");
        string annotations = Directory.EnumerateFiles(folder["dataset"], "*.json", SearchOption.AllDirectories)
            .Single(p => !Path.GetFileName(p).StartsWith("MANIFEST", StringComparison.Ordinal) &&
                File.ReadAllText(p).Contains("\"annotations\"", StringComparison.Ordinal));
        using JsonDocument coco = JsonDocument.Parse(File.ReadAllBytes(annotations));
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"annotations={annotations}",
            "--set", $"images={folder["dataset/images"]}", "--set", "photos=none");
        int objects = coco.RootElement.GetProperty("annotations").EnumerateArray()
            .Count(a => !a.TryGetProperty("iscrowd", out JsonElement crowd) || crowd.GetInt32() == 0);
        Assert.Equal(objects, Lines(folder, "train").Length + Lines(folder, "val").Length);
        Assert.Equal((24, 6), (Files(folder, "train").Length, Files(folder, "val").Length));
        Assert.StartsWith("train: images/train\nval: images/val\nnames:\n  0: ",
            File.ReadAllText(folder["release-1/data.yaml"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task Real_COCO_images_become_a_YOLO_dataset_with_their_photos()
    {
        using var folder = new TempFolder();
        string coco = Path.Combine(SharedData.Data!, "coco", "coco-tiny-160");
        await ShippedPipeline.SameBytesAsync(folder, Pipeline,
            "--set", $"annotations={coco}/annotations/instances_train2017.json",
            "--set", $"images={coco}/train2017", "--set", "photos=copy");
        string[] lines = [.. Lines(folder, "train"), .. Lines(folder, "val")];
        Assert.Equal(705 - 6, lines.Length);
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ');
            Assert.InRange(int.Parse(parts[0], CultureInfo.InvariantCulture), 0, 79);
            Assert.True(parts.Length >= 7 && parts.Length % 2 == 1, line);
            Assert.All(parts.Skip(1), p => Assert.InRange(double.Parse(p, CultureInfo.InvariantCulture), 0, 1));
        }
        Assert.Equal(
            Files(folder, "val").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder["release-1/images/val"]).Select(p => Path.GetFileNameWithoutExtension(p))
                .Order(StringComparer.Ordinal));
        Assert.Contains("crowds were left out", File.ReadAllText(folder["release-1/MANIFEST.json"]),
            StringComparison.Ordinal);
    }

    private static string[] Files(TempFolder folder, string split) =>
        Directory.GetFiles(folder[$"release-1/labels/{split}"]);

    private static string[] Lines(TempFolder folder, string split) =>
        [.. Files(folder, split).SelectMany(p => File.ReadLines(p))];
}
