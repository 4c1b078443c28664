using System.Collections.Immutable;
using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Coco;

public sealed class CocoWriterTests : IDisposable
{
    private const string Odd =
        """{"x": 1.50, "id": 918 , "area":4.0, "image_id": 7,"category_id" : 1, "bbox": [1,2,3,4]}""";

    private readonly CocoFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Untouched_records_are_copied_and_stand_on_lines_of_their_own()
    {
        string json = CocoFiles.OneImage(Odd, Odd.Replace("918", "919", StringComparison.Ordinal));
        string written = CocoRoundTrip.Run(_files.Reader(json));
        string[] expected =
        [
            "{\"images\": [", """{"id": 7, "file_name": "a.jpg", "width": 20, "height": 10}""", "],",
            "\"annotations\": [", Odd + ",", Odd.Replace("918", "919", StringComparison.Ordinal), "],",
            "\"categories\": [", """{"id": 1, "name": "thing"}""", "]}", "",
        ];
        Assert.Equal(string.Join('\n', expected), written);
    }

    [Fact]
    public void A_changed_member_is_written_anew_and_every_other_text_stays()
    {
        string written = AnnotationOf(i => i with { AreasPx = [12.5], Boxes = [new Box(0.1, -2, 1e21, 3)] });
        Assert.Equal(
            """{"x": 1.50, "id": 918 , "area":12.5, "image_id": 7,"category_id" : 1, "bbox": [0.1, -2, 1E+21, 3]}""",
            written);
    }

    [Fact]
    public void New_members_stand_at_the_end_and_removed_ones_leave_no_trace()
    {
        Assert.Equal(
            """{"x": 2, "id": 5, "image_id": 7,"category_id" : "b", "iscrowd": 1, "score": 0.25, "seen": [null]}""",
            AnnotationOf(i => i with
            {
                Id = new RecordId(5),
                CategoryId = RecordId.FromString("b"),
                IsCrowd = true,
                AreasPx = [],
                Boxes = [],
                Score = 0.25,
                ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("seen", "[null]").Add("x", "2"),
            }, """{"id": "b"}"""));
        Assert.Equal("""{"x": 1.50, "id": 918 , "area":4.0, "image_id": 7, "bbox": [1,2,3,4]}""",
            AnnotationOf(i => i with { CategoryId = null, Segmentations = [Segmentation.Missing], Score = null }));
    }

    [Theory]
    [InlineData(SegmentationForm.Counts, """{"counts": [3, 197], "size": [10, 20]}""")]
    [InlineData(SegmentationForm.CompressedCounts, """{"size": [10, 20], "counts": "3U6"}""")]
    [InlineData(SegmentationForm.LabelRegion, """{"size": [10, 20], "counts": "3U6"}""")]
    public void A_mask_is_written_in_its_form(SegmentationForm form, string expected)
    {
        var shape = new MaskSegmentation(Mask.FromCounts(10, 20, [3, 197]), form);
        Assert.Contains($"\"segmentation\": {expected}}}", AnnotationOf(i => i with { Segmentations = [shape] }));
    }

    [Fact]
    public void Polygons_null_and_empty_lists_are_written_as_they_are()
    {
        var polygons = new PolygonSegmentation([[1, 2.25, 3, 4, 5, 0.1], [-0.5, 1, 2, 3, 4, 5]]);
        Assert.Contains("\"segmentation\": [[1, 2.25, 3, 4, 5, 0.1], [-0.5, 1, 2, 3, 4, 5]]}",
            AnnotationOf(i => i with { Segmentations = [polygons] }), StringComparison.Ordinal);
        Assert.EndsWith("[]}", AnnotationOf(i => i with { Segmentations = [Segmentation.EmptyList] }));
        Assert.EndsWith("null}", AnnotationOf(i => i with { Segmentations = [Segmentation.Null] }));
    }

    [Fact]
    public void Run_length_strings_are_escaped_and_read_back()
    {
        uint[] counts = [44, 2, 92, 1, 61];
        var shape = new MaskSegmentation(Mask.FromCounts(10, 20, counts), SegmentationForm.CompressedCounts);
        Assert.Contains('\\', shape.Mask.ToCocoString());
        string written = CocoRoundTrip.Run(
            _files.Reader(CocoFiles.OneImage(Odd)), s => OnEach(s, i => i with { Segmentations = [shape] }));
        using OpenDataset again = _files.Open(written);
        var read = Assert.IsType<MaskSegmentation>(again.Read(0).Instances[0].Segmentation);
        Assert.Equal(counts, read.Mask.Counts.ToArray());
    }

