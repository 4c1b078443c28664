using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Voc;

/// <summary>Whole runs from a VOC folder to another.</summary>
public sealed class VocRunTests
{
    [Fact]
    public async Task A_generated_folder_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 80; i++)
        {
            string row = new string('0', i % 4) + "11V" + new string('5', 5 - i % 4);
            string objects = new string('0', i % 4) + "22V" + new string('1', 5 - i % 4);
            VocFolder.Add(folder, $"2007_{i:D6}", row + "/" + row, objects + "/" + objects);
        }
        await SameBytesAsync(folder, folder.Path, "images: copy");
        Assert.Equal(80, Directory.GetFiles(folder["release-1/SegmentationObject"]).Length);
        Assert.Equal(80, Directory.GetFiles(folder["release-1/JPEGImages"]).Length);
    }

    [RealDataFact]
    public async Task A_real_folder_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await SameBytesAsync(
            folder, Path.Combine(SharedData.Data!, "voc-palette", "labelme-voc2011"), "images: hardlink");
        Assert.Equal(["2011_000003", "2011_000006", "2011_000025"],
            File.ReadAllLines(folder["release-1/ImageSets/Segmentation/all.txt"]));
    }

    private static Task SameBytesAsync(TempFolder folder, string root, string images) =>
        ShippedPipeline.SameBytesAsync(folder, folder.Write("voc.yaml", $$"""
            segpipe: 1
            name: voc
            stages:
              objects: { read.voc: { root: {{root}} } }
              out:     { write.voc: { set: all, {{images}} } }
            release: { to: release }
            """));
}
