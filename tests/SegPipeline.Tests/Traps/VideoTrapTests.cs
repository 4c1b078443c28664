using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>Videos whose lists do not fit each other.</summary>
public sealed class VideoTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new()
    {
        Reader = "read.ytvis: { annotations: in.json }",
        Writer = "write.ytvis: { file: out.json }",
    };

    public void Dispose() => _trap.Dispose();

    [Theory]
    [InlineData("too few shapes", "\"segmentations\": [null]", "in",
        "expected 2 segmentations, one for each frame of the video, found 1; give null for each frame that the " +
        "object is absent from [FRAME_COUNT]")]
    [InlineData("too many shapes", "\"segmentations\": [null, null, null]", "in",
        "expected 2 segmentations, one for each frame of the video, found 3; give null for each frame that the " +
        "object is absent from [FRAME_COUNT]")]
    [InlineData("no list", "\"segmentations\": {}", "in",
        "expected 'segmentations' to be a list with one entry a frame, found {}; correct the record [LIST_SHAPE]")]
    [InlineData("too few boxes", "\"segmentations\": [null, null], \"bboxes\": [null]", "in",
        "expected 2 bboxes, one for each frame of the video, found 1; give null for each frame that the object is " +
        "absent from [FRAME_COUNT]")]
    [InlineData("too few areas", "\"segmentations\": [null, null], \"areas\": [1]", "in",
        "expected 2 areas, one for each frame of the video, found 1; give null for each frame that the object is " +
        "absent from [FRAME_COUNT]")]
    [InlineData("bad shape in frame 2", "\"segmentations\": [null, [[1, 2]]]", "look",
        "in segmentations[1]: expected polygons of at least 6 numbers (3 points), found one of 2; correct it, or " +
        "set short_polygons: drop [POLY_SHORT]")]
    [InlineData("other size", "\"segmentations\": [null, {\"size\": [20, 10], \"counts\": [200]}]", "look",
        "in segmentations[1]: expected run lengths of the picture's size 10x20 (height x width), found 20x10; " +
        "correct the size in the source; a mask is never resized silently [RLE_SIZE]")]
    [InlineData("sum", "\"segmentations\": [{\"size\": [10, 20], \"counts\": [199]}, null]", "look",
        "in segmentations[0]: the run lengths are wrong: run lengths must sum to height x width = 200, they sum to " +
        "199; correct the record [RLE_SUM]")]
    [InlineData("1e9 x 1e9", "\"segmentations\": [{\"size\": [1000000000, 1000000000], \"counts\": [1]}, null]", "look",
        "in segmentations[0]: the run lengths are wrong: a mask may have 4294967295 pixels, 1000000000x1000000000 " +
        "(height x width) has 1000000000000000000; correct the record [MASK_SIZE]")]
    [InlineData("count beyond 2^32",
        "\"segmentations\": [{\"size\": [10, 20], \"counts\": [4294967496]}, null]", "look",
        "in segmentations[0]: expected run lengths of 0 to 4294967295, found 4294967496 as number 0; correct the " +
        "record [RLE_RANGE]")]
    public Task An_object_that_does_not_fit_its_video_rejects_it(string row, string members, string stage, string fault)
    {
        Assert.NotEmpty(row);
        return WithAnnotation($$"""{"id": 918, "video_id": 7, "category_id": 1, {{members}}}""")
            .RejectsAsync("in.json: error: annotation 918: " + fault, stage, key: "a");
    }

    [Theory]
    [InlineData("no frames", "\"file_names\": []",
        "expected a video to have frames, found none; correct the record [NO_FILE_NAMES]")]
    [InlineData("no list", "\"file_names\": \"a/0.jpg\"",
        "expected a video to have a list of file_names, found none; correct the record [NO_FILE_NAMES]")]
    [InlineData("frame null", "\"file_names\": [null]",
        "expected file_names to be texts, found null; correct the record [NO_FILE_NAMES]")]
    [InlineData("no file names", "\"length\": 2",
        "expected a video to have a list of file_names, found none; correct the record [NO_FILE_NAMES]")]
    public Task A_video_without_frames_is_refused(string row, string members, string fault)
    {
        Assert.NotEmpty(row);
        return _trap.WithJson($$"""{"videos": [{"id": 7, "width": 20, "height": 10, {{members}}}]}""")
            .StopsAsync("in.json: error: video 7: " + fault);
    }

    [Theory]
    [InlineData("traversal", "../../a.jpg",
        "expected a file name within the folder of pictures, '../a.jpg' has the part '..'; rename the file in the " +
        "source, or leave the folder of pictures out [UNSAFE_NAME]")]
    [InlineData("drive", "C:/a.jpg",
        "expected a file name within the folder of pictures, 'C:/a.jpg' has a colon (a drive, a stream or an " +
        "address); rename the file in the source, or leave the folder of pictures out [UNSAFE_NAME]")]
    public Task A_frame_that_leads_out_of_its_folder_rejects_the_video(string row, string name, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Reader = "read.ytvis: { annotations: in.json, frames: img }";
        _trap.Look = "";
        Directory.CreateDirectory(_trap.Files["img"]);
        return _trap.WithJson($$"""
            {"videos": [{"id": 8, "width": 20, "height": 10, "file_names": ["b/0.jpg"]},
              {"id": 7, "width": 20, "height": 10, "file_names": ["{{name}}"]}], "annotations": []}
            """).RejectsAsync("in.json: error: video 7: " + fault, stage: "in", key: name.Split('/')[^2]);
    }

    [Fact]
    public async Task Of_an_absolute_name_only_folder_and_file_count()
    {
        _trap.Reader = "read.ytvis: { annotations: in.json, frames: img }";
        _trap.Look = "";
        _trap.Writer = "write.ytvis: { file: out.json, frames: copy }";
        _trap.Files.Write("img/a/0.jpg", "picture");
        await _trap.WithJson(
            """{"videos": [{"id": 7, "width": 20, "height": 10, "file_names": ["/etc/a/0.jpg"]}]}""")
            .PassesAsync();
        Assert.Equal("picture", await File.ReadAllTextAsync(_trap.Files["out/JPEGImages/a/0.jpg"]));
    }

    [Fact]
    public Task An_annotation_of_no_video_is_rejected_by_its_own_name() =>
        WithAnnotation("""{"id": 918, "video_id": 9, "category_id": 1, "segmentations": [null, null]}""")
            .RejectsAsync(
                "in.json: error: annotation 918: expected a video_id of the " +
                "file's videos, found 9; add the video or remove the " +
                "annotation [UNKNOWN_VIDEO]", stage: "in", key: "annotation 918");

    [Fact]
    public async Task Absent_empty_and_without_pixels_stay_apart()
    {
        const string annotation = """{"id": 918, "video_id": 7, "category_id": 1, "segmentations": [null, []]}""";
        Assert.Contains(annotation, await WithAnnotation(annotation).PassesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_slashes_in_names_are_folders_and_stay_as_they_were_written()
    {
        string text = await _trap.WithJson(
            """{"videos": [{"id": 7, "width": 20, "height": 10, "file_names": ["a\\0.jpg"]}]}""").PassesAsync();
        Assert.Contains("\"a\\\\0.jpg\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_that_is_wrong_is_told() => await _trap.WithJson(
        """{"videos": [{"id": 7, "width": 20, "height": 10, "length": 5, "file_names": ["a/0.jpg"]}]}""")
        .PassesAsync("length");

    private TrapFolder WithAnnotation(string annotation) => _trap.WithJson($$"""
        {"videos": [{"id": 8, "width": 20, "height": 10, "file_names": ["b/0.jpg"]},
          {"id": 7, "width": 20, "height": 10, "file_names": ["a/0.jpg", "a/1.jpg"]}],
        "annotations": [{{annotation}}], "categories": [{"id": 1, "name": "thing"}]}
        """);
}
