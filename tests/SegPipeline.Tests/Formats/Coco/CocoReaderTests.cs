using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats.Coco;

public sealed class CocoReaderTests : IDisposable
{
    private readonly CocoFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Samples_have_the_images_and_their_annotations_in_the_order_of_the_file()
    {
        using OpenDataset data = _files.Open("""
            {"annotations": [
              {"id": 3, "image_id": 2, "category_id": 5, "iscrowd": 1, "bbox": [1, 2, 3.5, 4], "area": 9.25},
              {"id": 1, "image_id": 1, "category_id": 9},
              {"id": 2, "image_id": 2, "category_id": 9, "iscrowd": 0, "score": 0.5}],
             "categories": [{"id": 9, "name": "nine "}, {"id": 5, "name": "five", "supercategory": "odd"}],
             "images": [{"id": 2, "file_name": "b\\c.jpg", "width": 640, "height": 480},
                        {"id": 1, "file_name": "a.jpg"}]}
            """);
        Assert.Equal(["b/c.jpg", "a.jpg"], data.Plan.Select(p => p.Key));
        Assert.Equal(["nine ", "five"], data.Info.Taxonomy.Categories.Select(c => c.Name));
        Assert.Equal("odd", data.Info.Taxonomy.Find(new RecordId(5))!.Supercategory);
        Sample first = data.Read(0);
        Assert.Equal(("b\\c.jpg", 640, 480), (first.Frame.Name, first.Frame.WidthPx, first.Frame.HeightPx));
        Assert.Equal([3, 2], first.Instances.Select(i => i.Id!.Value.Number));
        Assert.Equal([true, false], first.Instances.Select(i => i.IsCrowd));
        Assert.Equal([0L, 2L], first.Instances.Select(i => i.SourceOrder));
        Assert.Equal((new Box(1, 2, 3.5, 4), 9.25), (first.Instances[0].Box, first.Instances[0].AreaPx));
        Assert.Equal(0.5, first.Instances[1].Score);
        Instance last = Assert.Single(data.Read(1).Instances);
        Assert.Equal((null, null, null, null), (last.IsCrowd, last.Box, last.AreaPx, last.Score));
        Assert.Equal(SegmentationForm.Missing, last.Segmentation.Form);
        Assert.All(first.Instances, i => Assert.Equal(InstanceMembers.None, i.Changed));
    }

    [Fact]
    public void Records_are_slices_of_the_file()
    {
        const string record = """{ "id" : 918 , "image_id":7, "odd": {"a": [1.50]} }""";
        using OpenDataset data = _files.Open(CocoFiles.OneImage(record));
        Instance instance = Assert.Single(data.Read(0).Instances);
        Assert.Equal(record, System.Text.Encoding.UTF8.GetString(instance.SourceRecord!.Value.Load()));
        Assert.Equal("""{"a": [1.50]}""", instance.MemberText("odd"));
        Assert.Equal(["918", "7", null], new[] { "id", "image_id", "x" }.Select(instance.MemberText));
    }

    [Fact]
    public void Ids_of_every_kind_keep_their_text_and_find_their_image()
    {
        string[] ids = ["1", "1.0", "\"ADE_val_1\"", "9007199254740993", "-4", "0", "12345678901234567890123"];
        string images = string.Join(',', ids.Skip(1).Select((id, i) => $$"""{"id": {{id}}, "file_name": "{{i}}"}"""));
        string annotations = string.Join(',', ids.Select(id => $$"""{"id": {{id}}, "image_id": {{id}}}"""));
        using OpenDataset data = _files.Open($$"""{"images": [{{images}}], "annotations": [{{annotations}}]}""");
        Assert.Empty(data.Defects);
        Assert.Equal(["1", "1.0"], data.Read(0).Instances.Select(i => i.Id!.Value.JsonText));
        for (int i = 1; i < ids.Length - 1; i++)
        {
            Instance only = Assert.Single(data.Read(i).Instances);
            Assert.Equal((ids[i + 1], ids[i + 1]), (only.Id!.Value.JsonText, only.MemberText("image_id")));
        }
    }

    [Fact]
    public void An_LVIS_image_is_named_by_the_last_two_parts_of_its_url()
    {
        using OpenDataset data = _files.Open(
            """{"images": [{"id": 1, "coco_url": "http://images.cocodataset.org/val2017/000000000139.jpg"}]}""");
        Assert.Equal("val2017/000000000139.jpg", Assert.Single(data.Plan).Key);
    }

