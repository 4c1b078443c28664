using System.Globalization;
using System.Text;
using SegPipeline.Formats;
using SegPipeline.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class LvvisToPalettePipelineTests
{
    private const string Pipeline = "lvvis-to-palette.yaml";

    [Fact]
    public async Task A_generated_file_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        string annotations = folder.Write("train.json", Json(videos: 30));
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"annotations={annotations}");
        Assert.Equal(60, GeneratedVideos.CountFiles(folder["release-1/Annotations"]));
        Assert.Equal("1020", Drawn(folder, "00007/00000"));
        Assert.Equal("0000", Drawn(folder, "00007/00001"));
        Assert.Equal("""{"video":"00000","label":1,"id":1,"object_id":null,"category":"cat"}""",
            File.ReadAllLines(folder["release-1/ids.jsonl"])[0]);
        Assert.Contains("""
            "00007":{"objects":{"1":{"category":"cat","frames":["00000"]},"2":{"category":"cat","frames":["00000"]}}}
            """, File.ReadAllText(folder["release-1/meta.json"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task A_real_video_of_OVIS_becomes_label_images()
    {
        using var folder = new TempFolder();
        string ovis = Path.Combine(SharedData.Data!, "ytvis", "ovis-3f", "annotations_train.json");
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"annotations={ovis}");
        Assert.Equal(3, GeneratedVideos.CountFiles(folder["release-1/Annotations"]));
        using LabelFile first = LabelFile.Read(
            folder["release-1/Annotations/85aa3b0e/img_0000001.png"], "first", Palette.Greys);
        Assert.Equal((1920, 886), (first.WidthPx, first.HeightPx));
        Assert.Equal(Enumerable.Range(0, 11).Select(l => (byte)l),
            first.Pixels.Values.ToArray().Distinct().Order(Comparer<byte>.Default));
    }

    private static string Drawn(TempFolder folder, string frame)
    {
        using LabelFile image = LabelFile.Read(
            folder[$"release-1/Annotations/{frame}.png"], frame, Palette.Greys);
        return LabelPngs.Draw(image.Pixels);
    }

    /// <summary>Two frames a video, 4 x 1 pixels, named with back-slashes as in LV-VIS.</summary>
    private static string Json(int videos)
    {
        var json = new StringBuilder("{\"videos\":[");
        for (int v = 0; v < videos; v++)
            json.Append(CultureInfo.InvariantCulture, $$"""
                {{(v > 0 ? "," : "")}}{"id":{{v + 1}},"width":4,"height":1,"length":2,
                "file_names":["D:\\val\\JPEGImages\\{{v:D5}}\\00000.jpg","val\\JPEGImages\\{{v:D5}}\\00001.jpg"]}
                """);
        json.Append("],\"annotations\":[");
        for (int a = 0; a < 2 * videos; a++)
            json.Append(CultureInfo.InvariantCulture, $$"""
                {{(a > 0 ? "," : "")}}{"id":{{a + 1}},"video_id":{{a / 2 + 1}},"category_id":9,"iscrowd":0,
                "segmentations":[{"size":[1,4],"counts":[{{2 * (a % 2)}},1,{{3 - 2 * (a % 2)}}]},null]}
                """);
        return json.Append("],\"categories\":[{\"id\":9,\"name\":\"cat\"}]}").ToString();
    }
}
