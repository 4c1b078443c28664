using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.KaggleMasks;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.KaggleMasks;

public sealed class KaggleMasksWriterTests
{
    [Fact]
    public void Every_object_has_a_file_in_the_folder_of_its_image()
    {
        using var release = new TestReleaseFolder();
        Instance named = Object("1100") with
        {
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("mask_name", "\"f00\""),
        };
        Assert.Empty(Write(release, Image("train/a.jpg", named, Object("0011"))));
        Assert.Equal(["stage1_train/a/masks/0002.png", "stage1_train/a/masks/f00.png"], release.Names);
        using LabelFile mask = LabelFile.Decode(release.Bytes("stage1_train/a/masks/f00.png"), "f00", Palette.Voc);
        Assert.Equal("VV00", LabelPngs.Draw(mask.Pixels));
        Assert.Equal(["stage1_train/a/images/a.jpg"], release.Photos.Select(p => p.Name));
    }

    [Fact]
    public void Objects_without_a_mask_are_counted()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal(["1 object has no mask, not written"],
            Write(release, Image("a.jpg", new Instance { Segmentations = [Segmentation.EmptyList] })));
        Assert.Empty(release.Names);
    }

    [Fact]
    public void A_hostile_name_of_a_mask_is_refused()
    {
        using var release = new TestReleaseFolder();
        Instance hostile = Object("1100") with
        {
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("mask_name", "\"../../x\""),
        };
        Assert.Equal("UNSAFE_NAME", StageHarness.FailsWith(() => Write(release, Image("a.jpg", hostile))));
    }

    [RealDataFact]
    public void Real_masks_come_back_under_their_names_pixel_by_pixel()
    {
        string root = Path.Combine(SharedData.Data!, "kaggle", "dsb2018", "stage1_train");
        using OpenDataset dataset = new KaggleMasksReader { Root = InputPath.Of(root) }.Open(StageHarness.Context);
        using var release = new TestReleaseFolder();
        Write(release, [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)]);
        Assert.Equal((561, 16), (release.Names.Count(), release.Photos.Count));
        foreach (string name in release.Names)
        {
            string path = Path.Combine(root, "..", name);
            using LabelFile before = LabelFile.Read(path, path, Palette.Voc);
            using LabelFile after = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
            Assert.True(before.Pixels.Values.SequenceEqual(after.Pixels.Values), name);
        }
    }

    private static List<string> Write(TestReleaseFolder release, params Sample[] samples)
    {
        var warnings = new List<string>();
        using OpenOutput output = new KaggleMasksWriter { Images = MediaTransfer.Copy }
            .Open(new DatasetInfo(), release, StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    private static Sample Image(string name, params ImmutableArray<Instance> instances) => new()
    {
        Key = name,
        Frames = [new Frame(name, 4, 1) { Photo = new PhotoFile("/photos/" + name) }],
        Instances = instances,
    };

    private static Instance Object(string drawing) => new()
    {
        CategoryId = new RecordId(1),
        Segmentations = [new MaskSegmentation(
            Mask.FromBitmapRowMajor(1, 4, LabelPngs.Labels(drawing)), SegmentationForm.Counts)],
    };
}
