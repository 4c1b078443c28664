using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.PaletteVideo;

public sealed class PaletteReaderTests
{
    [Fact]
    public void A_video_is_a_folder_and_an_object_a_label()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/bear/00000.png", "010/002");
        folder.WriteIndexed("masks/bear/00001.png", "000/022");
        Sample video = Assert.Single(PaletteVideos.Reader(folder).ReadAll());
        Assert.Equal(("bear", SampleKind.Video), (video.Key, video.Kind));
        Assert.Equal(["bear/00000.jpg", "bear/00001.jpg"], video.Frames.Select(f => f.Name));
        Assert.All(video.Frames, f => Assert.Equal((3, 2, Palette.Voc), (f.WidthPx, f.HeightPx, f.Palette)));
        Assert.Equal(["1", "2"], video.Instances.Select(i => i.MemberText("object_id")));
        Assert.Equal(["1 0", "1 2"], video.Instances.Select(PaletteVideos.Areas));
        Assert.All(video.Instances, i => Assert.Null(i.Id));
        Assert.All(video.Instances, i => Assert.Equal(new RecordId(1), i.CategoryId));
    }

    [Fact]
    public void Frames_are_in_the_order_of_their_numbers_however_many_digits_those_have()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["99999", "100000", "00007"])
            folder.WriteIndexed($"masks/v/{name}.png", "1");
        Sample video = Assert.Single(PaletteVideos.Reader(folder).ReadAll());
        Assert.Equal([7, 99999, 100000], video.Frames.Select(f => f.Position));
    }

    [Fact]
    public void Frames_whose_names_are_no_numbers_are_in_ordinal_order()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["b", "10", "a"]) folder.WriteIndexed($"masks/v/{name}.png", "1");
        Sample video = Assert.Single(PaletteVideos.Reader(folder).ReadAll());
        Assert.Equal(["v/10.jpg", "v/a.jpg", "v/b.jpg"], video.Frames.Select(f => f.Name));
        Assert.Equal([0, 1, 2], video.Frames.Select(f => f.Position));
    }

    [Fact]
    public void Nothing_is_known_of_objects_in_a_frame_without_a_mask_but_in_one_with_a_mask_they_can_be_absent()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 3; i++) folder.WritePhoto($"frames/v/0000{i}.jpg", 2, 1);
        folder.WriteIndexed("masks/v/00000.png", "10");
        folder.WriteIndexed("masks/v/00002.png", "20");
        Sample video = Assert.Single(PaletteVideos.Reader(folder, hasFrames: true).ReadAll());
        Assert.Equal(["1 M 0", "0 M 1"], video.Instances.Select(PaletteVideos.Areas));
        Assert.Equal(folder["frames/v/00001.jpg"], video.Frames[1].Photo!.FilePath);
        Assert.Equal((2, 1), (video.Frames[1].WidthPx, video.Frames[1].HeightPx));
    }

    [Fact]
    public void Frames_without_a_mask_can_be_left_out()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 3; i++) folder.WritePhoto($"frames/v/0000{i}.jpg", 2, 1);
        folder.WriteIndexed("masks/v/00002.png", "20");
        PaletteReader reader = PaletteVideos.Reader(folder, hasFrames: true) with { Unannotated = Unannotated.Drop };
        Assert.Equal([2], Assert.Single(reader.ReadAll()).Frames.Select(f => f.Position));
    }

    [Fact]
    public void A_video_of_pictures_alone_is_unannotated_when_kept_and_unknown_when_such_frames_are_dropped()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/a/00000.png", "1");
        folder.WritePhoto("frames/b/00000.jpg", 1, 1);
        PaletteReader reader = PaletteVideos.Reader(folder, hasFrames: true) with { Sequences = ["b"] };
        Assert.Single(Assert.Single(reader.ReadAll()).Frames);
        Assert.Equal("masks: expected a folder 'b' with masks, found none; correct the list of sequences, or add the " +
            "folder [NO_SEQUENCE]", (reader with { Unannotated = Unannotated.Drop }).Fault().ToString());
    }

    [Fact]
    public void Of_an_indexed_video_255_is_void_and_of_a_grey_one_of_0_and_255_it_is_the_object()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/a/00000.png", "1VV");
        folder.WriteGrey("masks/b/00000.png", "0VV");
        folder.WriteGrey("masks/c/00000.png", "1VV");
        Sample[] videos = PaletteVideos.Reader(folder).ReadAll();
        Assert.Equal("1", videos[0].Instances.Single().MemberText("object_id"));
        Assert.Equal(2, videos[0].Frame.Void!.ToMask(1, 3)!.AreaPx);
        Assert.Equal("255", videos[1].Instances.Single().MemberText("object_id"));
        Assert.Null(videos[1].Frame.Void);
        Assert.Null(videos[1].Frame.Palette);
        Assert.Equal("1", videos[2].Instances.Single().MemberText("object_id"));
    }

    [Theory]
    [InlineData("none", "1,255")]
    [InlineData("255", "1")]
    [InlineData("1", "255")]
    public void The_void_label_can_be_named(string label, string objects)
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/a/00000.png", "1VV");
        PaletteReader reader = PaletteVideos.Reader(folder) with { Void = VoidLabel.Parse(label) };
        Assert.Equal(objects, string.Join(',', reader.ReadAll()[0].Instances.Select(i => i.MemberText("object_id"))));
    }

    [Fact]
    public void A_video_of_nothing_but_void_is_warned_of()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/a/00000.png", "0V");
        var warnings = new List<string>();
        Assert.Empty(PaletteVideos.Reader(folder).ReadAll(warnings.Add)[0].Instances);
        Assert.Equal(["video 'a' has no object, only void pixels; set void: none if they are one"], warnings);
    }

    [Fact]
    public void Sequences_choose_the_videos_and_their_order()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["a", "b", "c"]) folder.WriteIndexed($"masks/{name}/00000.png", "1");
        string list = folder.Write("val.txt", "c\n\n/JPEGImages/480p/a/00000.jpg /Annotations/480p/a/00000.png\nc\n");
        PaletteReader reader = PaletteVideos.Reader(folder);
        Assert.Equal(["b", "a"], (reader with { Sequences = ["b", "a"] }).ReadAll().Select(s => s.Key));
        Assert.Equal(["c", "a"], (reader with { SequencesFile = InputPath.Of(list) }).ReadAll().Select(s => s.Key));
    }

    [Fact]
    public void A_sequence_without_a_folder_is_bad()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/blackswan/00000.png", "1");
        PaletteReader reader = PaletteVideos.Reader(folder) with { Sequences = ["blackswann"] };
        Assert.Equal("masks: expected a folder 'blackswann' with masks, found none; did you mean 'blackswan'? " +
            "[NO_SEQUENCE]", reader.Fault().ToString());
    }

    [Fact]
    public void The_folder_above_the_videos_folders_is_recognised()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/480p/bear/00000.png", "1");
        Assert.Equal("masks: expected a folder of PNGs for each video, found none; try 'masks/480p' [NO_MASKS]",
            PaletteVideos.Reader(folder).Fault().ToString());
    }

    [Fact]
    public void A_mask_of_another_size_than_the_others_makes_its_video_bad()
    {
        using var folder = OddMask();
        Assert.Equal("masks/v/00000.png: most masks of the video are 3x1 (width x height), this is 2x1; " +
            "correct the mask, or set odd_sizes: skip to leave such masks out [FRAME_SIZE]",
            PaletteVideos.Reader(folder).Fault().ToString());
    }

    [Fact]
    public void A_mask_of_another_size_can_be_left_out_with_a_warning()
    {
        using var folder = OddMask();
        var warnings = new List<string>();
        Sample video = Assert.Single((PaletteVideos.Reader(folder) with { OddSizes = OddSizes.Skip })
            .ReadAll(warnings.Add));
        Assert.Equal("M 1 1", PaletteVideos.Areas(video.Instances.Single()));
        Assert.Equal(["masks/v/00000.png is left out: most masks of the video are 3x1 (width x height), this is 2x1"],
            warnings);
    }

    [Fact]
    public void A_mask_of_another_size_than_its_picture_makes_its_video_bad()
    {
        using var folder = new TempFolder();
        folder.WritePhoto("frames/v/00000.jpg", 854, 2);
        folder.WriteIndexed("masks/v/00000.png", string.Join('/', new string('1', 853), new string('0', 853)));
        Assert.Equal("masks/v/00000.png: the pictures are 854x2 (width x height), this is 853x2; " +
            "correct the mask, or set odd_sizes: skip to leave such masks out [FRAME_SIZE]",
            PaletteVideos.Reader(folder, hasFrames: true).Fault().ToString());
    }

    [Fact]
    public void Every_picture_is_looked_at_when_asked()
    {
        using var folder = new TempFolder();
        folder.WritePhoto("frames/v/00000.jpg", 2, 1);
        folder.WritePhoto("frames/v/00001.jpg", 3, 1);
        folder.WriteIndexed("masks/v/00000.png", "01");
        PaletteReader reader = PaletteVideos.Reader(folder, hasFrames: true);
        Assert.Single(reader.ReadAll());
        Assert.Equal("frames/v/00001.jpg: the pictures are 2x1 (width x height), this is 3x1; replace the picture " +
            "[FRAME_SIZE]", (reader with { CheckPictures = CheckPictures.All }).Fault().ToString());
    }

    [Fact]
    public void A_mask_without_a_picture_is_bad()
    {
        using var folder = new TempFolder();
        folder.WritePhoto("frames/v/00000.jpg", 2, 1);
        folder.WriteIndexed("masks/v/00001.png", "01");
        Assert.Equal("video v: expected a picture for the mask 'v/00001.png', found none; add the picture, or leave " +
            "'frames' out [MEDIA_MISSING]", PaletteVideos.Reader(folder, hasFrames: true).Fault().ToString());
    }

    [Fact]
    public void Two_masks_of_one_number_are_bad()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/v/00001.png", "1");
        folder.WriteIndexed("masks/v/1.png", "1");
        Assert.Equal("video v: expected one file a frame, found 'v/00001.png' and 'v/1.png' for the same; " +
            "remove one of them [DUPLICATE_FRAME]", PaletteVideos.Reader(folder).Fault().ToString());
    }

    [Fact]
    public void A_mask_without_bytes_is_bad_and_not_taken_for_a_frame_without_one()
    {
        using var folder = new TempFolder();
        folder.WriteBytes("masks/v/00000.png", []);
        Problem problem = PaletteVideos.Reader(folder).Fault();
        Assert.Equal(("masks/v/00000.png", PngFault.Signature), (problem.File, problem.Code));
    }

    [Fact]
    public void What_systems_leave_behind_is_passed_over()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/v/00000.png", "1");
        folder.Write("masks/v/._00000.png", "junk");
        folder.Write("masks/__MACOSX/v/00000.png", "junk");
        Assert.Single(Assert.Single(PaletteVideos.Reader(folder).ReadAll()).Frames);
    }

    [Fact]
    public void Videos_that_have_pictures_only_are_warned_of()
    {
        using var folder = new TempFolder();
        folder.WritePhoto("frames/v/00000.jpg", 1, 1);
        folder.WritePhoto("frames/w/00000.jpg", 1, 1);
        folder.WriteIndexed("masks/v/00000.png", "1");
        var warnings = new List<string>();
        Assert.Single(PaletteVideos.Reader(folder, hasFrames: true).ReadAll(warnings.Add));
        Assert.Equal(["passed over 1 video of 'frames' without masks in 'masks'; the first is 'w'"], warnings);
    }

    [Fact]
    public void The_plan_costs_more_for_a_longer_video_and_the_inputs_are_its_masks()
    {
        using var folder = new TempFolder();
        folder.WriteIndexed("masks/a/00000.png", "1");
        for (int i = 0; i < 3; i++) folder.WriteIndexed($"masks/b/0000{i}.png", "1");
        using OpenDataset dataset = PaletteVideos.Reader(folder).Open(StageHarness.Context);
        Assert.Equal(3 * dataset.Plan[0].CostBytes, dataset.Plan[1].CostBytes);
        Assert.Equal(4, dataset.InputFiles.Count);
    }

    private static TempFolder OddMask()
    {
        var folder = new TempFolder();
        folder.WriteIndexed("masks/v/00000.png", "01");
        folder.WriteIndexed("masks/v/00001.png", "010");
        folder.WriteIndexed("masks/v/00002.png", "100");
        return folder;
    }
}
