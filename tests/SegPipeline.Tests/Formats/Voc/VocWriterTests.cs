using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.Voc;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Voc;

public sealed class VocWriterTests
{
    private static readonly VocWriter Stage = new() { Set = "val" };

    private static readonly DatasetInfo Info = new()
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(3), "ape"), new Category(new RecordId(900), "bee")], IsDeclared: true),
    };

    [Fact]
    public void Both_masks_and_the_list_of_the_set_are_written()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty(Stage.Write(release, Animals(), Image(Object(3, "1100"), Object(4, "0010"))));
        Assert.Equal(["ImageSets/Segmentation/val.txt", "SegmentationClass/a.png", "SegmentationObject/a.png",
            "classes_val.csv"], release.Names);
        Assert.Equal("3340", Drawn(release, "SegmentationClass/a.png"));
        Assert.Equal("1120", Drawn(release, "SegmentationObject/a.png"));
        Assert.Equal("a\n", release["ImageSets/Segmentation/val.txt"]);
        Assert.Equal("3,ape\n4,bee\n", release["classes_val.csv"]);
        Assert.Equal(["ImageSets/Segmentation/val.txt images 1"], release.Records);
    }

    [Fact]
    public void What_was_written_is_read_back_with_its_classes()
    {
        using var release = new TestReleaseFolder();
        Stage.Write(release, Animals(), Image(Object(3, "1100")));
        var back = (VocReader)Stage.ReadBack(InputPath.Of("/release"))!;
        Assert.Contains(Path.GetRelativePath("/release", back.Taxonomy!.FullPath), release.Names);
    }

    [Fact]
    public void Where_objects_overlap_the_class_follows_the_object()
    {
        using var release = new TestReleaseFolder();
        List<string> warnings = Stage.Write(release, Animals(), Image(Object(4, "1110"), Object(3, "0111")));
        Assert.Equal("1112", Drawn(release, "SegmentationObject/a.png"));
        Assert.Equal("4443", Drawn(release, "SegmentationClass/a.png"));
        Assert.Equal(["1 shape lost 2 pixels to shapes of lower label, 0 of them all pixels; " +
            "a label image has one label a pixel"], warnings);
    }

    [Fact]
    public void Of_classes_objects_of_one_class_are_united_without_a_loss()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty((Stage with { Of = VocInstances.Classes })
            .Write(release, Animals(), Image(Object(4, "1100"), Object(4, "0110"))));
        Assert.Equal("4440", Drawn(release, "SegmentationClass/a.png"));
        Assert.DoesNotContain("SegmentationObject/a.png", release.Names);
    }

    [Fact]
    public void Void_is_255_in_both_masks()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(4, "1000"));
        Stage.Write(release, Animals(), image with { Frames = [image.Frame with { Void = Shape("0110") }] });
        Assert.Equal("4VV0", Drawn(release, "SegmentationClass/a.png"));
        Assert.Equal("1VV0", Drawn(release, "SegmentationObject/a.png"));
    }

    [Fact]
    public void A_category_id_that_is_no_label_is_refused_with_the_remedy_which_works()
    {
        using var release = new TestReleaseFolder();
        var fault = Assert.Throws<BadDataException>(() => Stage.Write(release, Info, Image(Object(900, "1000"))));
        Assert.Equal("expected a category id from 1 to 254 for a label image, found 900 ('bee'); " +
            "set classes: dense, or keep_categories [CLASS_LABEL]", fault.Problems[0].ToString());
        using var second = new TestReleaseFolder();
        (Stage with { Classes = ClassNumbering.Dense }).Write(second, Info, Image(Object(900, "1000")));
        Assert.Equal("2000", Drawn(second, "SegmentationClass/a.png"));
        Assert.Equal("1,ape\n2,bee\n", second["classes_val.csv"]);
    }

    [Theory]
    [InlineData(VocInstances.Objects)]
    [InlineData(VocInstances.Classes)]
    public void Instances_without_a_shape_or_without_a_pixel_are_told_of(VocInstances of)
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(new Instance { CategoryId = new RecordId(3) }, Object(4, "0000"), Object(4, "0100"));
        Assert.Equal(["2 instances without a shape or a pixel: in no label image"],
            (Stage with { Of = of }).Write(release, Animals(), image));
        Assert.Equal("0400", Drawn(release, "SegmentationClass/a.png"));
    }

    [Fact]
    public void Videos_are_refused()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal("NOT_IMAGES", StageHarness.FailsWith(
            () => Stage.Open(new DatasetInfo { Kind = SampleKind.Video }, release, StageHarness.Context)));
    }

    [Fact]
    public void A_category_that_the_dataset_lacks_is_refused()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal("UNKNOWN_CATEGORY",
            StageHarness.FailsWith(() => Stage.Write(release, Animals(), Image(Object(77, "1000")))));
    }

    [Fact]
    public void A_hostile_file_name_is_refused()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(4, "1000"));
        image = image with { Frames = [image.Frame with { Name = "x/CON.jpg" }] };
        Assert.Equal("UNSAFE_NAME", StageHarness.FailsWith(() => Stage.Write(release, Animals(), image)));
    }

    [Theory]
    [InlineData("D:\\x\\a.jpg")]
    [InlineData("../../a.jpg")]
    public void Of_a_file_name_the_last_part_counts(string name)
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(4, "1000"));
        Stage.Write(release, Animals(), image with { Frames = [image.Frame with { Name = name }] });
        Assert.Contains("SegmentationClass/a.png", release.Names);
    }

    [Fact]
    public void An_image_whose_size_nobody_stated_is_refused_as_such()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(4, "1000"));
        image = image with { Frames = [image.Frame with { WidthPx = 0, HeightPx = 0 }] };
        Assert.Equal("FRAME_SIZE", StageHarness.FailsWith(() => Stage.Write(release, Animals(), image)));
    }

    [RealDataFact]
    public void Real_class_masks_come_back_with_their_pixels_and_colours()
    {
        string root = Path.Combine(SharedData.Data!, "voc-palette", "voc2012-100");
        var reader = new VocReader
        {
            Root = InputPath.Of(root),
            ClassesDir = "SegmentationClassAug",
            Of = VocInstances.Classes,
        };
        using TestReleaseFolder release = RoundTrip(reader);
        foreach (string name in release.Names.Where(n => n.EndsWith(".png", StringComparison.Ordinal)))
            AssertSame(Path.Combine(root, "SegmentationClassAug", Path.GetFileName(name)), release, name, _ => false);
        Assert.Equal(43, release.Names.Count());
    }

    [RealDataFact]
    public void Real_object_masks_come_back_with_void_marked_in_both()
    {
        string root = Path.Combine(SharedData.Data!, "voc-palette", "labelme-voc2011");
        using TestReleaseFolder release = RoundTrip(new VocReader { Root = InputPath.Of(root) });
        foreach (string name in release.Names.Where(n => n.EndsWith(".png", StringComparison.Ordinal)))
        {
            bool isObjects = name.StartsWith("SegmentationObject", StringComparison.Ordinal);
            AssertSame(Path.Combine(root, name), release, name, label => isObjects && label == byte.MaxValue);
        }
        Assert.Equal(8, release.Names.Count());
    }

    private static TestReleaseFolder RoundTrip(VocReader reader)
    {
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        var release = new TestReleaseFolder();
        Assert.Empty((Stage with { Of = reader.Of, Overlap = OverlapRule.Fail }).Write(
            release, dataset.Info, [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)]));
        return release;
    }

    private static void AssertSame(string path, TestReleaseFolder release, string name, Func<byte, bool> mayDiffer)
    {
        using LabelFile before = LabelFile.Read(path, path, Palette.Voc);
        using LabelFile after = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
        Assert.Equal(before.Palette, after.Palette);
        byte[] old = before.Pixels.Values.ToArray(), written = after.Pixels.Values.ToArray();
        Assert.True(old.Zip(written).All(p => p.First == p.Second || (p.First == 0 && mayDiffer(p.Second))), name);
    }

    private static DatasetInfo Animals() => Info with
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(3), "ape"), new Category(new RecordId(4), "bee")], IsDeclared: true),
    };

    private static Sample Image(params ImmutableArray<Instance> instances) =>
        new() { Key = "a.jpg", Frames = [new Frame("train/a.jpg", 4, 1)], Instances = instances };

    private static Instance Object(long category, string drawing) =>
        new() { CategoryId = new RecordId(category), Segmentations = [Shape(drawing)] };

    private static MaskSegmentation Shape(string drawing) => new(
        Mask.FromBitmapRowMajor(1, 4, LabelPngs.Labels(drawing)), SegmentationForm.Counts);

    private static string Drawn(TestReleaseFolder release, string name)
    {
        using LabelFile image = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
        return LabelPngs.Draw(image.Pixels);
    }
}
