using System.Text.Json.Nodes;
using SegPipeline.Engine;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Formats.Synthetic;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

/// <summary>A video that was taken apart and written as images comes back as the same video.</summary>
public sealed class VideoRoundTripTests : IDisposable
{
    private static readonly string[] TheSame =
        ["id", "video_id", "category_id", "iscrowd", "segmentations", "areas", "bboxes", "occlusion"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    public async Task Videos_survive_a_detour_over_an_image_file(int chunk)
    {
        var reader = new SyntheticReader { Count = 9, Frames = 5, Width = 64, Height = 48 };

        (string before, string after) = await DetourAsync(reader, chunk);

        AssertSame(before, after);
    }

    [RealDataFact]
    public async Task A_video_of_OVIS_survives_a_detour_over_an_image_file()
    {
        string ovis = Path.Combine(SharedData.Data!, "ytvis", "ovis-3f", "annotations_train.json");
        var reader = new YtvisReader { Annotations = InputPath.Of(ovis) };

        (_, string after) = await DetourAsync(reader, chunk: 2);
        (_, string apart) = await DetourAsync(reader, chunk: 2, "occlusion");

        AssertSame(await File.ReadAllTextAsync(ovis), apart);

        AssertSame(await File.ReadAllTextAsync(ovis), after);
    }

    [RealDataFact]
    public async Task Masks_of_DAVIS_survive_a_detour_over_an_image_file()
    {
        string masks = Path.Combine(SharedData.Data!, "video-palette", "davis2017-rvos-multi");
        using var release = new TestReleaseFolder();
        await RunAsync(release, new Graphs()
            .Add("read", new PaletteReader { Masks = InputPath.Of(masks) })
            .Add("before", new PaletteWriter { Dir = ReleaseName.From("before") }, "read")
            .Add("frames", new ToFrames(), "read")
            .Add("coco", new CocoWriter { File = ReleaseName.From("images.json") }, "frames"));
        string images = _folder["images.json"];
        await File.WriteAllTextAsync(images, release["images.json"]);

        using var again = new TestReleaseFolder();
        await RunAsync(again, new Graphs { Chunks = new(2) }
            .Add("stills", new CocoReader { Annotations = InputPath.Of(images) })
            .Add("videos", new ToVideo(), "stills")
            .Add("after", new PaletteWriter { Dir = ReleaseName.From("before") }, "videos"));

        string[] pictures = [.. again.Names.Where(n => n.EndsWith(".png", StringComparison.Ordinal))];
        Assert.Equal(379, pictures.Length);
        Assert.All(pictures, name => Assert.Equal(release.Bytes(name), again.Bytes(name)));
    }

    [RealDataFact]
    public async Task Frames_in_the_layout_of_CocoVID_become_the_video_they_are_of()
    {
        string file = Path.Combine(SharedData.Data!, "ytvis", "ytvis2019-0043f083b5", "cocovid_ann.json");
        var reader = new CocoReader { Annotations = InputPath.Of(file) };

        string text = await ToVideosAsync(reader, new ToVideo { By = VideoBy.Member, Member = "video_id" });

        JsonNode video = JsonNode.Parse(text)!;

        JsonArray pieces = JsonNode.Parse(await File.ReadAllTextAsync(file))!["annotations"]!.AsArray();
        Assert.Equal(20, video["videos"]![0]!["file_names"]!.AsArray().Count);
        Assert.Equal(pieces.Select(p => (int)p!["instance_id"]!).Distinct().Order(Comparer<int>.Default),
            video["annotations"]!.AsArray().Select(a => (int)a!["id"]!));
        Assert.Equal(pieces.Count, video["annotations"]!.AsArray()
            .Sum(a => a!["segmentations"]!.AsArray().Count(s => s is not null)));
    }

    private static void AssertSame(string before, string after)
    {
        JsonArray expected = JsonNode.Parse(before)!["annotations"]!.AsArray();
        JsonArray found = JsonNode.Parse(after)!["annotations"]!.AsArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, found.Count);
        foreach ((JsonNode? one, JsonNode? other) in expected.Zip(found))
            Assert.All(TheSame, name => Assert.True(JsonNode.DeepEquals(one![name], other![name]),
                $"{name} of {one["id"]} is {other[name]}, expected {one[name]}"));
        foreach (string name in (string[])["id", "file_names", "width", "height", "license"])
            Assert.Equal(Listed(before, name), Listed(after, name));
    }

    private static IEnumerable<string?> Listed(string file, string name) =>
        JsonNode.Parse(file)!["videos"]!.AsArray().Select(video => video![name]?.ToJsonString());

    private async Task<(string Before, string After)> DetourAsync(
        Reader reader, int chunk, params string[] perFrame)
    {
        using var release = new TestReleaseFolder();
        await RunAsync(release, new Graphs { Chunks = new(chunk) }
            .Add("read", reader)
            .Add("before", new YtvisWriter { File = ReleaseName.From("before.json") }, "read")
            .Add("frames", new ToFrames { PerFrame = perFrame }, "read")
            .Add("coco", new CocoWriter { File = ReleaseName.From("images.json") }, "frames"));
        string images = _folder["images.json"];
        await File.WriteAllTextAsync(images, release["images.json"]);
        Assert.Null(JsonNode.Parse(release["images.json"])!["videos"]);
        var stills = new CocoReader { Annotations = InputPath.Of(images) };
        return (release["before.json"], await ToVideosAsync(stills, new ToVideo { PerFrame = perFrame }, chunk));
    }

    private static async Task<string> ToVideosAsync(Reader reader, ToVideo stage, int chunk = 4)
    {
        using var release = new TestReleaseFolder();
        await RunAsync(release, new Graphs { Chunks = new(chunk) }
            .Add("stills", reader)
            .Add("videos", stage, "stills")
            .Add("write", new YtvisWriter { File = ReleaseName.From("after.json") }, "videos"));
        return release["after.json"];
    }

    private static Task<RunResult> RunAsync(TestReleaseFolder release, Graphs graphs) =>
        Graphs.RunAsync(graphs.Graph, new RunOptions { Release = release, Workers = 2 });
}
