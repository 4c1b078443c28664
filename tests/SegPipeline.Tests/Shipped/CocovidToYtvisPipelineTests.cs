using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class CocovidToYtvisPipelineTests
{
    private const string Pipeline = "cocovid-to-ytvis.yaml";
    private const int Videos = 12, Frames = 9;

    [Fact]
    public async Task Frames_that_stand_apart_in_the_file_become_videos_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(
            folder, Pipeline, "--set", $"annotations={folder.Write("frames.json", Generate())}");
        JsonElement ytvis = Ytvis(folder);
        Assert.Equal(Videos, ytvis.GetProperty("videos").GetArrayLength());
        Assert.All(ytvis.GetProperty("videos").EnumerateArray(), video =>
        {
            Assert.Equal(Enumerable.Range(0, Frames).Select(f => $"v{video.GetProperty("id")}/{f:D5}.jpg"),
                video.GetProperty("file_names").EnumerateArray().Select(name => name.GetString()));
        });
        JsonElement[] objects = [.. ytvis.GetProperty("annotations").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, Videos), objects.Select(o => o.GetProperty("id").GetInt32()));
        Assert.All(objects, o => Assert.Equal(Enumerable.Range(0, Frames).Select(f => f % 2 == 0),
            o.GetProperty("segmentations").EnumerateArray().Select(s => s.ValueKind == JsonValueKind.Object)));
    }

    [Fact]
    public async Task A_video_with_two_frames_of_one_number_is_rejected_and_the_others_are_written()
    {
        using var folder = new TempFolder();
        string twice = Generate().Replace("\"frame_id\": 3, \"video_id\": 5", "\"frame_id\": 2, \"video_id\": 5",
            StringComparison.Ordinal);
        await ShippedPipeline.SameBytesAsync(
            folder, Pipeline, "--set", $"annotations={folder.Write("frames.json", twice)}");
        Assert.Equal(Videos - 1, Ytvis(folder).GetProperty("videos").GetArrayLength());
        Assert.Contains("are both frame 2 of video 'v5'",
            File.ReadAllText(folder["release-1/rejects.jsonl"]), StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task A_real_file_of_CocoVID_becomes_the_video_it_was_made_from()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(SharedData.Data!, "ytvis", "ytvis2019-0043f083b5", "cocovid_ann.json");
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"annotations={file}");
        JsonElement ytvis = Ytvis(folder);
        Assert.Equal(20, ytvis.GetProperty("videos")[0].GetProperty("length").GetInt32());
        Assert.Equal(30, ytvis.GetProperty("annotations").EnumerateArray().Sum(a => a.GetProperty("segmentations")
            .EnumerateArray().Count(s => s.ValueKind != JsonValueKind.Null)));
    }

    private static JsonElement Ytvis(TempFolder folder) =>
        JsonDocument.Parse(File.ReadAllBytes(folder["release-1/annotations/train.json"])).RootElement;

    /// <summary>First frame 0 of all videos, then frame 1 of all, and so on; an object in every second frame.</summary>
    private static string Generate()
    {
        var images = new List<string>();
        var annotations = new List<string>();
        for (int f = 0; f < Frames; f++)
            for (int v = 1; v <= Videos; v++)
            {
                images.Add($$"""
                    {"id": {{images.Count + 1}}, "file_name": "v{{v}}/{{f:D5}}.jpg", "width": 4, "height": 2,
                     "frame_id": {{f}}, "video_id": {{v}}}
                    """.ReplaceLineEndings(""));
                if (f % 2 == 0)
                    annotations.Add($$"""
                        {"id": {{annotations.Count + 1}}, "image_id": {{images.Count}}, "category_id": 3, "iscrowd": 0,
                         "segmentation": {"size": [2, 4], "counts": [1, 2, 5]}, "instance_id": {{v}} }
                        """);
            }
        return $$"""
            {"images": [{{string.Join(",\n", images)}}], "annotations": [{{string.Join(",\n", annotations)}}],
             "categories": [{"id": 3, "name": "cat"}]}
            """;
    }
}
