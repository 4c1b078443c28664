using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.Triplets;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Triplets;

public sealed class TripletsWriterTests
{
    private static readonly TripletsWriter Gt = new() { Role = TripletRole.Gt };

    [Fact]
    public void Both_roles_write_one_folder_and_one_of_them_the_pictures()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty(Write(Gt with { Images = MediaTransfer.Copy }, release,
            Image("cat_1", "cat_1_im.jpg", Object(8, "1100"))));
        Assert.Empty(Write(Gt with { Role = TripletRole.Seg }, release,
            Image("cat_1", "cat_1_im.jpg", Object(8, "0110"))));
        Assert.Equal(["triplets/cat_1_gt.png", "triplets/cat_1_seg.png"], release.Names);
        Assert.Equal("VV00", Drawn(release, "triplets/cat_1_gt.png"));
        Assert.Equal("0VV0", Drawn(release, "triplets/cat_1_seg.png"));
        Assert.Equal([("triplets/cat_1_im.jpg", "/photos/cat_1_im.jpg", MediaTransfer.Copy)], release.Photos);
    }

    [Fact]
    public void Parts_of_a_split_share_their_picture()
    {
        using var release = new TestReleaseFolder();
        Write(Gt with { Images = MediaTransfer.Copy }, release,
            Image("ADE_1_0.1", "ADE_1.jpg", Object(0, "1100")), Image("ADE_1_12.1", "ADE_1.jpg", Object(12, "0010")));
        Assert.Equal(["triplets/ADE_1_0.1_gt.png", "triplets/ADE_1_12.1_gt.png"], release.Names);
        Assert.Equal(["triplets/ADE_1_im.jpg"], release.Photos.Select(p => p.Name));
    }

    [Fact]
    public void Objects_of_an_image_are_named_by_category_or_by_part()
    {
        Sample image = Image("val/2007_1.jpg", "val/2007_1.jpg",
            Object(15, "1000"), Object(3, "0100"), Object(15, "0010"));
        using var categories = new TestReleaseFolder();
        Write(Gt with { Names = TripletNames.Category, Images = MediaTransfer.Copy }, categories, image);
        Assert.Equal(["triplets/2007_1_03_gt.png", "triplets/2007_1_15_gt.png"], categories.Names);
        Assert.Equal("V0V0", Drawn(categories, "triplets/2007_1_15_gt.png"));
        Assert.Equal(["triplets/2007_1_03_im.jpg", "triplets/2007_1_15_im.jpg"],
            categories.Photos.Select(p => p.Name));
        using var parts = new TestReleaseFolder();
        Write(Gt with { Names = TripletNames.Part, Images = MediaTransfer.Copy }, parts, image);
        Assert.Equal(["triplets/2007_1_15.1_gt.png", "triplets/2007_1_15.2_gt.png", "triplets/2007_1_3.1_gt.png"],
            parts.Names);
        Assert.Equal(["triplets/2007_1_im.jpg"], parts.Photos.Select(p => p.Name));
    }

    [Fact]
    public void Masks_have_8_bits_or_1()
    {
        using var release = new TestReleaseFolder();
        Write(Gt with { Bits = MaskBits.One }, release, Image("a", "a.jpg", Object(1, "1010")));
        PngHeader header = PngHeader.Read(release.Bytes("triplets/a_gt.png"));
        Assert.Equal((1, PngColorType.Grey), (header.BitDepth, header.ColorType));
        Assert.Equal("1010", Drawn(release, "triplets/a_gt.png"));
    }

    [Fact]
    public void An_image_without_objects_has_an_empty_mask_and_void_has_no_place_which_both_are_told()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image("a", "a.jpg");
        image = image with { Frames = [image.Frame with { Void = Shape("0110") }] };
        Assert.Equal(["1 mask _gt without a pixel",
            "2 void pixels became background in the masks _gt, which know no void"], Write(Gt, release, image));
        Assert.Equal("0000", Drawn(release, "triplets/a_gt.png"));
    }

    [Fact]
    public void The_list_of_classes_is_one_that_the_reader_takes()
    {
        using var release = new TestReleaseFolder();
        Write(Gt with { Taxonomy = ReleaseName.From("classes.csv") }, release, Image("a", "a.jpg", Object(3, "1000")));
        Assert.Equal("label,name\n3,ape\n12,bee\n", release["classes.csv"]);
    }

    [Fact]
    public void Several_objects_under_one_key_are_refused_with_the_remedy() => Assert.Equal(
        "image a: expected at most one object in an image, found 2; " +
        "set names: category or part, which make a file of each [OBJECTS]",
        Fault(Gt, Image("a", "a.jpg", Object(3, "1000"), Object(3, "0100"))));

    [Fact]
    public void What_cannot_be_a_triplet_is_refused()
    {
        Assert.Equal("image a: expected a mask of every object, found none; " +
            "drop objects without a mask before they are written [NO_MASK]",
            Fault(Gt, Image("a", "a.jpg", new Instance { Segmentations = [Segmentation.Missing] })));
        Assert.Equal("image a: expected a category id of two digits, found 100; set names: part [CLASS_LABEL]",
            Fault(Gt with { Names = TripletNames.Category }, Image("a", "a.jpg", Object(100, "1000"))));
        Assert.Equal("image a: expected a category id from 0 on, found none; " +
            "map categories to numbers, or set names: key [CLASS_LABEL]",
            Fault(Gt with { Names = TripletNames.Part }, Image("a", "a.jpg", Object(1, "1000") with
            {
                CategoryId = null,
            })));
        Assert.Equal("image a.jpg: 'images: copy' needs the picture of every image, found none; " +
            "give the reader its folder of pictures, or set images: none [NO_PICTURE]",
            Fault(Gt with { Images = MediaTransfer.Copy }, Image("a", "a.jpg", Object(1, "1000")) with
            {
                Frames = [new Frame("a.jpg", 4, 1)],
            }));
        using var release = new TestReleaseFolder();
        Assert.Equal("NOT_IMAGES", StageHarness.FailsWith(() =>
            Gt.Open(new DatasetInfo { Kind = SampleKind.Video }, release, StageHarness.Context)));
    }

    [RealDataFact]
    public void Real_masks_come_back_pixel_by_pixel()
    {
        string root = Path.Combine(SharedData.Data!, "big-style", "stas-im-seg");
        var reader = new TripletsReader { Root = InputPath.Of(root), Category = "object" };
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        using var release = new TestReleaseFolder();
        Sample[] samples = [.. Enumerable.Range(0, 3).Select(i => dataset.ReadPort(i, 1)!)];
        Write(Gt with { Role = TripletRole.Seg, Images = MediaTransfer.Hardlink }, release, samples);
        Assert.Equal(3, release.Photos.Count);
        foreach (string name in release.Names)
        {
            string path = Path.Combine(root, Path.GetFileName(name));
            using LabelFile before = LabelFile.Read(path, path, Palette.Voc);
            using LabelFile after = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
            Assert.True(before.Pixels.Values.SequenceEqual(after.Pixels.Values), name);
        }
    }

    private static List<string> Write(TripletsWriter writer, TestReleaseFolder release, params Sample[] samples)
    {
        var warnings = new List<string>();
        var info = new DatasetInfo
        {
            Taxonomy = new Taxonomy(
                [new Category(new RecordId(3), "ape"), new Category(new RecordId(12), "bee")], IsDeclared: true),
        };
        using OpenOutput output = writer.Open(info, release, StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    private static string Fault(TripletsWriter writer, Sample sample)
    {
        using var release = new TestReleaseFolder();
        return Assert.Single(
            Assert.Throws<BadDataException>(() => Write(writer, release, sample)).Problems).ToString();
    }

    private static Sample Image(string key, string frame, params ImmutableArray<Instance> instances) => new()
    {
        Key = key,
        Frames = [new Frame(frame, 4, 1) { Photo = new PhotoFile("/photos/" + frame) }],
        Instances = instances,
    };

    private static Instance Object(long category, string drawing) =>
        new() { CategoryId = new RecordId(category), Segmentations = [Shape(drawing)] };

    private static MaskSegmentation Shape(string drawing) =>
        new(Mask.FromBitmapRowMajor(1, 4, LabelPngs.Labels(drawing)), SegmentationForm.Counts);

    private static string Drawn(TestReleaseFolder release, string name)
    {
        using LabelFile image = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
        return LabelPngs.Draw(image.Pixels);
    }
}
