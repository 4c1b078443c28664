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

    [RealDataFact]
    public async Task Real_videos_of_DAVIS_keep_all_photos_and_the_first_mask()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, GeneratedVideos.DavisArguments());
        Assert.Equal(3, GeneratedVideos.CountFiles(folder["release-1/Annotations"]));
        Assert.Equal(170, GeneratedVideos.CountFiles(folder["release-1/JPEGImages"]));
        Assert.Equal(["blackswan", "bmx-trees", "car-shadow"], File.ReadAllLines(folder["release-1/valid.txt"]));
    }
}
