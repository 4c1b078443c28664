using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegPipeline.Formats;
using SegPipeline.Formats.CocoPanoptic;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.CocoPanoptic;

public sealed class CocoPanopticWriterTests
{
    private static readonly CocoPanopticWriter Stage = new() { File = ReleaseName.From("ann/p.json") };

    [Fact]
    public void What_nobody_changed_is_written_back_verbatim()
    {
        using var folder = new TempFolder();
        using var release = new TestReleaseFolder();
        Assert.Empty(PanopticFiles.Pass(PanopticFiles.Reader(folder), Stage, release));
        Assert.Equal(["ann/p.json", "ann/p/a.png"], release.Names);
        Assert.Equal([300u, 300, 7, 0], PanopticFiles.Ids(release.Bytes("ann/p/a.png")));
        Assert.Contains(PanopticFiles.Annotation, release["ann/p.json"], StringComparison.Ordinal);
        Assert.Contains("\"x\": 1.0}", release["ann/p.json"], StringComparison.Ordinal);
        Assert.Equal(["ann/p.json images 1", "ann/p.json annotations 1"], release.Records);
    }

    [Fact]
    public void Of_a_changed_segment_only_what_changed_is_written_anew()
    {
        using var folder = new TempFolder();
        using var release = new TestReleaseFolder();
        PanopticFiles.Pass(PanopticFiles.Reader(folder), Stage, release, image => image with
        {
            Instances = [image.Instances[0] with { CategoryId = new RecordId(187) }, image.Instances[1]],
        });
        Assert.Equal(PanopticFiles.Annotation.Replace("\"category_id\": 1,", "\"category_id\": 187,",
            StringComparison.Ordinal), Annotation(release));
    }

    [Fact]
    public void A_new_mask_gets_its_area_and_box_and_a_dropped_segment_is_gone()
    {
        using var folder = new TempFolder();
        using var release = new TestReleaseFolder();
        PanopticFiles.Pass(PanopticFiles.Reader(folder), Stage, release, image => image with
        {
            Instances = [image.Instances[0] with { Segmentations = [PanopticFiles.Shape("0111")] }],
        });
        Assert.Equal("""{"segments_info": [{"area": 3, "category_id": 1, "iscrowd": 0, "id": 300, "bbox": """ +
            """[1, 0, 3, 1], "x": null}], "file_name": "a.png", "image_id": 7, "note": "ä"}""", Annotation(release));
        Assert.Equal([0u, 300, 300, 300], PanopticFiles.Ids(release.Bytes("ann/p/a.png")));
    }