    [Fact]
    public void An_instance_of_no_source_gets_a_complete_record_and_free_ids()
    {
        var mask = new MaskSegmentation(Mask.FromCounts(10, 20, [0, 10, 190]), SegmentationForm.Counts);
        Instance made = new() { CategoryId = new RecordId(1), Segmentations = [mask], IsCrowd = false };
        Instance measured = made with { AreasPx = [7], Boxes = [new Box(1, 2, 3, 4)] };
        string written = CocoRoundTrip.Run(_files.Reader(CocoFiles.OneImage(Odd)),
            s => s with { Instances = [made, .. s.Instances, measured] });
        const string shape = "\"segmentation\": {\"counts\": [0, 10, 190], \"size\": [10, 20]}";
        string[] lines = written.Split('\n');
        int at = Array.IndexOf(lines, Odd + ",");
        Assert.Equal("{\"id\": 919, \"image_id\": 7, \"category_id\": 1, " + shape +
            ", \"area\": 10, \"bbox\": [0, 0, 1, 10], \"iscrowd\": 0},", lines[at + 1]);
        Assert.Equal("{\"id\": 920, \"image_id\": 7, \"category_id\": 1, " + shape +
            ", \"area\": 7, \"bbox\": [1, 2, 3, 4], \"iscrowd\": 0}", lines[at + 2]);
    }

    [Fact]
    public void Members_set_by_a_stage_replace_those_of_the_instance_and_unknown_sizes_measure_nothing()
    {
        using var release = new TestReleaseFolder();
        Instance made = StageHarness.Object(5) with
        {
            Segmentations = [new PolygonSegmentation([[1, 1, 1, 4, 4, 4]])],
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("category_id", "2"),
        };
        Sample sample = StageHarness.Image("a", made) with { Frames = [new Frame("a", 0, 0)] };
        CocoRoundTrip.Write([sample], release, new DatasetInfo());
        Assert.Contains(
            "\n{\"id\": 5, \"image_id\": 1, \"segmentation\": [[1, 1, 1, 4, 4, 4]], \"category_id\": 2}\n",
            release[CocoRoundTrip.FileName]);
    }

    [Fact]
    public void Samples_of_no_source_make_a_whole_file()
    {
        using var release = new TestReleaseFolder();
        Sample[] samples = [StageHarness.Image("é\"\n", StageHarness.Object(5)), StageHarness.Image("b")];
        Category[] categories = [new(new RecordId(1), "a \\", "s"), new(new RecordId(2), null)];
        var info = new DatasetInfo { Taxonomy = new Taxonomy([.. categories], IsDeclared: true) };
        CocoRoundTrip.Write(samples, release, info);
        JsonTokens.AssertEqual("""
            {"info": {}, "licenses": [],
             "images": [{"id": 1, "file_name": "é\"\n.jpg", "width": 20, "height": 10},
                        {"id": 2, "file_name": "b.jpg", "width": 20, "height": 10}],
             "annotations": [{"id": 5, "image_id": 1, "category_id": 1}],
             "categories": [{"id": 1, "name": "a \\", "supercategory": "s"}, {"id": 2}]}
            """, release[CocoRoundTrip.FileName]);
        Assert.Equal(["out.json images 2", "out.json annotations 1"], release.Records);
    }

    [Fact]
    public void A_changed_image_is_rewritten_member_by_member_and_its_annotations_follow_its_id()
    {
        string json = CocoFiles.OneImage(Odd).Replace("\"width\": 20", "\"width\": 20.0", StringComparison.Ordinal);
        string written = CocoRoundTrip.Run(_files.Reader(json), s => s with
        {
            Id = RecordId.FromString("seven"),
            Frames = [s.Frame with { Name = "a.png", HeightPx = 5 }],
            RecordChanged = true,
        });
        Assert.Contains("""{"id": "seven", "file_name": "a.png", "width": 20.0, "height": 5}""", written);
        Assert.Contains(Odd.Replace("\"image_id\": 7", "\"image_id\": \"seven\"", StringComparison.Ordinal), written);
    }

    [Fact]
    public void An_LVIS_image_gets_no_file_name_unless_it_was_renamed()
    {
        const string json = """{"images": [{"id": 1, "coco_url": "http://x/val/1.jpg", "width": 4, "height": 4}]}""";
        Sample Halved(Sample s) => s with { Frames = [s.Frame with { WidthPx = 2 }], RecordChanged = true };
        Assert.Contains("""{"id": 1, "coco_url": "http://x/val/1.jpg", "width": 2, "height": 4}""",
            CocoRoundTrip.Run(_files.Reader(json), Halved));
    }

    [Fact]
    public void An_annotation_of_another_file_gets_the_id_of_its_new_image()
    {
        using OpenDataset other = _files.Reader(
            """{"images": [{"id": 99, "file_name": "a.jpg"}], "annotations": [{"id": 5, "image_id": 99}]}""",
            "other.json").Open(_files.Context);
        string written = CocoRoundTrip.Run(
            _files.Reader(CocoFiles.OneImage(Odd)), s => s with { Instances = other.Read(0).Instances });
        Assert.Contains("\"annotations\": [\n{\"id\": 5, \"image_id\": 7}\n]", written);
    }

