using System.Text.Json;
using SegPipeline.Formats;
using SegPipeline.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class MoseValFirstFramePipelineTests
{
    private const string Pipeline = "mose-val-first-frame.yaml";

    [Fact]
    public async Task Generated_videos_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        GeneratedVideos.Write(folder, videos: 20);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, GeneratedVideos.Arguments(folder));
        Assert.Equal(20, GeneratedVideos.CountFiles(folder["release-1/Annotations"]));
        Assert.Equal(230, GeneratedVideos.CountFiles(folder["release-1/JPEGImages"]));
        Assert.True(File.Exists(folder["release-1/Annotations/00000000/99998.png"]));
        Assert.Equal(20, File.ReadAllLines(folder["release-1/valid.txt"]).Length);
    }

    [Fact]
    public async Task Objects_keep_the_numbers_that_the_masks_of_the_source_know_them_by()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("Annotations/a/00000.png", "0307");
        folder.WriteIndexed("Annotations/a/00001.png", "0327");
        folder.WritePhoto("JPEGImages/a/00000.jpg", 4, 1);
        folder.WritePhoto("JPEGImages/a/00001.jpg", 4, 1);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, GeneratedVideos.Arguments(folder));
        using LabelFile first = LabelFile.Read(folder["release-1/Annotations/a/00000.png"], "first", Palette.Voc);
        Assert.Equal("0307", LabelPngs.Draw(first.Pixels));
        Assert.Equal(["2", "3", "7"], File.ReadAllLines(folder["release-1/ids.jsonl"])
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("label").GetRawText()));
    }

    [RealDataFact]
    public async Task Real_videos_of_DAVIS_keep_all_photos_and_the_first_mask()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(
            folder, Pipeline, [.. GeneratedVideos.DavisArguments(), "--set", "ids=dense"]);
        Assert.Equal(3, GeneratedVideos.CountFiles(folder["release-1/Annotations"]));
        Assert.Equal(170, GeneratedVideos.CountFiles(folder["release-1/JPEGImages"]));
        Assert.Equal(["blackswan", "bmx-trees", "car-shadow"], File.ReadAllLines(folder["release-1/valid.txt"]));
    }
}
