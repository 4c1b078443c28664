using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.PaletteVideo;

/// <summary>Label images become a YouTube-VIS file, and that becomes label images again: the same ones.</summary>
public sealed class PaletteThroughYtvisTests
{
    [RealDataTheory]
    [InlineData("davis/Annotations/480p")]
    [InlineData("davis2017-osvos")]
    [InlineData("davis2017-rvos-multi")]
    [InlineData("labelme-video")]
    public void Real_masks_survive_the_detour_with_pixels_colours_and_object_numbers(string path)
    {
        using var folder = new TempFolder();
        string masks = Path.Combine(SharedData.Data!, "video-palette", path);
        using OpenDataset labels = new PaletteReader { Masks = InputPath.Of(masks) }.Open(StageHarness.Context);
        string file = folder.WriteBytes("ytvis.json", ToYtvis(labels));
        using OpenDataset videos = new YtvisReader { Annotations = InputPath.Of(file) }.Open(StageHarness.Context);
        PaletteColors colors = path.StartsWith("davis/", StringComparison.Ordinal)
            ? PaletteColors.Grey
            : PaletteColors.Keep;
        using var release = new TestReleaseFolder();
        new PaletteWriter { Palette = colors, Overlap = OverlapRule.Fail }
            .Write(release, ReadAll(videos), videos.Info);
        Assert.Equal(labels.InputFiles.Count, release.Names.Count());
        foreach (string name in release.Names)
            AssertSame(Path.Combine(masks, name["Annotations/".Length..]), release, name);
    }

    [RealDataTheory]
    [InlineData("labelme-voc2011/SegmentationClass", 3)]
    [InlineData("labelme-voc2011/SegmentationObject", 3)]
    [InlineData("voc2012-100/SegmentationClassAug", 41)]
    public void Real_masks_of_VOC_survive_it_as_videos_of_one_frame(string path, int images)
    {
        using var folder = new TempFolder();
        string source = Path.Combine(SharedData.Data!, "voc-palette", path);
        foreach (string mask in Directory.GetFiles(source, "*.png"))
            folder.WriteBytes($"masks/{Path.GetFileNameWithoutExtension(mask)}/00000.png", File.ReadAllBytes(mask));
        using OpenDataset labels = PaletteVideos.Reader(folder).Open(StageHarness.Context);
        string file = folder.WriteBytes("ytvis.json", ToYtvis(labels));
        using OpenDataset videos = new YtvisReader { Annotations = InputPath.Of(file) }.Open(StageHarness.Context);
        using var release = new TestReleaseFolder();
        new PaletteWriter { Overlap = OverlapRule.Fail }.Write(release, ReadAll(videos), videos.Info);
        Assert.Equal(images, release.Names.Count());
        foreach (string name in release.Names)
            AssertSame(folder["masks/" + name["Annotations/".Length..]], release, name);
    }

    [Fact]
    public void Void_and_object_numbers_survive_the_detour()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/v/00000.png", "30V/007");
        folder.WriteIndexed("masks/v/00005.png", "000/77V");
        using OpenDataset labels = PaletteVideos.Reader(folder).Open(StageHarness.Context);
        string file = folder.WriteBytes("ytvis.json", ToYtvis(labels));
        using OpenDataset videos = new YtvisReader { Annotations = InputPath.Of(file) }.Open(StageHarness.Context);
        using var release = new TestReleaseFolder();
        new PaletteWriter().Write(release, ReadAll(videos), videos.Info);
        foreach (string name in release.Names)
            AssertSame(folder["masks/" + name["Annotations/".Length..]], release, name);
        Assert.Equal(2, release.Names.Count());
    }

    [Theory]
    [InlineData("10/02", """, "annotated_frames": [true, false, true]}""")]
    [InlineData("00/00", """, "annotated_frames": [true, false, true]}""")]
    [InlineData("VV/VV", """, "annotated_frames": [true, false, true]}""")]
    public void Frames_without_a_mask_and_masks_without_an_object_survive_the_detour(string first, string member)
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/v/00000.png", first);
        folder.WriteIndexed("masks/v/00010.png", first == "10/02" ? "00/00" : first);
        for (int f = 0; f < 15; f += 5) folder.WritePhoto($"frames/v/{f:D5}.jpg", 2, 2);
        using OpenDataset labels = PaletteVideos.Reader(folder, hasFrames: true).Open(StageHarness.Context);
        string file = folder.WriteBytes("ytvis.json", ToYtvis(labels));
        Assert.Contains(member, File.ReadAllText(file), StringComparison.Ordinal);
        using OpenDataset videos = new YtvisReader { Annotations = InputPath.Of(file) }.Open(StageHarness.Context);
        Assert.Equal(labels.Read(0).Instances.Select(PaletteVideos.Areas),
            videos.Read(0).Instances.Select(PaletteVideos.Areas));
        Assert.Equal(File.ReadAllBytes(file), ToYtvis(videos));
        using var release = new TestReleaseFolder();
        new PaletteWriter().Write(release, ReadAll(videos), videos.Info);
        Assert.Equal(["Annotations/v/00000.png", "Annotations/v/00010.png"], release.Names);
        foreach (string name in release.Names)
            AssertSame(folder["masks/" + name["Annotations/".Length..]], release, name);
    }

    [Fact]
    public void Which_frames_are_annotated_is_said_only_where_null_would_lose_it()
    {
        using var folder = new TempFolder();
        folder.WriteGrey("masks/all/00000.png", "1");
        folder.WriteGrey("masks/all/00001.png", "0");
        folder.WriteGrey("masks/none/00000.png", "0");
        using OpenDataset labels = PaletteVideos.Reader(folder).Open(StageHarness.Context);
        string[] records = System.Text.Encoding.UTF8.GetString(ToYtvis(labels)).Split('\n');
        Assert.DoesNotContain("annotated_frames",
            records.Single(r => r.Contains("all/00000", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("\"annotated_frames\": [true]",
            records.Single(r => r.Contains("none/00000", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static byte[] ToYtvis(OpenDataset labels)
    {
        using var release = new TestReleaseFolder();
        var writer = new YtvisWriter { File = ReleaseName.From("ytvis.json") };
        using OpenOutput output = writer.Open(labels.Info, release, StageHarness.Context);
        foreach (Sample sample in ReadAll(labels)) output.Append(output.Encode([sample]));
        output.Finish();
        return release.Bytes("ytvis.json");
    }

    private static ImmutableArray<Sample> ReadAll(OpenDataset dataset) =>
        [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];

    private static void AssertSame(string path, TestReleaseFolder release, string name)
    {
        using LabelFile before = LabelFile.Read(path, path, Palette.Voc);
        using LabelFile after = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
        Assert.True(before.Pixels.Values.SequenceEqual(after.Pixels.Values), name);
        Assert.Equal(before.Palette, after.Palette);
    }
}
