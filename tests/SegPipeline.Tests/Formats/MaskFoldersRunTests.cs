using SegPipeline.Tests.Shipped;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

/// <summary>Whole runs from one format of masks of single objects to the others and back.</summary>
public sealed class MaskFoldersRunTests
{
    [Fact]
    public async Task Masks_come_back_from_triplets_and_folders_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 80; i++)
        {
            folder.WritePhoto($"train/{i:D3}/images/{i:D3}.png", 14, 9);
            for (int k = 0; k < i % 4; k++)
            {
                int left = 3 * k, image = i;
                GreyPngs.Write(folder, $"train/{i:D3}/masks/{k + 1:D4}.png", 14, 9,
                    (x, y) => x >= left && x < left + 4 && (x + y + image) % 5 < 3 ? 255 : 0);
            }
        }
        string there = folder.Write("there.yaml", Pipeline(
            $"masks: {{ read.kaggle_masks: {{ root: {folder["train"]} }} }}",
            "folders: { from: masks, write.kaggle_masks: { dir: train, images: copy } }",
            "parts: { from: masks, write.triplets: { role: gt, names: part, images: copy, taxonomy: c.csv } }",
            "yolo: { from: masks, write.yolo: { split: train, images: copy } }"));
        await ShippedPipeline.SameBytesAsync(folder, there);
        AssertSameFiles(folder["train"], folder["release-1/train"]);

        using var back = new TempFolder();
        string file = back.Write("back.yaml", Pipeline(
            $"parts: {{ read.triplets: {{ root: {folder["release-1/triplets"]}, layout: ade_split, " +
                $"samples: photos, taxonomy: {folder["release-1/c.csv"]} }}, drop: seg }}",
            "folders: { write.kaggle_masks: { dir: train, images: copy } }"));
        await ShippedPipeline.SameBytesAsync(back, file);
        foreach (string image in Directory.EnumerateDirectories(back["release-1/train"]))
            AssertSameFiles(folder["train/" + Path.GetFileName(image)], image);
        Assert.Equal(60, Directory.GetDirectories(back["release-1/train"]).Length);
    }

    private static string Pipeline(params string[] stages) =>
        "segpipe: 1\nname: masks\nstages:\n" + string.Concat(stages.Select(s => $"  {s}\n")) +
        "release: { to: out }\n";

    private static void AssertSameFiles(string expected, string found)
    {
        string[] names = [.. Names(expected)];
        Assert.Equal(names, Names(found));
        foreach (string name in names.Where(n => n.Contains("masks/", StringComparison.Ordinal)))
            Assert.Equal(GreyPngs.Read(Path.Combine(expected, name)).RowMajor,
                GreyPngs.Read(Path.Combine(found, name)).RowMajor);
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(folder, p).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
