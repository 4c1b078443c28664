using System.Text.Json;
using SegPipeline.Formats.CocoPanoptic;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.CocoPanoptic;

public sealed class CocoPanopticReaderTests
{
    [Fact]
    public void Segments_are_instances_with_the_values_of_the_file_and_pixels_of_none_are_void()
    {
        using var folder = new TempFolder();
        Sample image = Assert.Single(PanopticFiles.Reader(folder).ReadAll());
        Assert.Equal(("a.jpg", "7"), (image.Key, image.Id!.Value.JsonText));
        Assert.Equal(1, image.Frame.Void!.ToMask(1, 4)!.AreaPx);
        Assert.Equal(["300", "7"], image.Instances.Select(i => i.MemberText("object_id")));
        Assert.All(image.Instances, i => Assert.Null(i.Id));
        Instance first = image.Instances[0];
        Assert.Equal(new RecordId(1), first.CategoryId);
        Assert.Equal((2.0, new Box(0, 0, 2, 1), false), (first.AreaPx, first.Box, first.IsCrowd));
        Assert.Equal([0u, 2u, 2u], first.Segmentation.ToMask(1, 4)!.Counts.ToArray());
        Assert.Null(image.Instances[1].IsCrowd);
        Assert.Null(image.Instances[1].Box);
    }

    [Fact]
    public void Ids_may_come_again_in_other_images()
    {
        using var folder = new TempFolder();
        PanopticFiles.AddPng(folder, "p/b.png", 300, 300, 300, 300);
        CocoPanopticReader reader = PanopticFiles.Reader(
            folder,
            PanopticFiles.Annotation +
                """, {"segments_info": [{"id": 300, "category_id": 1}], "file_name": "b.png", "image_id": 8}""",
            PanopticFiles.Image + """, {"id": 8, "file_name": "b.jpg"}""");
        Sample[] images = reader.ReadAll();
        Assert.Equal(["300", "300"], images.Select(i => i.Instances[0].MemberText("object_id")));
        Assert.Equal((4, 1), (images[1].Frame.WidthPx, images[1].Frame.HeightPx));
    }

    [Theory]
    [InlineData(300u, 7u, 0u, 0u, null)]
    [InlineData(300u, 300u, 0u, 0u, "no pixel of segment 7")]
    [InlineData(300u, 7u, 9u, 8u, "pixels of segments 8, 9, which segments_info lacks")]
    [InlineData(7u, 9u, 9u, 9u, "no pixel of segment 300 and pixels of segment 9, which segments_info lacks")]
    public void The_PNG_must_have_the_segments_of_the_file(uint a, uint b, uint c, uint d, string? found)
    {
        using var folder = new TempFolder();
        CocoPanopticReader reader = PanopticFiles.Reader(folder, pixels: [a, b, c, d]);
        if (found is null) Assert.Single(reader.ReadAll());
        else Assert.Equal("p/a.png, image 7: expected the pixels of all segments of segments_info and of no other, " +
            $"found {found}; fetch the JSON file and the PNG of one release, or correct one of them [SEGMENT_SET]",
            reader.Fault());
    }

    [Theory]
    [InlineData("""{"segments_info": [{"id": 16777216}], "image_id": 7}""",
        "expected a segment id from 1 to 16777215, which the colours of a PNG can hold, found 16777216; convert the " +
        "old file with panopticapi, or number its segments anew [SEGMENT_ID]")]
    [InlineData("""{"segments_info": [{"id": 0}], "image_id": 7}""",
        "expected a segment id from 1 to 16777215, which the colours of a PNG can hold, found 0; convert the " +
        "old file with panopticapi, or number its segments anew [SEGMENT_ID]")]
    [InlineData("""{"segments_info": [{"category_id": 1}], "image_id": 7}""",
        "expected a segment to have an id, found none; correct the record [SEGMENT_ID]")]
    [InlineData("""{"segments_info": [{"id": 3}, {"id": 3}], "image_id": 7}""",
        "expected every segment of an image to have an id of its own, found 3 twice; correct the record " +
        "[DUPLICATE_SEGMENT]")]
    [InlineData("""{"segments_info": [{"id": 3, "category_id": 5}], "image_id": 7}""",
        "expected a category_id of the file's categories, found 5 in segment 3; add the category or correct the " +
        "segment [UNKNOWN_CATEGORY]")]
    [InlineData("""{"segments_info": [{"id": 3, "iscrowd": 2}], "image_id": 7}""",
        "expected iscrowd to be 0 or 1, found 2; correct the record [ISCROWD]")]
    [InlineData("""{"segments_info": [3], "image_id": 7}""",
        "expected segments to be objects, found 3; correct the record [SEGMENT]")]
    [InlineData("""{"segmentation": [], "image_id": 7}""",
        "expected a list 'segments_info', found none; check that this is a panoptic file; read.coco reads others " +
        "[NO_SEGMENTS]")]
    [InlineData("""{"segments_info": [], "file_name": "../a.png", "image_id": 7}""",
        "expected a file name within the folder of pictures, '../a.png' has the part '..'; rename the file in the " +
        "source, or leave the folder of pictures out [UNSAFE_NAME]")]
    public void A_malformed_annotation_is_told_of_with_its_place(string annotation, string fault)
    {
        using var folder = new TempFolder();
        int place = PanopticFiles.Json(PanopticFiles.Image, annotation).IndexOf(annotation, StringComparison.Ordinal);
        Assert.Equal($"p.json (byte {place}), image 7: {fault}", PanopticFiles.Reader(folder, annotation).Fault());
    }

