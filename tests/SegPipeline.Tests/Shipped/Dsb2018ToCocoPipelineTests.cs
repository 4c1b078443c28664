using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class Dsb2018ToCocoPipelineTests
{
    private const string Pipeline = "dsb2018-to-coco.yaml";

    [Fact]
    public async Task Generated_folders_of_masks_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 70; i++)
        {
            folder.WritePhoto($"train/{i:D3}/images/{i:D3}.png", 12, 9);
            for (int k = 0; k < i % 4; k++)
            {
                int left = 3 * k, image = i;
                GreyPngs.Write(folder, $"train/{i:D3}/masks/{k}.png", 12, 9,
                    (x, y) => x >= left && x < left + 3 && y < 1 + image % 8 ? 255 : 0);
            }
        }
        folder.WritePhoto("train/bad/images/other.png", 12, 9);
        await ShippedPipeline.SameBytesAsync(
            folder, Pipeline, "--set", $"root={folder["train"]}", "--set", "photos=copy");
        using JsonDocument coco = Coco(folder);
        JsonElement[] annotations = [.. coco.RootElement.GetProperty("annotations").EnumerateArray()];
        Assert.Equal(70, coco.RootElement.GetProperty("images").GetArrayLength());
        Assert.Equal(Enumerable.Range(0, 70).Sum(i => i % 4), annotations.Length);
        Assert.Equal(Enumerable.Range(0, 70).Sum(i => i % 4 * 3 * (1 + i % 8)),
            annotations.Sum(a => a.GetProperty("area").GetInt64()));
        Assert.Contains("PICTURE", File.ReadAllText(folder["release-1/rejects.jsonl"]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["release-1/images/000/images/000.png"]));
    }

    [RealDataFact]
    public async Task Real_nuclei_become_annotations_with_the_pixels_of_their_masks()
    {
        using var folder = new TempFolder();
        string root = Path.Combine(SharedData.Data!, "kaggle", "dsb2018", "stage1_train");
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"root={root}");
        using JsonDocument coco = Coco(folder);
        Dictionary<long, string> names = coco.RootElement.GetProperty("images").EnumerateArray()
            .ToDictionary(i => i.GetProperty("id").GetInt64(), i => i.GetProperty("file_name").GetString()!);
        JsonElement[] annotations = [.. coco.RootElement.GetProperty("annotations").EnumerateArray()];
        Assert.Equal((16, 561), (names.Count, annotations.Length));
        foreach (JsonElement annotation in annotations)
        {
            string id = names[annotation.GetProperty("image_id").GetInt64()].Split('/')[0];
            var (width, height, levels) = GreyPngs.Read(
                $"{root}/{id}/masks/{annotation.GetProperty("mask_name").GetString()}.png");
            Assert.Equal(Mask.FromBitmapRowMajor(height, width, levels), Mask.FromCocoString(height, width,
                annotation.GetProperty("segmentation").GetProperty("counts").GetString()!));
        }
    }

    private static JsonDocument Coco(TempFolder folder) =>
        JsonDocument.Parse(File.ReadAllBytes(folder["release-1/annotations/instances.json"]));
}
