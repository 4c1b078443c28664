using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.Ytvis;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Ytvis;

public sealed class YtvisWriterTests : IDisposable
{
    private const string Counts = """{"counts": [3, 197], "size": [10, 20]}""";
    private const string OddStart = """{"x": 1.50, "id": 918 , "length":1, "video_id": 7,"category_id" : 1, """;
    private const string OddShapes =
        """
        "segmentations": [null, [], {"counts": [200],"size": [10, 20]}], 
        """;
    private const string Odd = $$"""{{OddStart}}{{OddShapes}}"areas": [null,4.0 , 0]}""";

    private static readonly Segmentation Region =
        new MaskSegmentation(TestMasks.FirstPixels(10, 20, pixels: 5), SegmentationForm.LabelRegion);

    private static readonly DatasetInfo Videos = new() { Kind = SampleKind.Video };

    private readonly YtvisFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Untouched_records_are_copied_and_stand_on_lines_of_their_own()
    {
        string video = YtvisFiles.Video()
            .Replace("v/00005", """D:\\x\\JPEGImages\\v\\00005""", StringComparison.Ordinal);
        string second = Odd.Replace("918", "919", StringComparison.Ordinal);
        string[] expected =
        [
            "{\"videos\": [", video, "],", "\"annotations\": [", Odd + ",", second, "],",
            "\"categories\": [", """{"id": 1, "name": "thing", "partition": 2}""", "]}", "",
        ];
        Assert.Equal(string.Join('\n', expected),
            YtvisFiles.Write(_files.Reader(YtvisFiles.Dataset(video, Odd, second))));
    }

