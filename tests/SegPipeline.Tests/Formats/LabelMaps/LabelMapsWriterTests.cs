using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.LabelMaps;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.LabelMaps;

public sealed class LabelMapsWriterTests
{
    private static readonly LabelMapsWriter Stage = new();

    [Fact]
    public void Label_images_and_the_list_of_classes_are_written()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty(Stage.Write(release, Animals(3, 4), Image(Object(3, "1000"), Object(4, "0010"))));
        Assert.Equal(["annotations/train/a.png", "classes.csv"], release.Names);
        Assert.Equal("3040", LabelMapFiles.Drawn(release, "annotations/train/a.png"));
        Assert.Equal("label,name\n3,\"ape, big\"\n4,bee\n", release["classes.csv"]);
        Assert.Equal(["classes.csv images 1"], release.Records);
        Assert.Equal(PngColorType.Grey, PngHeader.Read(release.Bytes("annotations/train/a.png")).ColorType);
    }

    [Fact]
    public void The_list_of_classes_says_what_is_a_thing_and_can_be_read_again()
    {
        using var folder = new TempFolder();
        using var release = new TestReleaseFolder();
        folder.WriteGrey("labels/a.png", "12");
        LabelMapsReader reader = LabelMapFiles.Reader(
            folder, "Idx,Stuff,Name,Supercategory\n1,1,sky,a\n2,0,\"car, b\",\n");
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Stage.Write(release, dataset.Info, reader.ReadAll());
        const string classes = "label,name,supercategory,isthing\n1,sky,a,0\n2,\"car, b\",,1\n";
        Assert.Equal(classes, release["classes.csv"]);
        Assert.Equal("1 sky|2 car, b", LabelMapFiles.Reader(folder, classes).Classes());
    }

    [Fact]
    public void Instances_of_one_category_are_united_without_a_loss()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty((Stage with { Overlap = OverlapRule.Fail })
            .Write(release, Animals(3, 4), Image(Object(4, "1100"), Object(4, "0110"))));
        Assert.Equal("4440", LabelMapFiles.Drawn(release, "annotations/train/a.png"));
    }

    [Fact]
    public void Overlaps_go_by_the_rule_and_are_told()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal(["1 shape lost 2 pixels to shapes of lower label, 0 of them all pixels; a label image has one " +
            "label a pixel"], Stage.Write(release, Animals(3, 4), Image(Object(4, "1110"), Object(3, "0110"))));
        Assert.Equal("4330", LabelMapFiles.Drawn(release, "annotations/train/a.png"));
        Assert.Equal("category 4 shares 2 pixels of image 'train/a.jpg' with others, a label image has one label a " +
            "pixel; set overlap: lowest_wins or highest_wins [OVERLAP]",
            Fault(Stage with { Overlap = OverlapRule.Fail }, Animals(3, 4),
                Image(Object(4, "1110"), Object(3, "0110"))));
    }

    [Fact]
    public void Void_and_background_have_values_of_their_own()
    {
        using var release = new TestReleaseFolder();
        Sample image = WithVoid(Image(Object(3, "1000")), "1100");
        LabelMapsWriter stage = Stage with { Void = MapLabel.Of(255), Background = MapLabel.Of(9) };
        Assert.Empty(stage.Write(release, Animals(3, 4), image));
        Assert.Equal("3V99", LabelMapFiles.Drawn(release, "annotations/train/a.png"));
    }

    [Fact]
    public void Void_that_can_no_longer_be_told_from_background_is_warned_of()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal(["1 image with void pixels and pixels of nothing, both of which are written as 0; set void to " +
            "another label to keep them apart"],
            Stage.Write(release, Animals(3, 4), WithVoid(Image(Object(3, "1000")), "0100")));
    }

    [Fact]
    public void Where_there_is_no_background_a_bare_pixel_is_bad()
    {
        LabelMapsWriter stage = Stage with { Background = MapLabel.None };
        Assert.Equal("image a: expected every pixel to have a category or to be void, found 2 that have none; set " +
            "background to a label [UNLABELLED]",
            Fault(stage, Animals(3, 4), WithVoid(Image(Object(3, "1000")), "0100")));
        using var release = new TestReleaseFolder();
        Assert.Empty(stage.Write(release, Animals(3, 4), WithVoid(Image(Object(3, "1000")), "0111")));
    }

    [Fact]
    public void Labels_of_more_than_8_bits_are_refused_with_the_remedy_which_works()
    {
        Assert.Equal("a label image of 8 bits holds the labels 0 to 255, category 300 ('bee') would be 300; set " +
            "bits: 16, or classes: dense [CLASS_LABEL]", Fault(Stage, Animals(3, 300), Image(Object(300, "1000"))));
        using var wide = new TestReleaseFolder();
        (Stage with { Bits = 16 }).Write(wide, Animals(3, 300), Image(Object(300, "1000")));
        using PngImage image = PngReader.Read(wide.Bytes("annotations/train/a.png"));
        Assert.Equal([300, 0, 0, 0], image.Samples16.ToArray());
        using var dense = new TestReleaseFolder();
        (Stage with { Classes = ClassNumbering.Dense }).Write(dense, Animals(3, 300), Image(Object(300, "1000")));
        Assert.Equal("2000", LabelMapFiles.Drawn(dense, "annotations/train/a.png"));
        Assert.Equal("label,name\n1,\"ape, big\"\n2,bee\n", dense["classes.csv"]);
    }

    [Theory]
    [InlineData(0, 4, 0, "category 0 ('ape, big') would be 0, which is the background; set background: none, or " +
        "another label [CLASS_LABEL]")]
    [InlineData(0, 4, -1, "a label image of 8 bits holds the labels 0 to 255, category 0 ('ape, big') would be -1; " +
        "set label_offset, or map the category [CLASS_LABEL]")]
    [InlineData(9, 4, 0, "category 9 ('ape, big') would be 9, which is void; set void to another label [CLASS_LABEL]")]
    public void A_label_that_means_something_else_is_refused(long one, long two, int offset, string fault) =>
        Assert.Equal(fault, Fault(
            Stage with { LabelOffset = offset, Void = MapLabel.Of(9) }, Animals(one, two), Image(Object(two, "1000"))));

    [Fact]
    public void Labels_can_count_from_0()
    {
        using var release = new TestReleaseFolder();
        LabelMapsWriter stage = Stage with
        {
            LabelOffset = -1,
            Void = MapLabel.Of(255),
            Background = MapLabel.Of(255),
        };
        stage.Write(release, Animals(1, 2), Image(Object(1, "1000"), Object(2, "0100")));
        Assert.Equal("01VV", LabelMapFiles.Drawn(release, "annotations/train/a.png"));
        Assert.StartsWith("label,name\n0,", release["classes.csv"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MapColors.Keep, 3)]
    [InlineData(MapColors.Voc, 256)]
    [InlineData(MapColors.Greys, 256)]
    public void Images_are_indexed_where_they_have_colours(MapColors colors, int count)
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(1, "1000"));
        image = image with { Frames = [image.Frame with { Palette = new Palette([1, 2, 3, 4, 5, 6, 7, 8, 9]) }] };
        (Stage with { Palette = colors }).Write(release, Animals(1, 2), image);
        using PngImage written = PngReader.Read(release.Bytes("annotations/train/a.png"));
        Assert.Equal(count, written.Palette!.Count);
    }

    [Fact]
    public void All_images_can_have_the_palette_of_a_file()
    {
        using var folder = new TempFolder();
        using var release = new TestReleaseFolder();
        LabelMapsWriter stage = Stage with { PaletteFile = InputPath.Of(folder.WriteIndexed("p.png", "0")) };
        stage.Write(release, Animals(1, 2), Image(Object(1, "1000")));
        using PngImage written = PngReader.Read(release.Bytes("annotations/train/a.png"));
        Assert.Equal(Palette.Voc, written.Palette);
    }

    [Fact]
    public void An_image_whose_size_nobody_stated_is_refused_as_such()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(4, "1000"));
        image = image with { Frames = [image.Frame with { WidthPx = 0, HeightPx = 0 }] };
        Assert.Equal("FRAME_SIZE", StageHarness.FailsWith(() => Stage.Write(release, Animals(3, 4), image)));
    }

    [Fact]
    public void Pictures_go_along_and_instances_without_a_shape_are_told_of()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(new Instance { CategoryId = new RecordId(3) }, Object(4, "0000"));
        image = image with { Frames = [image.Frame with { Photo = new PhotoFile("p.jpg") }] };
        Assert.Equal(["2 instances without a shape or a pixel: in no label image"],
            (Stage with { Images = MediaTransfer.Copy }).Write(release, Animals(3, 4), image));
        Assert.Equal([("images/train/a.jpg", "p.jpg", MediaTransfer.Copy)], release.Photos);
    }

    [Fact]
    public void A_picture_that_is_not_there_is_told_of()
    {
        Assert.Equal("image a: 'images: copy' needs the picture of every image, found none; give the reader its " +
            "folder of pictures, or set images: none [NO_PICTURE]",
            Fault(Stage with { Images = MediaTransfer.Copy }, Animals(3, 4), Image()));
    }

    [Fact]
    public void Videos_and_hostile_names_are_refused()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal("NOT_IMAGES", StageHarness.FailsWith(
            () => Stage.Open(new DatasetInfo { Kind = SampleKind.Video }, release, StageHarness.Context)));
        Sample image = Image(Object(4, "1000"));
        image = image with { Frames = [image.Frame with { Name = "../../a.jpg" }] };
        Assert.Equal("UNSAFE_NAME", StageHarness.FailsWith(() => Stage.Write(release, Animals(3, 4), image)));
    }

    [RealDataFact]
    public void Real_labels_of_ADE_come_back_pixel_for_pixel()
    {
        LabelMapsReader reader = LabelMapFiles.AdeReader("annotations");
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        using var release = new TestReleaseFolder();
        Assert.Empty((Stage with { Overlap = OverlapRule.Fail }).Write(release, dataset.Info, reader.ReadAll()));
        foreach (string name in release.Names.Where(n => n.EndsWith(".png", StringComparison.Ordinal)))
        {
            using PngImage before = PngReader.Read(
                File.ReadAllBytes(Path.Combine(LabelMapFiles.Ade, "sampleData", name)));
            using PngImage after = PngReader.Read(release.Bytes(name));
            Assert.Equal(before.Samples.ToArray(), after.Samples.ToArray());
        }
        Assert.Equal(4, release.Names.Count());
    }

    private static string Fault(LabelMapsWriter stage, DatasetInfo info, Sample image)
    {
        using var release = new TestReleaseFolder();
        return Assert.Throws<BadDataException>(() => stage.Write(release, info, image)).Problems[0].ToString();
    }

    private static DatasetInfo Animals(long one, long two) => new()
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(one), "ape, big"), new Category(new RecordId(two), "bee")], IsDeclared: true),
    };

    private static Sample Image(params ImmutableArray<Instance> instances) =>
        new() { Key = "a", Frames = [new Frame("train/a.jpg", 4, 1)], Instances = instances };

    private static Sample WithVoid(Sample image, string drawing) =>
        image with { Frames = [image.Frame with { Void = LabelMapFiles.Shape(drawing) }] };

    private static Instance Object(long category, string drawing) =>
        new() { CategoryId = new RecordId(category), Segmentations = [LabelMapFiles.Shape(drawing)] };
}
