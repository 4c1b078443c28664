using SegPipeline.Formats;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.PaletteVideo;

/// <summary>Every label image there is goes through reader and writer and comes back with its pixels and
/// colours.</summary>
public sealed class PaletteRoundTripTests
{
    [RealDataTheory]
    [InlineData("davis/Annotations/480p", 3, 170)]
    [InlineData("davis2017-osvos", 12, 751)]
    [InlineData("davis2017-rvos-multi", 6, 379)]
    [InlineData("labelme-video", 1, 5)]
    public void Real_masks_come_back_with_their_pixels_and_colours(string path, int videos, int masks)
    {
        string folder = Path.Combine(SharedData.Data!, "video-palette", path);
        using OpenDataset dataset = new PaletteReader { Masks = InputPath.Of(folder) }.Open(StageHarness.Context);
        Assert.Equal(videos, dataset.Plan.Count);
        PaletteColors colors = path.StartsWith("davis/", StringComparison.Ordinal)
            ? PaletteColors.Grey
            : PaletteColors.Keep;
        using var release = new TestReleaseFolder();
        var stage = new PaletteWriter { Palette = colors, Overlap = OverlapRule.Fail };
        Assert.Empty(stage.Write(release, [.. Enumerable.Range(0, videos).Select(dataset.Read)]));
        Assert.Equal(masks, release.Names.Count());
        foreach (string name in release.Names)
        {
            byte[] source = File.ReadAllBytes(Path.Combine(folder, name["Annotations/".Length..]));
            using LabelFile before = LabelFile.Decode(source, name, Palette.Voc);
            using LabelFile after = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
            Assert.True(before.Pixels.Values.SequenceEqual(after.Pixels.Values), name);
            Assert.Equal(before.Palette, after.Palette);
        }
    }

    [RealDataFact]
    public void Real_pictures_have_the_size_of_their_masks()
    {
        string davis = Path.Combine(SharedData.Data!, "video-palette", "davis");
        Sample[] videos = new PaletteReader
        {
            Masks = InputPath.Of(Path.Combine(davis, "Annotations/480p")),
            Frames = InputPath.Of(Path.Combine(davis, "JPEGImages/480p")),
            CheckPictures = CheckPictures.All,
        }.ReadAll();
        Assert.Equal(["blackswan 50", "bmx-trees 80", "car-shadow 40"],
            videos.Select(v => $"{v.Key} {v.Frames.Length}"));
        Assert.All(videos, v => Assert.Equal("255", Assert.Single(v.Instances).MemberText("object_id")));
    }
}