    [Fact]
    public void Annotations_keep_the_order_of_their_file_and_not_that_of_the_videos()
    {
        string videos = YtvisFiles.Video(1, "a") + ", " + YtvisFiles.Video(2, "b") + ", " + YtvisFiles.Video(3, "c");
        string json = YtvisFiles.Dataset(videos, [.. new[] { 3, 1, 2, 1, 3 }.Select((v, i) =>
            $$"""{"id": {{i}}, "video_id": {{v}}}""")]);
        JsonTokens.AssertEqual(json, YtvisFiles.Write(_files.Reader(json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"annotations\": null")]
    [InlineData(", \"annotations\": []")]
    public void A_file_without_annotations_is_written_back_as_it_is(string annotations)
    {
        string json = $$"""
            {"info": null{{annotations}}, "videos": [{{YtvisFiles.Video()}}], "licenses": [{"x": 1.0}]}
            """;
        JsonTokens.AssertEqual(json, YtvisFiles.Write(_files.Reader(json)));
    }

    [Fact]
    public void A_changed_member_is_written_anew_and_every_other_text_stays() => Assert.Equal(
        $$"""{{OddStart}}{{OddShapes}}"areas": [1, null, 2.5], "bboxes": [null, null, [1, 2, 3, 4.5]]}""",
        AnnotationOf(i => i with { AreasPx = [1, null, 2.5], Boxes = [null, null, new Box(1, 2, 3, 4.5)] }));

    [Fact]
    public void Changed_shapes_keep_their_states_and_forms()
    {
        string written = AnnotationOf(i => i with
        {
            Segmentations =
            [
                Segmentation.Missing,
                new PolygonSegmentation([[1, 2, 3, 4, 5, 0.5]]),
                new MaskSegmentation(Mask.Empty(10, 20), SegmentationForm.Counts),
            ],
            AreasPx = [],
        });
        Assert.EndsWith("\"segmentations\": [null, [[1, 2, 3, 4, 5, 0.5]], {\"counts\": [200], \"size\": [10, 20]}]}",
            written, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_of_no_source_gets_a_complete_record_and_a_free_id()
    {
        Instance made = new()
        {
            CategoryId = new RecordId(1),
            Segmentations = [Segmentation.Null, Region, Segmentation.Null],
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("object_id", "4"),
        };
        string written = YtvisFiles.Write(
            _files.Reader(YtvisFiles.OneVideo(Odd)), s => s with { Instances = [.. s.Instances, made] });
        Assert.Contains("\n{\"id\": 919, \"video_id\": 7, \"category_id\": 1, " +
            "\"segmentations\": [null, {\"size\": [10, 20], \"counts\": \"05S6\"}, null], " +
            "\"bboxes\": [null, [0, 0, 1, 5], null], \"areas\": [null, 5, null], " +
            "\"width\": 20, \"height\": 10, \"length\": 3, \"object_id\": 4}\n", written, StringComparison.Ordinal);
        using OpenDataset again = _files.Open(written);
        Assert.Equal("4", again.Read(0).Instances[1].MemberText("object_id"));
    }

    [Fact]
    public void An_object_that_is_absent_stays_null_even_as_a_region_without_pixels()
    {
        var nothing = new MaskSegmentation(Mask.Empty(10, 20), SegmentationForm.LabelRegion);
        Instance made = StageHarness.Object(1) with { Segmentations = [Segmentation.Missing, nothing, Region] };
        string written = YtvisFiles.Write(Videos, StageHarness.Video("v", 3, made));
        Assert.Contains("\"segmentations\": [null, null, {", written, StringComparison.Ordinal);
        Assert.Contains("\"bboxes\": [null, null, [0, 0, 1, 5]], \"areas\": [null, null, 5]", written,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Areas_and_boxes_that_a_stage_states_are_not_measured()
    {
        Instance made = StageHarness.Object(1) with
        {
            Segmentations = [Region],
            AreasPx = [7],
            Boxes = [null],
        };
        string written = YtvisFiles.Write(Videos, StageHarness.Video("v", 1, made));
        Assert.Contains("\"bboxes\": [null], \"areas\": [7]", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_no_source_make_a_whole_file()
    {
        Category[] categories = [new(new RecordId(1), "a")];
        var info = new DatasetInfo { Kind = SampleKind.Video, Taxonomy = new Taxonomy([.. categories], true) };
        Sample first = StageHarness.Video("é", 2, StageHarness.Object(5)) with
        {
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("split", "\"val\""),
        };
        JsonTokens.AssertEqual("""
            {"info": {}, "licenses": [],
             "videos": [{"id": 1, "width": 20, "height": 10, "length": 2,
                         "file_names": ["é/00000.jpg", "é/00001.jpg"], "split": "val"},
                        {"id": 2, "width": 20, "height": 10, "length": 1, "file_names": ["b/00000.jpg"]}],
             "annotations": [{"id": 5, "video_id": 1, "category_id": 1, "width": 20, "height": 10, "length": 2}],
             "categories": [{"id": 1, "name": "a"}]}
            """, YtvisFiles.Write(info, first, StageHarness.Video("b", 1)));
    }

    [Fact]
    public void A_video_cut_down_to_some_frames_says_so_in_its_record_and_in_its_annotations()
    {
        string written = YtvisFiles.Write(_files.Reader(YtvisFiles.OneVideo(Odd)), s => s with
        {
            Frames = [s.Frames[0] with { WidthPx = 5 }, s.Frames[2] with { WidthPx = 5 }],
            Instances = [.. s.Instances.Select(i => i with { Segmentations = [], AreasPx = [4, 0] })],
            RecordChanged = true,
        });
        Assert.Contains("""
            {"id": 7, "width": 5, "height": 10, "length": 2, "file_names": ["v/00000.jpg", "v/00010.jpg"]}
            """, written, StringComparison.Ordinal);
        Assert.Contains("""
            {"x": 1.50, "id": 918 , "length":2, "video_id": 7,"category_id" : 1, "areas": [4, 0]}
            """, written, StringComparison.Ordinal);
    }

    [Fact]
    public void Void_pixels_and_palettes_are_kept_and_come_back()
    {
        Sample video = StageHarness.Video("v", 3);
        Palette odd = new([1, 2, 3, 0xAB, 0, 0]);
        Sample marked = video with
        {
            Frames =
            [
                video.Frames[0] with { Void = Region, Palette = odd },
                video.Frames[1] with { Palette = Palette.Voc },
                video.Frames[2] with { Palette = odd },
            ],
        };
        string written = YtvisFiles.Write(Videos, marked);
        Assert.Contains("\"void\": [{\"size\": [10, 20], \"counts\": \"05S6\"}, null, null], " +
            "\"palette\": [\"010203ab0000\", null, \"010203ab0000\"]}", written, StringComparison.Ordinal);
        using OpenDataset again = _files.Open(written);
        ImmutableArray<Frame> read = again.Read(0).Frames;
        Assert.Equal([odd, null, odd], read.Select(f => f.Palette));
        Assert.Equal(Region.ToMask(10, 20), read[0].Void!.ToMask(10, 20));
        Assert.Null(read[2].Void);
    }

    [Fact]
    public void The_palette_of_VOC_is_not_written_and_one_that_all_frames_share_once()
    {
        Sample video = StageHarness.Video("v", 2);
        string With(Palette palette) => YtvisFiles.Write(Videos,
            video with { Frames = [.. video.Frames.Select(f => f with { Palette = palette })] });
        Assert.DoesNotContain("palette", With(Palette.Voc), StringComparison.Ordinal);
        Assert.Contains("\"palette\": \"0a0b0c\"}", With(new Palette([10, 11, 12])), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_length_strings_are_escaped_and_read_back()
    {
        uint[] counts = [44, 2, 92, 1, 61];
        var shape = new MaskSegmentation(Mask.FromCounts(10, 20, counts), SegmentationForm.LabelRegion);
        Assert.Contains('\\', shape.Mask.ToCocoString());
        Instance made = StageHarness.Object(1) with { Segmentations = [shape, shape] };
        string written = YtvisFiles.Write(Videos, StageHarness.Video("v", 2, made));
        using OpenDataset again = _files.Open(written);
        Assert.All(again.Read(0).Instances[0].Segmentations, s => Assert.Equal(shape.Mask, s.ToMask(10, 20)));
    }

    [Fact]
    public void Results_are_written_back_as_a_list()
    {
        _files.Reader(YtvisFiles.OneVideo(), "truth.json");
        const string list = $$"""
            [
            {"video_id": 7, "score": 0.950, "category_id": 1, "segmentations": [{{Counts}}, null, null]},
            {"video_id": 7, "score": 1e-3, "category_id": 1, "segmentations": [null, null, null]}
            ]

            """;
        YtvisReader reader = _files.Reader(list) with { GroundTruth = InputPath.Of(_files["truth.json"]) };
        Assert.Equal(list, YtvisFiles.Write(reader, writer: YtvisFiles.Writer with { As = FileContent.Results }));
    }

    [Fact]
    public void Dense_ids_count_in_the_order_of_the_file_and_the_map_tells_the_old_ones()
    {
        using var release = new TestReleaseFolder();
        string json = YtvisFiles.Dataset(YtvisFiles.Video(30, "a") + ", " + YtvisFiles.Video(20, "b"),
            """{"id": 9, "video_id": 20}""", """{"video_id": 30, "id": 4}""");
        YtvisWriter writer = YtvisFiles.Writer with
        {
            Ids = RecordNumbering.Dense,
            IdMap = ReleaseName.From("ids.json"),
        };
        RoundTrip.Run(_files.Reader(json), writer, release);
        JsonTokens.AssertEqual(YtvisFiles.Dataset(YtvisFiles.Video(1, "a") + ", " + YtvisFiles.Video(2, "b"),
            """{"id": 1, "video_id": 2}""", """{"video_id": 1, "id": 2}"""), release[YtvisFiles.OutName]);
        JsonTokens.AssertEqual("""{"videos": [[1, 30], [2, 20]], "annotations": [[2, 4], [1, 9]]}""",
            release["ids.json"]);
        Assert.Equal(["out.json videos 2", "out.json annotations 2"], release.Records);
    }

    [Fact]
    public void Pictures_go_into_the_folders_of_their_videos()
    {
        using var release = new TestReleaseFolder();
        YtvisReader reader = _files.Reader(
            """{"videos": [{"id": 1, "file_names": ["D:\\x\\v\\0.jpg", "v/1.jpg"]}]}""");
        RoundTrip.Run(reader with { Frames = InputPath.Of(_files["f"]) },
            YtvisFiles.Writer with { Frames = MediaTransfer.Hardlink }, release);
        Assert.Equal([
            ("JPEGImages/v/0.jpg", _files["f"] + "/v/0.jpg", MediaTransfer.Hardlink),
            ("JPEGImages/v/1.jpg", _files["f"] + "/v/1.jpg", MediaTransfer.Hardlink)], release.Photos);
        Assert.Contains("""["D:\\x\\v\\0.jpg", "v/1.jpg"]""", release[YtvisFiles.OutName], StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        DatasetInfo info = new() { Kind = SampleKind.Video };
        Sample video = StageHarness.Video("v", 2);
        Instance three = StageHarness.Object(1) with { Segmentations = [Region, Region, Region] };
        Assert.Equal("FRAME_COUNT", Fails(() => YtvisFiles.Write(info, video with { Instances = [three] })));
        Frame small = video.Frames[1] with { WidthPx = 4 };
        Assert.Equal("FRAME_SIZE", Fails(() => YtvisFiles.Write(info, video with { Frames = [video.Frame, small] })));
        Sample one = video with { Id = new RecordId(1) };
        Assert.Equal("DUPLICATE_VIDEO", Fails(() => YtvisFiles.Write(info, one, one)));
        using var release = new TestReleaseFolder();
        YtvisWriter copying = YtvisFiles.Writer with { Frames = MediaTransfer.Copy };
        Assert.Equal("NO_PICTURE", Fails(() => RoundTrip.Write([video], copying, release, info)));
        Problem images = Assert.Single(Assert.Throws<BadDataException>(
            () => copying.Open(new DatasetInfo(), release, _files.Context)).Problems);
        Assert.Equal("NOT_VIDEOS", images.Code);
        Assert.Contains("to_video", images.Remedy, StringComparison.Ordinal);
        Assert.Single((copying with { As = FileContent.Results, Ids = RecordNumbering.Dense }).Check());
    }

    private static string Fails(Action action) => StageHarness.FailsWith(action);

    private string AnnotationOf(Func<Instance, Instance> change)
    {
        string written = YtvisFiles.Write(_files.Reader(YtvisFiles.OneVideo(Odd)),
            s => s with { Instances = [.. s.Instances.Select(change)] });
        return written.Split('\n').Single(line => line.Contains("video_id", StringComparison.Ordinal));
    }
}
