using SegPipeline.Model;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class KeyByDigestTests
{
    [Fact]
    public void The_key_is_the_sha_256_of_the_picture_and_nothing_else_changes()
    {
        using var folder = new TempFolder();
        Sample sample = Image("a", Object(1)) with { Frames = [PictureOf(folder, "a.jpg", "abc")] };

        Sample keyed = new KeyByDigest().Run(sample).Only;

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", keyed.Key);
        Assert.Equal(sample, keyed with { Key = "a" });
    }

    [Fact]
    public void A_video_is_identified_by_all_its_frames()
    {
        using var folder = new TempFolder();
        string KeyOf(params string[] texts) => new KeyByDigest().Run(Video("v", texts.Length) with
        {
            Frames = [.. texts.Select((text, i) => PictureOf(folder, $"{i}{text}.jpg", text))],
        }).Only.Key;

        Assert.Equal(KeyOf("a", "b"), KeyOf("a", "b"));
        Assert.NotEqual(KeyOf("a", "b"), KeyOf("b", "a"));
        Assert.Equal(64, KeyOf("a").Length);
    }

    [Fact]
    public void An_image_without_a_picture_is_an_error()
    {
        var fault = Assert.Throws<BadDataException>(() => new KeyByDigest().Run(Image("a")));

        Assert.Equal("'a.jpg' of 'a' has no picture to be identified by; give the reader its folder of pictures "
            + "[NO_PICTURE]", fault.Problems[0].ToString());
    }

    [Fact]
    public async Task Pictures_with_other_names_are_united_by_their_content()
    {
        using var set = new CocoSet(images: 2);
        foreach ((string name, string text) in ((string, string)[])[("a/1.jpg", "one"), ("a/2.jpg", "two"),
            ("b/1.jpg", "two"), ("b/2.jpg", "three")]) set.WriteFile(name, text);
        set.Write(
            "a: { read.coco: { annotations: instances.json, images: a } }",
            "a_keyed: { from: a, key_by_digest: {} }",
            "b: { read.coco: { annotations: instances.json, images: b } }",
            "b_keyed: { from: b, key_by_digest: {} }",
            "both: { from: [a_keyed, b_keyed], merge: { ids: renumber } }",
            "out: { write.jsonl: { file: both.jsonl } }");

        CliRun run = await set.RunAsync("run", "p.yaml");

        Assert.True(run.ExitCode == 0, run.Error);
        string[] lines = await File.ReadAllLinesAsync(set["out/both.jsonl"]);
        Assert.Equal(["1.jpg", "2.jpg", "2.jpg"], lines.Select(line =>
            System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("frames")[0].GetString()));
        Assert.Equal([2, 4, 2], lines.Select(line =>
            System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("instances").GetArrayLength()));
    }

    private static Frame PictureOf(TempFolder folder, string name, string text) =>
        new(name, 20, 10) { Photo = new PhotoFile(folder.Write(name, text)) };
}
