using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.PaletteVideo;

public sealed class PaletteWriterTests
{
    private const int HeightPx = 1;
    private const int WidthPx = 4;

    [Fact]
    public void The_label_of_an_object_is_its_object_id_or_the_lowest_free_number()
    {
        Sample video = Video(1, Object("2", "1000"), Object(null, "0100"), Object(null, "0010"), Object("9", "0001"));
        Assert.Equal("2139", Written(new PaletteWriter(), video)["Annotations/v/00000.png"]);
    }

    [Fact]
    public void Labels_can_be_dense()
    {
        var stage = new PaletteWriter { Ids = ObjectNumbering.Dense };
        Assert.Equal("2010", Written(stage, Video(1, Object("300", "0010"), Object("7", "1000")))
            ["Annotations/v/00000.png"]);
    }

    [Fact]
    public void A_frame_that_is_not_annotated_gets_no_image_and_one_in_which_nothing_is_seen_an_empty_one()
    {
        Dictionary<string, string> files = Written(new PaletteWriter(), Video(3, Object("1", "1000", null, "")));
        Assert.Equal(["Annotations/v/00000.png", "Annotations/v/00002.png"], files.Keys);
        Assert.Equal("0000", files["Annotations/v/00002.png"]);
    }

    [Fact]
    public void Only_the_first_frame_gets_a_mask_when_asked_and_late_objects_are_warned_of()
    {
        Sample video = Video(2, Object("1", "1000", "1000"), Object("2", "", "0010"));
        using var release = new TestReleaseFolder();
        List<string> warnings = new PaletteWriter { Masks = PaletteFrames.First, Meta = ReleaseName.From("meta.json") }
            .Write(release, [video]);
        Assert.Equal(["Annotations/v/00000.png", "meta.json"], release.Names);
        Assert.Equal(["1 object does not appear in the first frame, which is the only one with a mask"],
            warnings);
        Assert.Equal("""{"videos":{"v":{"objects":{"1":{"frames":["00000"]},"2":{"frames":[]}}}}}""" + "\n",
            release["meta.json"]);
    }

    [Theory]
    [InlineData(OverlapRule.LowestWins, "1112", "1 shape lost 2 pixels to shapes of lower label, 0 of them all " +
        "pixels; a label image has one label a pixel")]
    [InlineData(OverlapRule.HighestWins, "1222", "1 shape lost 2 pixels to shapes of higher label, 0 of them all " +
        "pixels; a label image has one label a pixel")]
    public void Which_object_keeps_a_pixel_is_a_choice_and_the_others_loss_is_warned_of(
        OverlapRule rule, string drawing, string warning)
    {
        using var release = new TestReleaseFolder();
        List<string> warnings = new PaletteWriter { Overlap = rule }
            .Write(release, [Video(1, Object("2", "0111"), Object("1", "1110"))]);
        Assert.Equal(drawing, Drawn(release, "Annotations/v/00000.png"));
        Assert.Equal([warning], warnings);
    }

    [Fact]
    public void A_shape_that_lies_wholly_under_another_is_counted_as_vanished()
    {
        using var release = new TestReleaseFolder();
        List<string> warnings =
            new PaletteWriter().Write(release, [Video(1, Object("2", "0100"), Object("1", "1110"))]);
        Assert.Equal(["1 shape lost 1 pixel to shapes of lower label, 1 of them all pixels; " +
            "a label image has one label a pixel"], warnings);
    }

    [Fact]
    public void Overlap_can_be_an_error() => Fails(
        new PaletteWriter { Overlap = OverlapRule.Fail }, Video(1, Object("2", "0111"), Object("1", "1110")),
        "object 2 shares 2 pixels of frame 'v/00000.jpg' with others, a label image has one label a pixel; " +
        "set overlap: lowest_wins or highest_wins [OVERLAP]");

    [Fact]
    public void Void_pixels_are_255_where_no_object_lies()
    {
        Sample video = Video(1, Object("1", "1100"));
        video = video with { Frames = [video.Frame with { Void = Shape("0110") }] };
        Assert.Equal("11V0", Written(new PaletteWriter(), video)["Annotations/v/00000.png"]);
    }

    [Fact]
    public void The_palette_is_that_of_the_frame_and_lacking_colours_are_those_of_VOC()
    {
        Sample video = Video(1, Object("3", "1100"));
        byte[] three = [9, 9, 9, 8, 8, 8, 7, 7, 7];
        video = video with { Frames = [video.Frame with { Palette = new Palette(three) }] };
        Palette palette = PaletteOf(new PaletteWriter(), video)!;
        Assert.Equal(((byte)8, (byte)8, (byte)8), palette[1]);
        Assert.Equal(Palette.Voc[3], palette[3]);
        Assert.Equal(Palette.Voc, PaletteOf(new PaletteWriter { Palette = PaletteColors.Voc }, video));
        Assert.Null(PaletteOf(new PaletteWriter { Palette = PaletteColors.Grey }, video));
    }

