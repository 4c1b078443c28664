using System.Globalization;
using System.Text;
using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class KaggleRleToCocoPipelineTests
{
    [Fact]
    public async Task Generated_run_lengths_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        var csv = new StringBuilder("ImageId_ClassId,EncodedPixels\n");
        for (int i = 0; i < 200; i++)
            for (int c = 1; c <= 4; c++)
                csv.Append(CultureInfo.InvariantCulture,
                    $"{i}.jpg_{c},{((i + c) % 3 == 0 ? $"{i + 1} {c} {300 + i} {2 * c}" : "")}\n");
        csv.Append("bad.jpg_1,5 1 1 1\n");
        await ShippedPipeline.SameBytesAsync(
            folder, "kaggle-rle-to-coco.yaml", "--set", $"csv={folder.Write("train.csv", csv.ToString())}");
        JsonElement coco = Coco(folder);
        Assert.Equal(200, coco.GetProperty("images").GetArrayLength());
        Assert.Equal(4, coco.GetProperty("categories").GetArrayLength());
        Assert.Contains("RLE_ORDER", File.ReadAllText(folder["release-1/rejects.jsonl"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task The_Severstal_masks_become_COCO_instances()
    {
        using var folder = new TempFolder();
        string csv = Path.Combine(SharedData.Data!, "kaggle", "severstal-rle-csv", "pseudo.csv");
        await ShippedPipeline.SameBytesAsync(folder, "kaggle-rle-to-coco.yaml", "--set", $"csv={csv}");
        JsonElement coco = Coco(folder);
        Assert.Equal(1801, coco.GetProperty("images").GetArrayLength());
        Assert.Equal(782, coco.GetProperty("annotations").GetArrayLength());
    }

    private static JsonElement Coco(TempFolder folder) =>
        JsonDocument.Parse(File.ReadAllBytes(folder["release-1/annotations/instances.json"])).RootElement;
}
