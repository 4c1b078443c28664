using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Stages;
using SegPipeline.Tests.Masks.Bitmaps;

namespace SegPipeline.Tests.Masks.LabelImages;

public sealed class LabelRegionsTests
{
    private static readonly LabelRoles NoRoles = new() { Background = null };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_label_gets_the_mask_of_its_pixels_alone(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "labels", "regions");
        foreach ((int height, int width) in DrawnPictures.Sizes)
        {
            byte[] labels = DrawnPictures.Draw(height, width, labels: 6, ref random);
            LabelRegions regions = LabelRegions.Of<byte>(new(labels, height, width), NoRoles);
            Assert.Equal(labels.Distinct().Order(Comparer<byte>.Default), regions.Objects.Select(r => (byte)r.Label));
            Assert.Null(regions.Void);
            foreach ((uint label, Mask mask) in regions.Objects)
            {
                byte[] alone = [.. labels.Select(l => l == label ? (byte)1 : (byte)0)];
                Mask expected = Mask.FromBitmapRowMajor(height, width, alone);
                Assert.Equal(expected.Counts.ToArray(), mask.Counts.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Wide_labels_give_the_same_masks_as_narrow_ones(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "labels", "wide");
        foreach ((int height, int width) in DrawnPictures.Sizes)
        {
            byte[] narrow = DrawnPictures.Draw(height, width, labels: 9, ref random);
            LabelRegions expected = LabelRegions.Of<byte>(new(narrow, height, width), LabelRoles.BackgroundOnly);
            ushort[] wide = [.. narrow.Select(l => (ushort)(l * 7000))];
            uint[] ids = [.. narrow.Select(l => l * 1_864_135u)];
            AssertScaled(expected, LabelRegions.Of<ushort>(new(wide, height, width), LabelRoles.BackgroundOnly), 7000);
            LabelRegions panoptic = LabelRegions.Of<uint>(new(ids, height, width), LabelRoles.BackgroundOnly);
            AssertScaled(expected, panoptic, 1_864_135);
        }
    }

    [Fact]
    public void Background_is_no_object_and_void_is_kept_apart()
    {
        byte[] labels = [0, 3, 255, 255, 1, 0];
        LabelRegions regions = LabelRegions.Of<byte>(new(labels, 2, 3), LabelRoles.WithVoid255);
        Assert.Equal([1u, 3u], regions.Objects.Select(r => r.Label));
        Assert.Equal([1, 1, 2, 1, 1], regions.Void!.Counts.ToArray());
        Assert.Null(LabelRegions.Of<byte>(new([0, 1], 1, 2), LabelRoles.WithVoid255).Void);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Masks_painted_back_give_the_label_image_again(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "labels", "paint");
        foreach ((int height, int width) in DrawnPictures.Sizes)
        {
            byte[] labels = DrawnPictures.Draw(height, width, labels: 6, ref random);
            LabelRegions regions = LabelRegions.Of<byte>(new(labels, height, width), LabelRoles.BackgroundOnly);
            var canvas = new LabelCanvas<byte>(height, width, background: 0);
            foreach ((uint label, Mask mask) in regions.Objects)
                Assert.Equal(0, canvas.Paint(mask, (byte)label, PaintRule.Over));
            Assert.Equal(labels, canvas.Pixels.Values.ToArray());
        }
    }

    private static void AssertScaled(LabelRegions expected, LabelRegions actual, uint factor)
    {
        Assert.Equal(expected.Objects.Select(r => r.Label * factor), actual.Objects.Select(r => r.Label));
        Assert.Equal(expected.Objects.Select(r => r.Mask), actual.Objects.Select(r => r.Mask));
    }
}