    [Fact]
    public void Object_255_is_refused_in_an_indexed_image_where_it_would_be_void()
    {
        Sample video = Video(1, Object("255", "1000"));
        Fails(new PaletteWriter(), video, "video v: object 255 would be void in an indexed image; " +
            "set palette: grey, or ids: dense [OBJECT_LABEL]");
        Assert.Equal("V000", Written(new PaletteWriter { Palette = PaletteColors.Grey }, video)
            ["Annotations/v/00000.png"]);
    }

    [Theory]
    [InlineData("256", "a label image of 8 bits holds the objects 1 to 254, found object 256; set ids: dense")]
    [InlineData("0", "expected an object_id from 1 to 254, found 0; set ids: dense")]
    [InlineData("\"a\"", "expected an object_id from 1 to 254, found \"a\"; set ids: dense")]
    public void Numbers_that_are_no_labels_are_refused_with_the_remedy(string number, string message) =>
        Fails(new PaletteWriter(), Video(1, Object(number, "1000")), $"video v: {message} [OBJECT_LABEL]");

    [Fact]
    public void Two_objects_of_one_number_are_refused() => Fails(
        new PaletteWriter(), Video(1, Object("3", "1000"), Object("3", "0100")),
        "video v: expected every object to have a number of its own, found object_id 3 twice; set ids: dense " +
        "[OBJECT_LABEL]");

    [Fact]
    public void More_objects_than_labels_are_refused()
    {
        Instance[] many = [.. Enumerable.Range(0, 255).Select(_ => Object(null, "1000"))];
        Fails(new PaletteWriter(), Video(1, many), "video v: a label image of 8 bits holds 254 objects, found 255; " +
            "split its objects into several datasets [OBJECT_LABEL]");
    }

    [Fact]
    public void The_lists_say_what_was_written()
    {
        var stage = new PaletteWriter
        {
            SequencesFile = ReleaseName.From("ImageSets/val.txt"),
            Meta = ReleaseName.From("meta.json"),
            IdMap = ReleaseName.From("ids.jsonl"),
        };
        var info = new DatasetInfo
        {
            Kind = SampleKind.Video,
            Taxonomy = new Taxonomy([new Category(new RecordId(1), "ape")], IsDeclared: true),
        };
        using var release = new TestReleaseFolder();
        Instance ape = Object("4", "1000", "") with { Id = new RecordId(77), CategoryId = new RecordId(1) };
        Assert.Empty(stage.Write(release, [Video(2, ape)], info));
        Assert.Equal("v\n", release["ImageSets/val.txt"]);
        Assert.Equal("""{"videos":{"v":{"objects":{"4":{"category":"ape","frames":["00000"]}}}}}""" + "\n",
            release["meta.json"]);
        Assert.Equal("""{"video":"v","label":4,"id":77,"object_id":4,"category":"ape"}""" + "\n", release["ids.jsonl"]);
    }

    [Fact]
    public void Pictures_lie_beside_the_masks_under_the_same_names()
    {
        Sample video = Video(1, Object("1", "1000"));
        video = video with { Frames = [video.Frame with { Photo = new PhotoFile("/data/x.jpg") }] };
        using var release = new TestReleaseFolder();
        new PaletteWriter { Frames = MediaTransfer.Hardlink }.Write(release, [video]);
        Assert.Equal([("JPEGImages/v/00000.jpg", "/data/x.jpg", MediaTransfer.Hardlink)], release.Photos);
    }

    [Fact]
    public void Pictures_that_the_reader_does_not_know_are_an_error() => Fails(
        new PaletteWriter { Frames = MediaTransfer.Copy }, Video(1, Object("1", "1000")),
        "video v: expected a picture for frame 'v/00000.jpg', the reader has none; name the reader's folder of " +
        "pictures, or leave 'frames' out [NO_PICTURE]");

    [Theory]
    [InlineData("D:00000.jpg", "the file name 'D:00000.jpg' has a colon (a drive or a stream)")]
    [InlineData("../../00000.jpg", "the file name '..' has the part '..'")]
    [InlineData("v/CON.jpg", "the file name 'CON.jpg' has the part 'CON.jpg', a device name on Windows")]
    [InlineData("v/", "the file name '' is empty")]
    public void A_hostile_frame_name_is_refused(string name, string message)
    {
        Sample video = Video(1, Object("1", "1000"));
        Fails(new PaletteWriter(), video with { Frames = [video.Frame with { Name = name }] },
            $"video v: {message}; rename the file in the source [UNSAFE_NAME]");
    }

