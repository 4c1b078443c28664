using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats.Coco;

public sealed class CocoFaultTests : IDisposable
{
    private readonly CocoFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("[[1, 2, 3, 4]]", "POLY_SHORT")]
    [InlineData("[[]]", "POLY_SHORT")]
    [InlineData("[[1, 1, 5, 1, 5, 5], [1, 2, 3, 4, 5, 6, 7]]", "POLY_ODD")]
    [InlineData("[[1, 1, 5, 1, 5, 3e9]]", "POLY_RANGE")]
    [InlineData("[[1, 1, 5, 1, 5, null]]", "NOT_A_NUMBER")]
    [InlineData("[[1, 1, 5, 1, 5, \"6\"]]", "NOT_A_NUMBER")]
    [InlineData("[[1, 1, 5, 1, 5, 1e400]]", "NOT_A_NUMBER")]
    [InlineData("[[1, 1, 5, 1, 5, NaN]]", "NOT_A_NUMBER")]
    [InlineData("[[[1, 1, 5, 1, 5, 6]]]", "NOT_A_NUMBER")]
    [InlineData("[1, 1, 5, 1, 5, 5]", "SEGMENTATION_SHAPE")]
    [InlineData("\"polygon\"", "SEGMENTATION_SHAPE")]
    [InlineData("17", "SEGMENTATION_SHAPE")]
    [InlineData("""{"counts": [200]}""", "SEGMENTATION_SHAPE")]
    [InlineData("""{"counts": 200, "size": [10, 20]}""", "SEGMENTATION_SHAPE")]
    [InlineData("""{"counts": [200], "size": [10]}""", "SEGMENTATION_SHAPE")]
    [InlineData("""{"counts": [200], "size": [10, -20]}""", "MASK_SIZE")]
    [InlineData("""{"counts": [200], "size": [1e9, 1e9]}""", "MASK_SIZE")]
    [InlineData("""{"counts": [199], "size": [10, 20]}""", "RLE_SUM")]
    [InlineData("""{"counts": [150, 51], "size": [10, 20]}""", "RLE_SUM")]
    [InlineData("""{"counts": [-1, 201], "size": [10, 20]}""", "RLE_RANGE")]
    [InlineData("""{"counts": [0.5, 199.5], "size": [10, 20]}""", "RLE_RANGE")]
    [InlineData("""{"counts": [200], "size": [20, 10]}""", "RLE_SIZE")]
    [InlineData("""{"counts": "b'73'", "size": [10, 20]}""", "RLE_CHAR")]
    [InlineData("""{"counts": "é", "size": [10, 20]}""", "RLE_CHAR")]
    [InlineData("""{"counts": "X", "size": [10, 20]}""", "RLE_DANGLING")]
    public void A_malformed_shape_is_named_with_its_record_and_place(string segmentation, string code)
    {
        string json = CocoFiles.OneImage(CocoFiles.Annotation(segmentation));
        using OpenDataset data = _files.Open(json);
        Instance instance = Assert.Single(data.Read(0).Instances);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => instance.Segmentation).Problems);
        Assert.Equal((code, "annotation 918"), (problem.Code, problem.Record));
        Assert.Equal(json.IndexOf("{\"id\": 918", StringComparison.Ordinal), problem.ByteOffset);
        Assert.Equal(data.InputFiles[0], problem.File);
        Assert.NotEmpty(problem.Remedy!);
    }

    [Theory]
    [InlineData("\"bbox\": [1, 2, 3]", "BOX_SHAPE")]
    [InlineData("\"bbox\": 5", "BOX_SHAPE")]
    [InlineData("\"bbox\": [1, 2, 3, Infinity]", "NOT_A_NUMBER")]
    [InlineData("\"area\": \"big\"", "NOT_A_NUMBER")]
    [InlineData("\"area\": [4]", "NOT_A_NUMBER")]
    [InlineData("\"score\": NaN", "NOT_A_NUMBER")]
    public void A_malformed_number_is_named_with_its_record(string member, string code)
    {
        using OpenDataset data = _files.Open(CocoFiles.OneImage(CocoFiles.Annotation("[]", ", " + member)));
        Instance instance = Assert.Single(data.Read(0).Instances);
        var e = Assert.Throws<BadDataException>(() => (instance.Box, instance.AreaPx, instance.Score));
        Assert.Equal((code, "annotation 918"), (e.Problems[0].Code, e.Problems[0].Record));
    }

    [Fact]
    public void Short_polygons_can_be_dropped()
    {
        string json = CocoFiles.OneImage(
            CocoFiles.Annotation("[[1, 2, 3, 4], [1, 1, 5, 1, 5, 5]]"), CocoFiles.Annotation("[[1, 2, 3]]"));
        using OpenDataset data = (_files.Reader(json) with { ShortPolygons = ShortPolygons.Drop }).Open(_files.Context);
        Segmentation[] shapes = [.. data.Read(0).Instances.Select(i => i.Segmentation)];
        double[] expected = [1, 1, 5, 1, 5, 5];
        Assert.Equal(expected, Assert.Single(Assert.IsType<PolygonSegmentation>(shapes[0]).Parts));
        Assert.Equal(SegmentationForm.EmptyList, shapes[1].Form);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"1\"")]
    [InlineData("[1]")]
    [InlineData("0.5")]
    public void An_iscrowd_that_is_neither_0_nor_1_makes_the_sample_bad(string value)
    {
        using OpenDataset data = _files.Open(CocoFiles.OneImage(CocoFiles.Annotation("[]", $", \"iscrowd\": {value}")));
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => data.Read(0)).Problems);
        Assert.Equal(("ISCROWD", "annotation 918"), (problem.Code, problem.Record));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("true", true)]
    [InlineData("null", null)]
    public void Iscrowd_has_these_spellings(string value, bool? expected)
    {
        using OpenDataset data = _files.Open(CocoFiles.OneImage(CocoFiles.Annotation("[]", $", \"iscrowd\": {value}")));
        Assert.Equal(expected, Assert.Single(data.Read(0).Instances).IsCrowd);
    }

    [Fact]
    public void An_unknown_category_makes_the_sample_bad_where_categories_are_declared()
    {
        string json = CocoFiles.OneImage("""{"id": 4, "image_id": 7, "category_id": 2}""");
        using OpenDataset data = _files.Open(json);
        Assert.Equal("UNKNOWN_CATEGORY", Assert.Throws<BadDataException>(() => data.Read(0)).Problems[0].Code);
        using OpenDataset undeclared = _files.Open(json.Replace("categories", "classes", StringComparison.Ordinal));
        Assert.Equal(new RecordId(2), undeclared.Read(0).Instances[0].CategoryId);
    }

    [Fact]
    public void An_annotation_of_an_unknown_image_is_a_defect_of_the_dataset()
    {
        using OpenDataset data = _files.Open(CocoFiles.OneImage(
            """{"id": 4, "image_id": 8}""", """{"id": 5}""",
            """{"image_id": "7"}""", """{"id": 6, "image_id": 7.0}"""));
        Assert.Equal(["annotation 4", "annotation 5", "annotations[2]"], data.Defects.Select(d => d.Key));
        Assert.Equal(["UNKNOWN_IMAGE", "NO_IMAGE_ID", "UNKNOWN_IMAGE"], data.Defects.Select(d => d.Problem.Code));
        Assert.Single(data.Read(0).Instances);
    }

    [Fact]
    public void Two_images_of_one_id_are_an_error_that_names_both()
    {
        Problem problem = _files.OpenProblem(
            """{"images": [{"id": 1, "file_name": "a"}, {"id": 1.0, "file_name": "b"}]}""");
        Assert.Equal("DUPLICATE_IMAGE", problem.Code);
        Assert.Contains("'a'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'b'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_images_count_once_where_that_is_asked_for()
    {
        const string one = """{"id": 1, "file_name": "a"}""";
        const string json = $$"""{"images": [{{one}}, {"id": 2, "file_name": "b"}, {{one}}]}""";
        Assert.Contains("merge_equal", _files.OpenProblem(json).Remedy, StringComparison.Ordinal);
        CocoReader reader = _files.Reader(json) with { SameImages = SameRecords.MergeEqual };
        using OpenDataset data = reader.Open(_files.Context);
        Assert.Equal(["a", "b"], data.Plan.Select(p => p.Key));
        Assert.Single(_files.Warnings);
    }

    [Fact]
    public void Two_images_of_one_name_are_an_error_unless_the_key_is_the_id()
    {
        const string json = """{"images": [{"id": 1, "file_name": "d/a"}, {"id": 2, "file_name": "d\\a"}]}""";
        Problem problem = _files.OpenProblem(json);
        Assert.Equal("DUPLICATE_KEY", problem.Code);
        Assert.Contains("images 1 and 2", problem.Message, StringComparison.Ordinal);
        using OpenDataset data = (_files.Reader(json) with { Key = CocoKey.Id }).Open(_files.Context);
        Assert.Equal(2, data.Plan.Count);
    }

    [Theory]
    [InlineData("""{"images": [{"file_name": "a"}]}""", "NO_IMAGE_ID")]
    [InlineData("""{"images": [{"id": 1}]}""", "NO_FILE_NAME")]
    [InlineData("""{"images": [{"id": 1, "file_name": ""}]}""", "NO_FILE_NAME")]
    [InlineData("""{"annotations": []}""", "NO_IMAGES")]
    [InlineData("""{"images": null}""", "NO_IMAGES")]
    [InlineData("""{"images": [], "categories": [{"name": "a"}]}""", "NO_CATEGORY_ID")]
    [InlineData("""{"images": [], "categories": [{"id": 1}, {"id": 1.0}]}""", "DUPLICATE_CATEGORY")]
    [InlineData("""[{"image_id": 1}]""", "DOCUMENT_SHAPE")]
    public void A_file_that_cannot_be_a_dataset_is_refused(string json, string code) =>
        Assert.Equal(code, _files.OpenProblem(json).Code);

    [Fact]
    public void A_size_that_is_no_whole_number_makes_the_sample_bad()
    {
        using OpenDataset data = _files.Open("""
            {"images": [{"id": 1, "file_name": "a", "width": "12"},
                        {"id": 2, "file_name": "b", "width": 12.0, "height": -1}]}
            """);
        Assert.Equal("IMAGE_SIZE", Assert.Throws<BadDataException>(() => data.Read(0)).Problems[0].Code);
        Assert.Equal("image 2", Assert.Throws<BadDataException>(() => data.Read(1)).Problems[0].Record);
    }

    [Fact]
    public void Members_and_ids_that_occur_twice_are_told_and_the_last_member_counts()
    {
        using OpenDataset data = _files.Open(CocoFiles.OneImage(
            """{"id": 1, "image_id": 9, "image_id": 7}""", """{"id": 4, "image_id": 7, "odd": 1, "odd": 2}""",
            """{"id": 4, "image_id": 7}"""));
        Assert.Equal(["1", "4", "4"], data.Read(0).Instances.Select(i => i.Id!.Value.JsonText));
        Assert.Equal("2", data.Read(0).Instances[1].MemberText("odd"));
        Assert.Equal(3, _files.Warnings.Count);
        string all = string.Join('\n', _files.Warnings);
        Assert.Contains("'image_id' stands twice in annotation 1;", all, StringComparison.Ordinal);
        Assert.Contains("ids more than once: 4;", all, StringComparison.Ordinal);
    }

    [Fact]
    public void No_numbers_are_kept_and_told_or_rejected()
    {
        string json = CocoFiles.OneImage(CocoFiles.Annotation("[]", ", \"bbox\": [Infinity, 1, 2, 3], \"area\": 4"));
        using OpenDataset kept = _files.Open(json);
        Assert.Equal(4, kept.Read(0).Instances[0].AreaPx);
        Assert.Contains("NaN or Infinity", Assert.Single(_files.Warnings), StringComparison.Ordinal);
        using OpenDataset strict = (_files.Reader(json) with { NotNumbers = NotNumbers.Reject }).Open(_files.Context);
        Assert.Equal("NOT_A_NUMBER", Assert.Throws<BadDataException>(() => strict.Read(0)).Problems[0].Code);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_an_error_and_no_crash()
    {
        string json = CocoFiles.OneImage(CocoFiles.Annotation("[]"));
        using OpenDataset data = _files.Open(json), other = _files.Open(json);
        Instance instance = Assert.Single(data.Read(0).Instances), notYetRead = Assert.Single(other.Read(0).Instances);
        using (var stream = new FileStream(_files["in.json"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(new string('[', json.Length)));
            stream.Flush();
            Assert.Equal("RECORD_CHANGED", CodeOf(instance));
            stream.SetLength(100);
        }

        Assert.Equal("FILE_CUT_SHORT", CodeOf(notYetRead));
    }

    private static string CodeOf(Instance instance) =>
        Assert.Throws<BadDataException>(() => instance.Segmentation).Problems[0].Code;
}