    [Fact]
    public void The_key_can_be_the_id()
    {
        CocoReader reader = _files.Reader("""{"images": [{"id": "x\u0041"}, {"id": 1.0}]}""") with { Key = CocoKey.Id };
        using OpenDataset data = reader.Open(_files.Context);
        Assert.Equal(["xA", "1"], data.Plan.Select(p => p.Key));
    }

    [Theory]
    [InlineData(PhotoLookup.FileName, "", "images/v1/patch8/x.jpg")]
    [InlineData(PhotoLookup.FileName, "images/v1/", "patch8/x.jpg")]
    [InlineData(PhotoLookup.LastTwoParts, "", "patch8/x.jpg")]
    [InlineData(PhotoLookup.LastPart, "", "x.jpg")]
    public void A_picture_is_found_as_the_reader_is_told(PhotoLookup findBy, string prefix, string expected)
    {
        CocoReader reader = _files.Reader("""{"images": [{"id": 1, "file_name": "images\\v1/patch8/x.jpg"}]}""") with
        {
            Images = InputPath.Of(_files["pictures"]),
            FindBy = findBy,
            StripPrefix = prefix,
        };
        using OpenDataset data = reader.Open(_files.Context);
        Assert.Equal(_files["pictures"] + "/" + expected, data.Read(0).Frame.Photo!.FilePath);
    }

    [Theory]
    [InlineData("../x.jpg")]
    [InlineData("a/../../x.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\\\x.jpg")]
    [InlineData("http://host/x.jpg")]
    [InlineData("a\\u0000.jpg")]
    public void A_name_that_leads_out_of_the_folder_of_pictures_is_refused(string name)
    {
        CocoReader reader = _files.Reader($$"""{"images": [{"id": 5, "file_name": "{{name}}"}]}""");
        using OpenDataset withPictures = (reader with { Images = InputPath.Of(_files["p"]) }).Open(_files.Context);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => withPictures.Read(0)).Problems);
        Assert.Equal(("UNSAFE_NAME", "image 5"), (problem.Code, problem.Record));
        using OpenDataset without = reader.Open(_files.Context);
        Assert.Null(without.Read(0).Frame.Photo);
    }

    [Fact]
    public void A_list_of_results_takes_images_and_categories_from_its_ground_truth()
    {
        string truth = CocoFiles.OneImage(CocoFiles.Annotation("[]"));
        _files.Reader(truth, "truth.json");
        CocoReader reader = _files.Reader("""
            [{"image_id": 7, "category_id": 1, "bbox": [], "score": 0.25}, {"image_id": 7, "caption": "\u00e9"}]
            """) with
        {
            GroundTruth = InputPath.Of(_files["truth.json"]),
        };
        using OpenDataset data = reader.Open(_files.Context);
        Assert.True(data.Info.IsResults);
        Assert.Equal(2, data.InputFiles.Count);
        Assert.Equal("thing", Assert.Single(data.Info.Taxonomy.Categories).Name);
        Sample sample = data.Read(0);
        Assert.Equal([0.25, null], sample.Instances.Select(i => i.Score));
        Assert.Empty(sample.Instances[0].Boxes);
        Assert.Equal("\"\\u00e9\"", sample.Instances[1].MemberText("caption"));
    }

    [Fact]
    public void The_top_level_members_are_kept_in_order()
    {
        using OpenDataset data = _files.Open("""
            {"info": null, "type": "instances", "images": [], "annotations": null, "more": {"images": [{}]}}
            """);
        Assert.Equal(["info", "type", "images", "annotations", "more"], data.Info.Document.Select(m => m.Name));
        Assert.Equal([true, true, false, true, true], data.Info.Document.Select(m => m.Value is not null));
        Assert.False(data.Info.Taxonomy.IsDeclared);
        Assert.Empty(data.Plan);
    }

    [Fact]
    public void Cost_is_the_size_of_the_records()
    {
        using OpenDataset data = _files.Open("""
            {"images": [{"id":1,"file_name":"a"},{"id":2,"file_name":"b"}], "annotations": [{"image_id":2}]}
            """);
        Assert.Equal([24, 24 + 14], data.Plan.Select(p => (int)p.CostBytes));
    }
}