    [Fact]
    public void Instances_of_other_formats_get_ids_areas_and_boxes()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty(Stage.Write(release, Info(), Image(
            Object(1, "1100") with { Id = new RecordId(99), AreasPx = [1.5] }, Object(187, "0010", number: 5),
            Object(1, "0001"))));
        Assert.Equal("""{"segments_info": [{"id": 1, "category_id": 1, "area": 2, "bbox": [0, 0, 2, 1], """ +
            "\"iscrowd\": 0" + """}, {"id": 5, "category_id": 187, "area": 1, "bbox": [2, 0, 1, 1], "iscrowd": 0}""" +
            """, {"id": 2, "category_id": 1, "area": 1, "bbox": [3, 0, 1, 1], "iscrowd": 0}], """ +
            "\"file_name\": \"train/a.png\", \"image_id\": 1}", Annotation(release));
        Assert.Equal([1u, 1, 5, 2], PanopticFiles.Ids(release.Bytes("ann/p/train/a.png")));
    }

    [Fact]
    public void Ids_can_be_dense_or_follow_the_colours_of_categories()
    {
        using var dense = new TestReleaseFolder();
        Sample image = Image(Object(1, "1000", number: 9), Object(1, "0100", number: 9), Object(187, "0011"));
        (Stage with { Ids = SegmentNumbering.Dense }).Write(dense, Info(), image);
        Assert.Equal([1u, 2, 3, 3], PanopticFiles.Ids(dense.Bytes("ann/p/train/a.png")));
        using var color = new TestReleaseFolder();
        (Stage with { Ids = SegmentNumbering.Color }).Write(color, Info(), image);
        const uint red = 220 + 256 * 20 + 65536 * 60, blue = 70 + 256 * 130 + 65536 * 180;
        Assert.Equal([red, red + 1, blue, blue], PanopticFiles.Ids(color.Bytes("ann/p/train/a.png")));
    }

    [Theory]
    [InlineData("9", "9", "expected every segment of an image to have a number of its own, found object_id 9 twice")]
    [InlineData("1", "16777216", "expected an object_id from 1 to 16777215, found 16777216")]
    [InlineData("1", "\"x\"", "expected an object_id from 1 to 16777215, found \"x\"")]
    public void Numbers_that_cannot_be_ids_are_refused(string one, string two, string message)
    {
        Sample image = Image(WithNumber(Object(1, "1000"), one), WithNumber(Object(1, "0100"), two));
        Assert.Equal($"image a: {message}; set ids: dense [SEGMENT_ID]", Fault(Stage, image));
    }

    [Fact]
    public void Overlaps_are_refused_with_remedies_that_work()
    {
        Sample image = Image(Object(1, "1110"), Object(187, "0110"), Object(1, "0111"));
        Assert.Equal("segment 2 shares 2 pixels of image 'train/a.jpg' with others, a label image has one label a " +
            "pixel; put flatten before it, or set overlap: lowest_wins or highest_wins [OVERLAP]", Fault(Stage, image));
        using var release = new TestReleaseFolder();
        Assert.Equal(["2 shapes lost 4 pixels to shapes of lower label, 1 of them all pixels; a label image has one " +
            "label a pixel"], (Stage with { Overlap = OverlapRule.LowestWins }).Write(release, Info(), image));
        Assert.Equal([1u, 1, 1, 3], PanopticFiles.Ids(release.Bytes("ann/p/train/a.png")));
        Assert.Equal(["1 3 [0,0,3,1]", "3 1 [3,0,1,1]"], Segments(release));
    }

    [Fact]
    public void Stuff_of_a_category_can_be_one_segment()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image(Object(187, "1000"), Object(1, "0100"), Object(187, "0001"), Object(1, "0010"));
        Assert.Equal(["1 instance of stuff became part of the first of the same category"],
            (Stage with { Stuff = StuffSegments.Merge }).Write(release, Info(), image));
        Assert.Equal(["1 2 [0,0,4,1]", "2 1 [1,0,1,1]", "3 1 [2,0,1,1]"], Segments(release));
    }

    [Fact]
    public void Images_without_anything_get_no_annotation_and_void_alone_gets_one()
    {
        using var release = new TestReleaseFolder();
        Sample image = Image();
        Sample other = image with
        {
            Key = "b",
            Frames = [image.Frame with { Name = "b.jpg", Void = PanopticFiles.Shape("1111") }],
        };
        Sample boxed = image with
        {
            Key = "c",
            Frames = [image.Frame with { Name = "c.jpg" }],
            Instances = [new Instance { CategoryId = new RecordId(1), Segmentations = [Segmentation.EmptyList] }],
        };
        Assert.Equal(["1 instance without a shape or a pixel became no segment",
            "1 image with neither instances nor void got no annotation"],
            Stage.Write(release, Info(), image, other, boxed));
        Assert.Equal(["ann/p.json", "ann/p/b.png", "ann/p/c.png"], release.Names);
        using JsonDocument file = JsonDocument.Parse(release["ann/p.json"]);
        Assert.Equal([2, 3], file.RootElement.GetProperty("annotations").EnumerateArray()
            .Select(a => a.GetProperty("image_id").GetInt32()));
    }

    [Fact]
    public void What_categories_lack_is_added_and_told_of()
    {
        using var release = new TestReleaseFolder();
        var info = new DatasetInfo
        {
            Taxonomy = new Taxonomy([new Category(new RecordId(1), "ape", "animal")], IsDeclared: true),
        };
        Assert.Equal(["1 category does not say isthing, which is written as that of a thing"],
            Stage.Write(release, info, Image(Object(1, "1000"))));
        Assert.Contains("""
            {"id": 1, "name": "ape", "supercategory": "animal", "isthing": 1, "color": [128, 0, 0]}
            """.Trim(), release["ann/p.json"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_of_a_category_that_is_none_is_told_of()
    {
        using var release = new TestReleaseFolder();
        var category = new Category(new RecordId(1), "ape")
        {
            SourceRecord = JsonSlice.FromText("""{"id": 1, "isthing": 1, "color": ["red"]}"""),
        };
        var info = new DatasetInfo { Taxonomy = new Taxonomy([category], IsDeclared: true) };
        Assert.Equal("(text) (byte 0), category 1: expected finite numbers in the color, found '\"red\"'; correct " +
            "the record [NOT_A_NUMBER]",
            Assert.Throws<BadDataException>(() => Stage.Write(release, info)).Problems[0].ToString());
    }

    [Fact]
    public void Videos_unknown_categories_and_files_of_another_name_are_refused()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal("NOT_IMAGES", StageHarness.FailsWith(
            () => Stage.Open(new DatasetInfo { Kind = SampleKind.Video }, release, StageHarness.Context)));
        Assert.EndsWith("[UNKNOWN_CATEGORY]", Fault(Stage, Image(Object(5, "1000"))), StringComparison.Ordinal);
        Assert.Equal(["'panoptic' must name the folder of the PNGs, since 'file' does not end in .json"],
            (Stage with { File = ReleaseName.From("p") }).Check());
    }

    [RealDataFact]
    public void Real_files_come_back_token_for_token_and_pixel_for_pixel()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty(PanopticFiles.Pass(PanopticFiles.RealReader(), Stage, release));
        string before = File.ReadAllText(Path.Combine(PanopticFiles.Real, "panoptic_examples.json"));
        Assert.Equal(JsonNode.Parse(before)!.ToJsonString(), JsonNode.Parse(release["ann/p.json"])!.ToJsonString());
        foreach (string name in (string[])["000000142238.png", "000000439180.png"])
            Assert.Equal(
                PanopticFiles.Ids(File.ReadAllBytes(Path.Combine(PanopticFiles.Real, "panoptic_examples", name))),
                PanopticFiles.Ids(release.Bytes("ann/p/" + name)));
    }

    private static string Fault(CocoPanopticWriter stage, Sample image)
    {
        using var release = new TestReleaseFolder();
        return Assert.Throws<BadDataException>(() => stage.Write(release, Info(), image)).Problems[0].ToString();
    }

    private static string Annotation(TestReleaseFolder release)
    {
        string text = release["ann/p.json"];
        int from = text.IndexOf("{\"segments_info\"", StringComparison.Ordinal);
        return text[from..text.IndexOf('\n', from)];
    }

    private static string[] Segments(TestReleaseFolder release)
    {
        using JsonDocument file = JsonDocument.Parse(Annotation(release));
        return [.. file.RootElement.GetProperty("segments_info").EnumerateArray().Select(s =>
            $"{s.GetProperty("id")} {s.GetProperty("area")} {s.GetProperty("bbox")}".Replace(", ", ",",
                StringComparison.Ordinal))];
    }

    private static DatasetInfo Info() => new()
    {
        Taxonomy = new Taxonomy([
            new Category(new RecordId(1), "person")
            {
                SourceRecord = JsonSlice.FromText("""{"id": 1, "isthing": 1, "color": [220, 20, 60]}"""),
            },
            new Category(new RecordId(187), "sky")
            {
                SourceRecord = JsonSlice.FromText("""{"id": 187, "isthing": 0, "color": [70, 130, 180]}"""),
            }], IsDeclared: true),
    };

    private static Sample Image(params ImmutableArray<Instance> instances) =>
        new() { Key = "a", Frames = [new Frame("train/a.jpg", 4, 1)], Instances = instances };

    private static Instance Object(long category, string drawing, int? number = null)
    {
        var instance = new Instance
        {
            CategoryId = new RecordId(category),
            Segmentations = [PanopticFiles.Shape(drawing)],
        };
        return number is { } known ? WithNumber(instance, $"{known}") : instance;
    }

    private static Instance WithNumber(Instance instance, string json) => instance with
    {
        ExtraMembers = instance.ExtraMembers.SetItem("object_id", json),
    };
}