    [Theory]
    [InlineData("val\\JPEGImages\\00001\\00000.jpg")]
    [InlineData("D:\\x\\JPEGImages\\00001\\00000.jpg")]
    [InlineData("/data/00001/00000.jpg")]
    public void Of_a_long_frame_name_the_last_two_parts_count(string name)
    {
        Sample video = Video(1, Object("1", "1000"));
        video = video with { Frames = [video.Frame with { Name = name }] };
        Assert.Equal(["Annotations/00001/00000.png"], Written(new PaletteWriter(), video).Keys);
    }

    [Fact]
    public void Two_videos_of_one_folder_are_an_error()
    {
        using var release = new TestReleaseFolder();
        Sample video = Video(1, Object("1", "1000"));
        Sample other = video with { Frames = [video.Frame with { Name = "v/00009.jpg" }] };
        Assert.Equal("DUPLICATE_SEQUENCE",
            StageHarness.FailsWith(() => new PaletteWriter().Write(release, [video, other])));
    }

    [Fact]
    public void A_video_of_which_nothing_is_known_is_warned_of_and_not_listed()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal(["of 1 video no frame is annotated: no mask was written"],
            new PaletteWriter { SequencesFile = ReleaseName.From("val.txt") }.Write(release, [Video(2)]));
        Assert.Equal(["val.txt"], release.Names);
        Assert.Equal(("", "val.txt videos 0"), (release["val.txt"], Assert.Single(release.Records)));
    }

    [Fact]
    public void A_video_whose_first_frame_is_not_annotated_is_warned_of_where_only_that_gets_a_mask()
    {
        using var release = new TestReleaseFolder();
        List<string> warnings = new PaletteWriter { Masks = PaletteFrames.First }
            .Write(release, [Video(2, Object("1", null, "1000"))]);
        Assert.Equal(["1 object does not appear in the first frame, which is the only one with a mask",
            "of 1 video the first frame is not annotated: no mask was written"], warnings);
        Assert.Empty(release.Names);
    }

    [Fact]
    public void A_frame_that_its_source_calls_annotated_gets_an_image_also_where_no_object_is()
    {
        Sample video = Video(2);
        video = video with { Frames = [video.Frame with { IsAnnotated = true }, video.Frames[1]] };
        Dictionary<string, string> files = Written(new PaletteWriter { Palette = PaletteColors.Grey }, video);
        Assert.Equal([("Annotations/v/00000.png", "0000")], files.Select(f => (f.Key, f.Value)));
    }

    [Fact]
    public void Images_are_refused_before_anything_is_written()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal("NOT_VIDEOS", StageHarness.FailsWith(() => new PaletteWriter()
            .Open(new DatasetInfo { Kind = SampleKind.Image }, release, StageHarness.Context)));
    }

    private static Sample Video(int frames, params Instance[] instances) => new()
    {
        Key = "v",
        Kind = SampleKind.Video,
        Frames = [.. Enumerable.Range(0, frames).Select(f => new Frame($"v/{f:D5}.jpg", WidthPx, HeightPx))],
        Instances = [.. instances],
    };

    private static Instance Object(string? number, params string?[] shapes)
    {
        var instance = new Instance { Segmentations = [.. shapes.Select(Shape)] };
        return number is null ? instance : instance with
        {
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("object_id", number),
        };
    }

    private static Segmentation Shape(string? drawing) => drawing switch
    {
        null => Segmentation.Missing,
        "" => Segmentation.Null,
        _ => new MaskSegmentation(
            Mask.FromBitmapRowMajor(HeightPx, WidthPx, LabelPngs.Labels(drawing)), SegmentationForm.Counts),
    };

    private static Dictionary<string, string> Written(PaletteWriter stage, Sample video)
    {
        using var release = new TestReleaseFolder();
        stage.Write(release, [video]);
        return release.Names.ToDictionary(n => n, n => Drawn(release, n), StringComparer.Ordinal);
    }

    private static string Drawn(TestReleaseFolder release, string name)
    {
        using LabelFile image = LabelFile.Decode(release.Bytes(name), name, Palette.Voc);
        return LabelPngs.Draw(image.Pixels);
    }

    private static Palette? PaletteOf(PaletteWriter stage, Sample video)
    {
        using var release = new TestReleaseFolder();
        stage.Write(release, [video]);
        using LabelFile image = LabelFile.Decode(release.Bytes("Annotations/v/00000.png"), "", Palette.Greys);
        return image.Palette;
    }

    private static void Fails(PaletteWriter stage, Sample video, string message)
    {
        using var release = new TestReleaseFolder();
        var fault = Assert.Throws<BadDataException>(() => stage.Write(release, [video]));
        Assert.Equal(message, Assert.Single(fault.Problems).ToString());
    }
}
