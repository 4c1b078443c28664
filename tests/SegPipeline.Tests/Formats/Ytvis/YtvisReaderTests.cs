using SegPipeline.Formats;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Ytvis;

public sealed class YtvisReaderTests : IDisposable
{
    private const string Counts = """{"counts": [3, 197], "size": [10, 20]}""";
    private const string Empty = """{"counts": [200], "size": [10, 20]}""";

    private readonly YtvisFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_video_has_its_frames_and_the_numbers_in_their_names()
    {
        using OpenDataset data = _files.Open(YtvisFiles.OneVideo());
        Assert.Equal(SampleKind.Video, data.Info.Kind);
        Sample video = data.Read(0);
        Assert.Equal(("v", SampleKind.Video, new RecordId(7)), (video.Key, video.Kind, video.Id!.Value));
        Assert.Equal(["v/00000.jpg", "v/00005.jpg", "v/00010.jpg"], video.Frames.Select(f => f.Name));
        Assert.Equal([0, 5, 10], video.Frames.Select(f => f.Position));
        Assert.All(video.Frames, f => Assert.Equal((20, 10), (f.WidthPx, f.HeightPx)));
    }

    [Theory]
    [InlineData("""["v/img_0000001.jpg", "v/img_0000002.jpg"]""", 0, 1)]
    [InlineData("""["v/7.jpg", "v/7.png"]""", 0, 1)]
    [InlineData("""["v/9.jpg", "v/2.jpg"]""", 0, 1)]
    [InlineData("""["v/3.jpg", "v/99999999999.jpg"]""", 0, 1)]
    [InlineData("""["v\\0000000003.jpg", "v\\12.jpg"]""", 3, 12)]
    public void Names_without_rising_numbers_leave_frames_their_places(string names, int first, int second)
    {
        using OpenDataset data = _files.Open($$"""{"videos": [{"id": 1, "file_names": {{names}}}]}""");
        Assert.Equal([first, second], data.Read(0).Frames.Select(f => f.Position));
    }

    [Fact]
    public void Null_an_empty_list_and_run_lengths_without_foreground_are_three_states()
    {
        using OpenDataset data = _files.Open(YtvisFiles.OneVideo(YtvisFiles.Annotation($"null, [], {Empty}")));
        var shapes = data.Read(0).Instances[0].Segmentations;
        Assert.Equal([SegmentationForm.Null, SegmentationForm.EmptyList, SegmentationForm.Counts],
            shapes.Select(s => s.Form));
        Assert.True(shapes[2].ToMask(10, 20)!.IsEmpty);
    }

    [Fact]
    public void Every_form_of_a_shape_is_read()
    {
        const string text = """{"counts": "3U6", "size": [10, 20]}""";
        string json = YtvisFiles.OneVideo(YtvisFiles.Annotation($"{Counts}, {text}, [[1, 1, 1, 4, 4, 4, 4, 1]]"));
        using OpenDataset data = _files.Open(json);
        var shapes = data.Read(0).Instances[0].Segmentations;
        Assert.Equal([SegmentationForm.Counts, SegmentationForm.CompressedCounts, SegmentationForm.Polygons],
            shapes.Select(s => s.Form));
        Assert.Equal(shapes[0].ToMask(10, 20), shapes[1].ToMask(10, 20));
        Assert.Equal(9, shapes[2].ToMask(10, 20)!.AreaPx);
    }

    [Fact]
    public void Areas_and_boxes_are_null_where_they_are_and_need_not_be_there()
    {
        string json = YtvisFiles.OneVideo(
            YtvisFiles.Annotation("null, null, null", ", \"areas\": [4.5, null, 0], \"bboxes\": [[1,2,3,4], null, []]"),
            YtvisFiles.Annotation("null, null, null").Replace("918", "919", StringComparison.Ordinal),
            YtvisFiles.Annotation("null, null, null", ", \"areas\": [], \"bboxes\": null, \"score\": 0.5"));
        using OpenDataset data = _files.Open(json);
        Sample video = data.Read(0);
        Assert.Equal([4.5, null, 0], video.Instances[0].AreasPx.AsEnumerable());
        Assert.Equal([new Box(1, 2, 3, 4), null, null], video.Instances[0].Boxes.AsEnumerable());
        Assert.All(video.Instances.Skip(1), i => Assert.Empty(i.AreasPx));
        Assert.All(video.Instances.Skip(1), i => Assert.Empty(i.Boxes));
        Assert.Equal(0.5, video.Instances[2].Score);
    }

