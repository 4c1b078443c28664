using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class MoseToYtvisPipelineTests
{
    private const string File = "mose-to-ytvis.yaml";

    [Fact]
    public async Task Generated_videos_give_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        GeneratedVideos.Write(folder, videos: 20);
        folder.WriteBytes("Annotations/broken/00000.png", [1, 2, 3]);
        folder.WritePhoto("JPEGImages/broken/00000.jpg", 8, 3);
        await ShippedPipeline.SameBytesAsync(folder, File, GeneratedVideos.Arguments(folder));
        JsonElement ytvis = Ytvis(folder);
        Assert.Equal(20, ytvis.GetProperty("videos").GetArrayLength());
        Assert.Equal(40, ytvis.GetProperty("annotations").GetArrayLength());
        JsonElement late = ytvis.GetProperty("annotations")[1];
        Assert.Equal(2, late.GetProperty("object_id").GetInt32());
        Assert.Equal(JsonValueKind.Null, late.GetProperty("segmentations")[0].ValueKind);
        Assert.Equal(6, late.GetProperty("areas")[1].GetInt32());
        Assert.Contains("PNG_SIGNATURE",
            System.IO.File.ReadAllText(folder["release-1/rejects.jsonl"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task Real_videos_of_DAVIS_become_one_file()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(folder, File, GeneratedVideos.DavisArguments());
        JsonElement ytvis = Ytvis(folder);
        Assert.Equal(170, ytvis.GetProperty("videos").EnumerateArray().Sum(v => v.GetProperty("length").GetInt32()));
        Assert.Equal(3, ytvis.GetProperty("annotations").GetArrayLength());
    }

    private static JsonElement Ytvis(TempFolder folder) => JsonDocument
        .Parse(System.IO.File.ReadAllBytes(folder["release-1/annotations/train.json"])).RootElement;
}