    [Fact]
    public void Two_annotations_of_one_image_are_bad()
    {
        using var folder = new TempFolder();
        const string two = """{"segments_info": [], "image_id": 7}, {"segments_info": [], "image_id": 7}""";
        Assert.EndsWith("image 7: expected one annotation for an image, found 2; remove all but one; " +
            "a file of objects, without segments_info, is for read.coco [DUPLICATE_ANNOTATION]",
            PanopticFiles.Reader(folder, two).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_without_an_annotation_are_told_of()
    {
        using var folder = new TempFolder();
        var warnings = new List<string>();
        Sample image = Assert.Single(PanopticFiles.Reader(folder, "").ReadAll(warnings.Add));
        Assert.Empty(image.Instances);
        Assert.Null(image.Frame.Void);
        Assert.Equal(["1 image of p.json without an annotation: nothing is known of the pixels"], warnings);
    }

    [Fact]
    public void A_PNG_that_is_missing_grey_or_of_another_size_is_bad()
    {
        using var folder = new TempFolder();
        CocoPanopticReader reader = PanopticFiles.Reader(folder, pixels: [300, 7]);
        Assert.Equal("p/a.png: image 7 is 4x1 (width x height), this is 2x1; correct the mask; it is never resized " +
            "silently [FRAME_SIZE]", reader.Fault());
        folder.WriteGrey("p/a.png", "1111");
        Assert.StartsWith("p/a.png: expected a PNG of 8-bit colours, found Grey of 8 bits;", reader.Fault(),
            StringComparison.Ordinal);
        File.Delete(folder["p/a.png"]);
        Assert.StartsWith("p/a.png: the file cannot be read", reader.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_folder_the_dataset_is_bad_and_the_folder_can_be_named()
    {
        using var folder = new TempFolder();
        CocoPanopticReader reader = PanopticFiles.Reader(folder);
        Directory.Move(folder["p"], folder["q"]);
        Assert.Equal("p: there is no such folder; correct the path, or put the dataset there [FOLDER_MISSING]",
            reader.Fault());
        Assert.Single((reader with { Panoptic = InputPath.Of(folder["q"]) }).ReadAll());
    }

    [Fact]
    public void A_file_that_is_not_named_json_needs_the_folder_of_its_PNGs() => Assert.Equal(
        ["'panoptic' must name the folder of the PNGs, since 'annotations' does not end in .json"],
        new CocoPanopticReader { Annotations = InputPath.Of("p") }.Check());

    [RealDataFact]
    public void Segments_of_real_images_encode_to_the_strings_of_the_detection_file()
    {
        using JsonDocument detection = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(PanopticFiles.Real, "panoptic_coco_detection_format.json")));
        string[] expected = [.. detection.RootElement.GetProperty("annotations").EnumerateArray().Select(a =>
            $"{a.GetProperty("image_id")} {a.GetProperty("category_id")} " +
            a.GetProperty("segmentation").GetProperty("counts").GetString())];
        string[] found = [.. PanopticFiles.RealReader().ReadAll().SelectMany(image => image.Instances.Select(i =>
            $"{image.Id} {i.CategoryId} {((MaskSegmentation)i.Segmentation).Mask.ToCocoString()}"))];
        Assert.Equal(50, found.Length);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [RealDataFact]
    public void Areas_and_boxes_of_real_segments_are_those_of_their_pixels()
    {
        Sample[] images = PanopticFiles.RealReader().ReadAll();
        Assert.All(images.SelectMany(i => i.Instances), instance =>
        {
            Mask mask = ((MaskSegmentation)instance.Segmentation).Mask;
            Assert.Equal((mask.AreaPx, Box.Of(mask)), ((long)instance.AreaPx!, instance.Box!.Value));
        });
        Assert.All(images, image => Assert.True(File.Exists(image.Frame.Photo!.FilePath)));
    }
}