    [Theory]
    [InlineData("segmentations", "null, null", "expected 3 segmentations, one for each frame of the video, found 2")]
    [InlineData("segmentations", "", "expected 3 segmentations, one for each frame of the video, found 0")]
    [InlineData("areas", "1, 2, 3, 4", "expected 3 areas, one for each frame of the video, found 4")]
    [InlineData("bboxes", "null", "expected 3 bboxes, one for each frame of the video, found 1")]
    public void A_list_of_another_length_than_the_video_makes_it_bad(string name, string items, string message)
    {
        Problem problem = _files.ReadProblem(YtvisFiles.OneVideo(
            $$"""{"id": 918, "video_id": 7, "{{name}}": [{{items}}], "length": 3}"""));
        Assert.Equal(("FRAME_COUNT", message, "annotation 918"), (problem.Code, problem.Message, problem.Record));
    }

    [Fact]
    public void A_length_that_an_annotation_states_does_not_matter_and_that_of_a_video_is_told()
    {
        string json = YtvisFiles.OneVideo(YtvisFiles.Annotation("null, null, null", ", \"length\": 1"))
            .Replace("\"length\": 3", "\"length\": 4", StringComparison.Ordinal);
        using OpenDataset data = _files.Open(json);
        Assert.Equal(3, data.Read(0).Instances[0].Segmentations.Length);
        Assert.EndsWith("has 1 video whose length is not the number of frames: video 7 says 4 and has 3 " +
            "file_names; the file_names count", Assert.Single(_files.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LIST_SHAPE", "\"segmentations\": {}")]
    [InlineData("LIST_SHAPE", "\"areas\": 5")]
    [InlineData("FRAME_COUNT", "\"s\\u0065gmentations\": [null]")]
    public void What_is_no_list_of_entries_is_bad(string code, string member) => Assert.Equal(code,
        _files.ReadProblem(YtvisFiles.OneVideo($$"""{"id": 918, "video_id": 7, {{member}}}""")).Code);

    [Fact]
    public void A_bad_shape_is_told_with_its_frame_when_it_is_asked_for()
    {
        const string wrong = """{"counts": [3, 97], "size": [10, 10]}""";
        using OpenDataset data = _files.Open(YtvisFiles.OneVideo(YtvisFiles.Annotation($"null, {wrong}, null")));
        Instance instance = data.Read(0).Instances[0];
        Problem problem = Assert.Single(
            Assert.Throws<BadDataException>(() => instance.Segmentations).Problems);
        Assert.Equal(("RLE_SIZE", "annotation 918"), (problem.Code, problem.Record));
        Assert.Equal("in segmentations[1]: expected run lengths of the picture's size 10x20 (height x width), " +
            "found 10x10", problem.Message);
    }

    [Fact]
    public void Polygons_that_are_too_short_leave_a_frame_without_a_mask_where_that_is_asked_for()
    {
        string json = YtvisFiles.OneVideo(YtvisFiles.Annotation("[[1, 2, 3, 4]], null, null"));
        using OpenDataset data = (_files.Reader(json) with { ShortPolygons = ShortPolygons.Drop }).Open(_files.Context);
        Assert.Equal(SegmentationForm.EmptyList, data.Read(0).Instances[0].Segmentation.Form);
    }

    [Theory]
    [InlineData("""D:\\x\\train\\JPEGImages\\00003\\00000.jpg""", "00003/00000.jpg")]
    [InlineData("00003/00000.jpg", "00003/00000.jpg")]
    [InlineData("/data/JPEGImages/00003/00000.jpg", "00003/00000.jpg")]
    public void A_picture_is_found_by_the_last_two_parts_of_its_name(string name, string expected)
    {
        YtvisReader reader = _files.Reader($$"""{"videos": [{"id": 1, "file_names": ["{{name}}"]}]}""") with
        {
            Frames = InputPath.Of(_files["f"]),
        };
        using OpenDataset data = reader.Open(_files.Context);
        Sample video = data.Read(0);
        Assert.Equal("00003", video.Key);
        Assert.Equal(_files["f"] + "/" + expected, video.Frame.Photo!.FilePath);
        Assert.Equal(name.Replace("\\\\", "\\", StringComparison.Ordinal), video.Frame.Name);
    }

    [Theory]
    [InlineData("../00000.jpg")]
    [InlineData("""a\\..\\00000.jpg""")]
    [InlineData("C:/00000.jpg")]
    [InlineData("""v/a\u0000.jpg""")]
    public void A_name_that_leads_out_of_the_folder_makes_the_video_bad(string name)
    {
        string json = $$"""{"videos": [{"id": 1, "file_names": ["{{name}}"]}]}""";
        Problem problem = _files.ReadProblem(_files.Reader(json) with { Frames = InputPath.Of(_files["f"]) });
        Assert.Equal(("UNSAFE_NAME", "video 1"), (problem.Code, problem.Record));
        using OpenDataset data = _files.Open(json);
        Assert.Null(data.Read(0).Frame.Photo);
    }

    [Fact]
    public void Videos_that_share_a_folder_name_get_keys_that_tell_them_apart()
    {
        string[] names = ["a/rgb/0.jpg", "b/rgb/0.jpg", "c/0.jpg", "c/1.jpg", "0.jpg", """x\\c\\d\\0.jpg"""];
        string json = $$"""{"videos": [{{string.Join(", ", names.Select((n, i) =>
            $$"""{"id": {{i + 1}}, "file_names": ["{{n}}"]}"""))}}]}""";
        using OpenDataset data = _files.Open(json);
        Assert.Equal(["a/rgb", "b/rgb", "c#3", "c#4", "5", "d"], data.Plan.Select(p => p.Key));
        using OpenDataset byId = (_files.Reader(json) with { Key = YtvisKey.Id }).Open(_files.Context);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], byId.Plan.Select(p => p.Key));
    }

    [Fact]
    public void Results_find_their_videos_in_the_ground_truth()
    {
        _files.Reader(YtvisFiles.OneVideo(YtvisFiles.Annotation("null, null, null")), "truth.json");
        YtvisReader reader = _files.Reader(
            $$"""[{"video_id": 7, "category_id": 1, "segmentations": [{{Counts}}, null, null], "score": 0.50}]""") with
        {
            GroundTruth = InputPath.Of(_files["truth.json"]),
        };
        using OpenDataset data = reader.Open(_files.Context);
        Assert.True(data.Info.IsResults);
        Instance only = Assert.Single(data.Read(0).Instances);
        Assert.Null(only.Id);
        Assert.Equal(0.5, only.Score);
        Assert.Equal(2, data.InputFiles.Count);
        YtvisReader alone = reader with { GroundTruth = null };
        Assert.Equal("DOCUMENT_SHAPE", StageHarness.FailsWith(() => alone.Open(_files.Context)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"annotations\": null")]
    [InlineData(", \"annotations\": []")]
    public void A_file_need_not_have_annotations(string annotations)
    {
        using OpenDataset data = _files.Open($$"""{"videos": [{{YtvisFiles.Video()}}]{{annotations}}}""");
        Assert.Empty(data.Read(0).Instances);
    }

    [Fact]
    public void Void_pixels_and_palettes_of_frames_are_read()
    {
        string video = YtvisFiles.Video().Replace("\"length\": 3",
            $"\"length\": 3, \"void\": [null, {Counts}, null], \"palette\": \"00000080FF00\"",
            StringComparison.Ordinal);
        using OpenDataset data = _files.Open(YtvisFiles.Dataset(video));
        Sample read = data.Read(0);
        Assert.Null(read.Frames[0].Void);
        Assert.Equal(197, read.Frames[1].Void!.ToMask(10, 20)!.AreaPx);
        Assert.All(read.Frames, f => Assert.Equal(new Palette([0, 0, 0, 0x80, 0xFF, 0]), f.Palette));
    }

    [Theory]
    [InlineData("PALETTE", "\"palette\": \"00000\"")]
    [InlineData("PALETTE", "\"palette\": \"00000g\"")]
    [InlineData("PALETTE", "\"palette\": [null, 5, null]")]
    [InlineData("FRAME_COUNT", "\"palette\": [null]")]
    [InlineData("FRAME_COUNT", "\"void\": []")]
    [InlineData("FRAME_COUNT", "\"annotated_frames\": [true]")]
    [InlineData("LIST_SHAPE", "\"void\": {}")]
    [InlineData("VIDEO_SIZE", "\"width\": -3")]
    [InlineData("NO_FILE_NAMES", "\"file_names\": []")]
    [InlineData("NO_FILE_NAMES", "\"file_names\": null")]
    [InlineData("NO_FILE_NAMES", "\"file_names\": [1, 2, 3]")]
    public void A_malformed_video_is_bad(string code, string member)
    {
        string video = YtvisFiles.Video()[..^1] + ", " + member + "}";
        Problem problem = _files.ReadProblem(YtvisFiles.Dataset(video));
        Assert.Equal((code, "video 7"), (problem.Code, problem.Record));
    }

    [Fact]
    public void Annotations_of_unknown_videos_are_defects_and_ids_that_come_twice_are_told()
    {
        string good = YtvisFiles.Annotation("null, null, null");
        string stray = good.Replace("\"video_id\": 7", "\"video_id\": 8", StringComparison.Ordinal);
        using OpenDataset data = _files.Open(YtvisFiles.OneVideo(good, stray, """{"id": 3}"""));
        Assert.Equal(["UNKNOWN_VIDEO", "NO_VIDEO_ID"], data.Defects.Select(d => d.Problem.Code));
        Assert.Equal("expected a video_id of the file's videos, found 8", data.Defects[0].Problem.Message);
        Assert.EndsWith("has annotation ids more than once: 918; all are kept", Assert.Single(_files.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_videos_of_one_id_are_refused_unless_they_are_equal_and_that_is_asked_for()
    {
        string twice = YtvisFiles.Dataset(YtvisFiles.Video() + ", " + YtvisFiles.Video());
        Problem problem = _files.OpenProblem(twice);
        Assert.Equal("DUPLICATE_VIDEO", problem.Code);
        Assert.EndsWith("or set same_videos: merge_equal", problem.Remedy, StringComparison.Ordinal);
        using OpenDataset data =
            (_files.Reader(twice) with { SameVideos = SameRecords.MergeEqual }).Open(_files.Context);
        Assert.Equal("v", Assert.Single(data.Plan).Key);
    }

    [Fact]
    public void A_file_of_another_layout_is_named()
    {
        Problem vid = _files.OpenProblem("""
            {"videos": [{"id": 1, "name": "v"}], "images": [{"id": 1, "video_id": 1, "file_name": "v/0.jpg"}],
             "annotations": [{"id": 1, "video_id": 1, "image_id": 1, "instance_id": 1}]}
            """);
        Assert.Equal("COCO_VID", vid.Code);
        Assert.Contains("found a CocoVID file", vid.Message, StringComparison.Ordinal);
        Problem coco = _files.OpenProblem("""{"images": [{"id": 1, "file_name": "a.jpg"}]}""");
        Assert.Equal("NO_VIDEOS", coco.Code);
        Assert.Contains("read.coco", coco.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_differ_make_a_video_bad_where_they_are_verified()
    {
        Directory.CreateDirectory(_files["f/v"]);
        File.WriteAllBytes(_files["f/v/00000.jpg"], Picture(8, 6));
        string json = YtvisFiles.OneVideo(YtvisFiles.Annotation("""null, {"counts": [100], "size": [10, 10]}, null"""));
        YtvisReader reader = _files.Reader(json) with { Frames = InputPath.Of(_files["f"]) };
        using (OpenDataset trusted = reader.Open(_files.Context)) Assert.Single(trusted.Read(0).Instances);
        Problem problem = _files.ReadProblem(reader with { Sizes = YtvisSizes.Verify });
        Assert.Equal("VIDEO_SIZE", problem.Code);
        Assert.Equal("expected one size (width x height), found 20x10 in its record, 8x6 in the picture " +
            "'v/00000.jpg', 10x10 in run lengths of annotation 918", problem.Message);
    }

    private static byte[] Picture(int widthPx, int heightPx) =>
        PngWriter.EncodePhoto(new byte[3 * widthPx * heightPx], heightPx, widthPx, PngCompression.Fastest);

    [Fact]
    public void Keys_that_need_others_are_told() =>
        Assert.Equal(["'sizes: verify' needs 'frames'", "'find_by' needs 'frames'"],
            (_files.Reader("{}") with { Sizes = YtvisSizes.Verify, FindBy = PhotoLookup.FileName }).Check());
}
