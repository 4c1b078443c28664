using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class DavisToCocoPipelineTests
{
    private const string Pipeline = "davis-to-coco.yaml";

    [Fact]
    public async Task Generated_videos_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        GeneratedVideos.Write(folder, videos: 20);
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, GeneratedVideos.Arguments(folder));
        JsonElement coco = Coco(folder);
        Assert.Equal(230, coco.GetProperty("images").GetArrayLength());
        Assert.Equal(230 + 77, coco.GetProperty("annotations").GetArrayLength());
    }

    [RealDataFact]
    public async Task Real_videos_of_DAVIS_become_images()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(
            folder, Pipeline, [.. GeneratedVideos.DavisArguments(), "--set", "step=5"]);
        JsonElement coco = Coco(folder);
        Assert.Equal(34, coco.GetProperty("images").GetArrayLength());
        Assert.Equal(34, coco.GetProperty("annotations").GetArrayLength());
    }

    private static JsonElement Coco(TempFolder folder) =>
        JsonDocument.Parse(File.ReadAllBytes(folder["release-1/annotations/instances.json"])).RootElement;
}