    [Fact]
    public void Dense_ids_count_in_the_order_of_the_file_and_the_map_tells_the_old_ones()
    {
        using var release = new TestReleaseFolder();
        CocoRoundTrip.Run(_files.Reader("""
            {"images": [{"id": 30, "file_name": "a"}, {"id": "x", "file_name": "b"}],
             "annotations": [{"id": 9, "image_id": "x", "k": 1}, {"image_id": 30, "k": 2, "id": 4},
                             {"k": 3, "image_id": "x"}]}
            """), release, writer: new CocoWriter
        {
            File = ReleaseName.From(CocoRoundTrip.FileName),
            Ids = RecordNumbering.Dense,
            IdMap = ReleaseName.From("ids.json"),
        });
        JsonTokens.AssertEqual("""
            {"images": [{"id": 1, "file_name": "a"}, {"id": 2, "file_name": "b"}],
             "annotations": [{"id": 1, "image_id": 2, "k": 1}, {"image_id": 1, "k": 2, "id": 2},
                             {"k": 3, "image_id": 2, "id": 3}]}
            """, release[CocoRoundTrip.FileName]);
        JsonTokens.AssertEqual("""{"images": [[1, 30], [2, "x"]], "annotations": [[2, 4], [1, 9], [3, null]]}""",
            release["ids.json"]);
    }

    [Fact]
    public void Results_written_as_a_dataset_get_ids()
    {
        _files.Reader(CocoFiles.OneImage(CocoFiles.Annotation("[]")), "truth.json");
        CocoReader reader = _files.Reader("""[{"image_id": 7, "category_id": 1, "score": 0.50}]""") with
        {
            GroundTruth = InputPath.Of(_files["truth.json"]),
        };
        Assert.Contains(
            """
            [
            {"image_id": 7, "category_id": 1, "score": 0.50, "id": 1}
            ]
            """, CocoRoundTrip.Run(reader));
    }

    [Fact]
    public void Pictures_go_into_their_folder_under_their_names_and_the_file_keeps_the_names()
    {
        using var release = new TestReleaseFolder();
        string json = CocoFiles.OneImage(Odd).Replace("a.jpg", "d/a.jpg", StringComparison.Ordinal);
        CocoReader reader = _files.Reader(json) with { Images = InputPath.Of(_files["p"]) };
        CocoRoundTrip.Run(reader, release, writer: new CocoWriter
        {
            File = ReleaseName.From(CocoRoundTrip.FileName),
            Images = MediaTransfer.Hardlink,
            ImagesDir = ReleaseName.From("val"),
        });
        Assert.Equal([("val/d/a.jpg", _files["p"] + "/d/a.jpg", MediaTransfer.Hardlink)], release.Photos);
        JsonTokens.AssertEqual(json, release[CocoRoundTrip.FileName]);
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        var copying = new CocoWriter { File = ReleaseName.From(CocoRoundTrip.FileName), Images = MediaTransfer.Copy };
        CocoReader reader = _files.Reader(CocoFiles.OneImage(Odd));
        Assert.Equal("NO_PICTURE", Fails(() => CocoRoundTrip.Run(reader, writer: copying)));
        string device = CocoFiles.OneImage(Odd).Replace("a.jpg", "con.jpg", StringComparison.Ordinal);
        CocoReader unsafeName = _files.Reader(device);
        CocoReader withPictures = unsafeName with { Images = InputPath.Of(_files["p"]) };
        Assert.Equal("UNSAFE_NAME", Fails(() => CocoRoundTrip.Run(withPictures, writer: copying)));
        Assert.Equal("UNKNOWN_CATEGORY", Fails(
            () => CocoRoundTrip.Run(reader, s => OnEach(s, i => i with { CategoryId = new RecordId(9) }))));
        Assert.Equal("DUPLICATE_IMAGE", Fails(() =>
        {
            using var release = new TestReleaseFolder();
            Sample sample = StageHarness.Image("a") with { Id = new RecordId(1) };
            CocoRoundTrip.Write([sample, sample], release, new DatasetInfo());
        }));
        using var folder = new TestReleaseFolder();
        Assert.Equal("NOT_IMAGES", Fails(
            () => copying.Open(new DatasetInfo { Kind = SampleKind.Video }, folder, _files.Context)));
        Assert.Single((copying with { As = FileContent.Results, Ids = RecordNumbering.Dense }).Check());
    }

    private static string Fails(Action action) => Assert.Single(Assert.Throws<BadDataException>(action).Problems).Code;

    private static Sample OnEach(Sample sample, Func<Instance, Instance> change) =>
        sample with { Instances = [.. sample.Instances.Select(change)] };

    private string AnnotationOf(Func<Instance, Instance> change, string category = """{"id": 1, "name": "thing"}""")
    {
        const string thing = """{"id": 1, "name": "thing"}""";
        string json = CocoFiles.OneImage(Odd).Replace(thing, category, StringComparison.Ordinal);
        if (category.Contains("\"b\"", StringComparison.Ordinal))
            json = json.Replace("\"category_id\" : 1", "\"category_id\" : \"b\"", StringComparison.Ordinal);
        string written = CocoRoundTrip.Run(_files.Reader(json), s => OnEach(s, change));
        return written.Split('\n').Single(line => line.Contains("image_id", StringComparison.Ordinal));
    }
}
