using System.Text.Json;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>What other converters are known to lose or change, each held against a whole run.</summary>
public sealed class ToolBugTests : IDisposable
{
    private const string Counts = """{"counts": [21, 3, 176], "size": [10, 20]}""";
    private const string Compressed = """{"counts": "e03`5", "size": [10, 20]}""";
    private const string Ring = "[[2, 2, 12, 2, 12, 8, 2, 8]]";

    private readonly TrapFolder _trap = new() { Look = "" };

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData(0, Counts)]
    [InlineData(0, Compressed)]
    [InlineData(1, Ring)]
    [InlineData(1, Counts)]
    public async Task Whether_a_thing_is_a_crowd_never_depends_on_how_its_mask_is_written(int crowd, string shape)
    {
        string annotation = TrapFolder.Annotation($"\"iscrowd\": {crowd}, \"segmentation\": {shape}");
        foreach (string look in (string[])["", "encode_rle: { form: counts }", "to_polygons: { crowds: convert }"])
        {
            _trap.Look = look;
            JsonElement written = Annotation(await _trap.WithCoco(annotation).PassesAsync(), 918);
            Assert.Equal(crowd, written.GetProperty("iscrowd").GetInt32());
        }
    }

    [Fact]
    public async Task Everything_beside_the_shapes_stays_as_it_was_written()
    {
        const string image = """
            {"id": 0, "file_name": "a.jpg", "width": 20, "height": 10, "license": 3, "flickr_url": "http://f/1",
             "coco_url": "http://c/1", "date_captured": "2013-11-14 17:02:52", "own": {"x": [1.50, null]}}
            """;
        const string info = """{"year": 2014, "version": "1.0", "date_created": "2015-01-27", "own": 1e2}""";
        const string licence = """{"id": 3, "name": "CC BY", "url": "http://l"}""";
        const string category = """{"id": 90, "name": "toothbrush ", "supercategory": "indoor", "own": true}""";
        const string annotation = """
            {"id": 0, "image_id": 0, "category_id": 90, "area": 12.340, "num_keypoints": 1, "keypoints": [1,2,2,0,0,0],
             "bbox": [1.5, 2, 3.25, 4], "iscrowd": 0, "segmentation": [[1, 1, 5, 1, 5, 5]], "own": "\u00e9"}
            """;
        string text = await _trap.WithJson($$"""
            {"info": {{info}}, "licenses": [{{licence}}], "images": [{{image}}], "annotations": [{{annotation}}],
             "categories": [{{category}}]}
            """).PassesAsync();
        Assert.All((string[])[info, licence, image.Trim(), category, annotation.Trim()],
            record => Assert.Contains(record.Trim(), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_keep_their_order_even_where_ids_descend()
    {
        string[] ids = ["9", "3", "7", "1"];
        string text = await _trap.WithJson($$"""
            {"images": [{{string.Join(", ", ids.Select(i => $$"""{"id": {{i}}, "file_name": "{{i}}.jpg"}"""))}}],
             "annotations": [{{string.Join(", ", ids.Select(i => $$"""{"id": {{i}}, "image_id": {{i}}}"""))}}],
             "categories": [{{string.Join(", ", ids.Select(i => $$"""{"id": {{i}}, "name": "{{i}}"}"""))}}]}
            """).PassesAsync();
        using JsonDocument document = JsonDocument.Parse(text);
        foreach (string list in (string[])["images", "annotations", "categories"])
            Assert.Equal(ids, document.RootElement.GetProperty(list).EnumerateArray()
                .Select(r => r.GetProperty("id").GetRawText()));
    }

    [Fact]
    public async Task A_hole_stays_a_hole_through_masks_and_is_never_a_thing_of_its_own()
    {
        // Columns 2 to 6 of rows 2 to 6 without the middle: 16 pixels.
        int[] counts = [22, 5, 5, 1, 3, 1, 5, 1, 3, 1, 5, 1, 3, 1, 5, 5, 133];
        string shape = $$"""{"counts": [{{string.Join(", ", counts)}}], "size": [10, 20]}""";
        _trap.Look = "encode_rle: { form: counts }";
        string text = await _trap.WithCoco(TrapFolder.Annotation($"\"segmentation\": {shape}")).PassesAsync();
        Assert.Equal(counts, Annotation(text, 918).GetProperty("segmentation").GetProperty("counts")
            .EnumerateArray().Select(c => c.GetInt32()));
        text = await RunTwoAsync("to_polygons: { holes: cut }", shape);
        Assert.Equal(counts, Annotation(text, 918).GetProperty("segmentation").GetProperty("counts")
            .EnumerateArray().Select(c => c.GetInt32()));
    }

    [Fact]
    public async Task Boxes_and_areas_of_masks_are_those_of_their_pixels()
    {
        // Columns 2 to 4 of rows 1 to 3.
        _trap.Files.WriteGrey("labels/a.png", "00000/00111/00111/00111");
        _trap.Reader = "read.label_maps: { labels: labels }";
        JsonElement thing = Annotation(await _trap.PassesAsync(), 1);
        Assert.Equal("9", thing.GetProperty("area").GetRawText());
        Assert.Equal("[2,1,3,3]", thing.GetProperty("bbox").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(1, thing.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Pictures_that_differ_in_their_extension_only_are_two_and_those_that_need_one_name_are_told()
    {
        const string json = """
            {"images": [{"id": 1, "file_name": "a.jpg", "width": 20, "height": 10},
                        {"id": 2, "file_name": "a.png", "width": 20, "height": 10}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]},
                             {"id": 2, "image_id": 2, "category_id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]}],
             "categories": [{"id": 1, "name": "thing"}]}
            """;
        string text = await _trap.WithJson(json).PassesAsync();
        Assert.Equal(1, Annotation(text, 1).GetProperty("image_id").GetInt32());
        Assert.Equal(2, Annotation(text, 2).GetProperty("image_id").GetInt32());
        _trap.Writer = "write.label_maps: {}";
        Directory.Delete(_trap.Files["out"], recursive: true);
        await _trap.StopsAsync(
            "segpipe: error: stage 'out': 'annotations/a.png' cannot be written: the release already has " +
            "a file of this name; rename one in the source, or write them to different folders [NAME_COLLISION]");
    }

    [Fact]
    public async Task A_mask_belongs_to_the_image_in_whose_folder_it_lies_not_to_one_whose_name_it_holds()
    {
        foreach (string id in (string[])["1", "11"])
        {
            _trap.Files.WriteGrey($"set/{id}/images/{id}.png", "00");
            _trap.Files.WriteGrey($"set/{id}/masks/{(id == "1" ? "11" : "1")}.png", "01");
        }
        _trap.Reader = "read.kaggle_masks: { root: set, threshold: 0 }";
        string text = await _trap.PassesAsync("have levels between 0 and 255");
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal(["1 11", "2 1"], document.RootElement.GetProperty("annotations").EnumerateArray()
            .Select(a => $"{a.GetProperty("image_id")} {a.GetProperty("mask_name")}"));
    }

    [Fact]
    public async Task Videos_keep_their_file_names_ids_and_frames_without_box_and_need_no_boxes()
    {
        _trap.Reader = "read.ytvis: { annotations: in.json }";
        _trap.Writer = "write.ytvis: { file: out.json }";
        string[] records =
        [
            """{"id": 70, "width": 20, "height": 10, "length": 2, "file_names": ["v\\x 7.jpg", "v\\y.png"]}""",
            $$"""
            {"id": 0, "video_id": 70, "category_id": 40, "iscrowd": 0, "segmentations": [{{Counts}}, null],
             "bboxes": [null, null], "areas": [3, null]}
            """,
            $$"""
            {"id": 5, "video_id": 70, "category_id": 40, "iscrowd": 1, "segmentations": [{{Ring}}, {{Counts}}]}
            """,
            """{"id": 40, "name": "zebra", "supercategory": "object"}""",
        ];
        foreach (string look in (string[])["", "filter: { where: \"area >= 0\" }"])
        {
            _trap.Look = look;
            string text = await _trap.WithJson($$"""
                {"videos": [{{records[0]}}], "annotations": [{{records[1]}}, {{records[2]}}],
                 "categories": [{{records[3]}}]}
                """).PassesAsync();
            Assert.All(records, record => Assert.Contains(record.Trim(), text, StringComparison.Ordinal));
        }
    }

    private async Task<string> RunTwoAsync(string first, string shape)
    {
        _trap.Look = first;
        string text = await _trap.WithCoco(TrapFolder.Annotation($"\"segmentation\": {shape}")).PassesAsync();
        _trap.Look = "encode_rle: { form: counts }";
        return await _trap.WithJson(text).PassesAsync();
    }

    private static JsonElement Annotation(string text, int id)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("annotations").EnumerateArray()
            .Single(a => a.GetProperty("id").GetInt32() == id).Clone();
    }
}
