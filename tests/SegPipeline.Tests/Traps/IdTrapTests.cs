namespace SegPipeline.Tests.Traps;

/// <summary>Ids of every kind, ids that come twice, and ids that name nothing.</summary>
public sealed class IdTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new();

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("image id twice", """{"images": [{"id": 1, "file_name": "a"}, {"id": 1.0, "file_name": "b"}]}""",
        "image 1.0: expected every image to have an id of its own, found 1.0 as id of 'a' and 'b'; give one of " +
        "them another id [DUPLICATE_IMAGE]")]
    [InlineData("file twice", """{"images": [{"id": 1, "file_name": "d/a"}, {"id": 2, "file_name": "d\\a"}]}""",
        "image 2: expected every image to have a name of its own, found 'd/a' as name of the images 1 and 2; " +
        "rename one of them, or set key: id [DUPLICATE_KEY]")]
    [InlineData("category twice", """{"images": [], "categories": [{"id": 1}, {"id": 1}]}""",
        "category 1: expected every category to have an id of its own, found 1 as id of '' and ''; give one of " +
        "them another id [DUPLICATE_CATEGORY]")]
    [InlineData("image without id", """{"images": [{"file_name": "a"}]}""",
        "images[0]: expected an image to have an id, a number or a text, found none; repair the file at that " +
        "place, or fetch it again [NO_IMAGE_ID]")]
    [InlineData("image id null", """{"images": [{"id": null, "file_name": "a"}]}""",
        "images[0]: expected an image to have an id, a number or a text, found none; repair the file at that " +
        "place, or fetch it again [NO_IMAGE_ID]")]
    [InlineData("image id list", """{"images": [{"id": [1], "file_name": "a"}]}""",
        "images[0]: expected an image to have an id, a number or a text, found none; repair the file at that " +
        "place, or fetch it again [NO_IMAGE_ID]")]
    [InlineData("no category id", """{"images": [], "categories": [{"name": "a"}]}""",
        "categories[0]: expected a category to have an id, found none; give it an id [NO_CATEGORY_ID]")]
    [InlineData("no file name", """{"images": [{"id": 1}]}""",
        "image 1: expected an image to have a file_name or a coco_url, found neither; add the file name, or set " +
        "key: id [NO_FILE_NAME]")]
    [InlineData("no images", """{"annotations": []}""",
        "stage 'in': expected a list 'images' in the file, found none; check that this is a COCO file of images " +
        "and annotations; read.ytvis reads files of videos [NO_IMAGES]")]
    public Task A_file_whose_ids_name_nothing_is_refused(string row, string json, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithJson(json).StopsAsync("in.json:1: error: " + fault);
    }

    [Theory]
    [InlineData("unknown category", "\"category_id\": 2",
        "expected a category_id of the file's categories, found 2; add the category or correct the annotation " +
        "[UNKNOWN_CATEGORY]")]
    [InlineData("category as text", "\"category_id\": \"thing\"",
        "expected a category_id of the file's categories, found \"thing\"; add the category or correct the " +
        "annotation [UNKNOWN_CATEGORY]")]
    [InlineData("iscrowd 2", "\"iscrowd\": 2", "expected iscrowd to be 0 or 1, found 2; correct the record [ISCROWD]")]
    [InlineData("iscrowd text", "\"iscrowd\": \"1\"",
        "expected iscrowd to be 0 or 1, found \"1\"; correct the record [ISCROWD]")]
    public Task An_annotation_with_a_bad_reference_rejects_its_image(string row, string member, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithCoco($$"""{"id": 918, "image_id": 7, {{member}}}""")
            .RejectsAsync("in.json: error: annotation 918: " + fault, stage: "in");
    }

    [Theory]
    [InlineData("unknown image", "\"image_id\": 9",
        "expected an image_id of the file's images, found 9; add the image or remove the annotation [UNKNOWN_IMAGE]")]
    [InlineData("id as text", "\"image_id\": \"7\"",
        "expected an image_id of the file's images, found \"7\"; add the image or remove the annotation " +
        "[UNKNOWN_IMAGE]")]
    [InlineData("no image", "\"category_id\": 1",
        "expected an annotation to have an image_id, found none; add it or remove the annotation [NO_IMAGE_ID]")]
    [InlineData("near 2^53", "\"image_id\": 9007199254740993",
        "expected an image_id of the file's images, found 9007199254740993; add the image or remove the annotation " +
        "[UNKNOWN_IMAGE]")]
    public Task An_annotation_of_no_image_is_rejected_by_its_own_name(string row, string member, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithCoco($$"""{"id": 918, {{member}}}""")
            .RejectsAsync("in.json: error: annotation 918: " + fault, stage: "in", key: "annotation 918");
    }

    [Theory]
    [InlineData("text", "\"ADE_val_1\"")]
    [InlineData("1.0", "1.0")]
    [InlineData("0", "0")]
    [InlineData("negative", "-5")]
    [InlineData("2^31", "2147483648")]
    [InlineData("beyond 2^53", "9007199254740993")]
    [InlineData("beyond 2^64", "99999999999999999999")]
    public async Task An_id_of_any_kind_keeps_its_text(string row, string id)
    {
        Assert.NotEmpty(row);
        string image = $$"""{"id": {{id}}, "file_name": "a.jpg", "width": 20, "height": 10}""";
        string annotation = $$"""{"id": {{id}}, "image_id": {{id}}, "category_id": {{id}}}""";
        string category = $$"""{"id": {{id}}, "name": "thing"}""";
        string text = await _trap.WithJson(
            $$"""{"images": [{{image}}], "annotations": [{{annotation}}], "categories": [{{category}}]}""")
            .PassesAsync();
        Assert.All([image, annotation, category], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Annotation_ids_that_come_twice_are_warned_of_and_stay()
    {
        string annotation = TrapFolder.Annotation("\"bbox\": [1, 2, 3, 4]");
        string text = await _trap.WithCoco(annotation, annotation).PassesAsync(
            "in.json has annotation ids more than once: 918", "out.json has annotation ids more than once: 918");
        Assert.Equal(3, text.Split(annotation).Length);
    }

    [Fact]
    public async Task An_iscrowd_that_is_not_there_is_not_made_up()
    {
        string text = await _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).PassesAsync();
        Assert.DoesNotContain("iscrowd", text, StringComparison.Ordinal);
    }
}
