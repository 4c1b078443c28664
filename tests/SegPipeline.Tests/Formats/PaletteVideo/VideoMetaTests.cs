using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.PaletteVideo;

public sealed class VideoMetaTests
{
    [Fact]
    public void Objects_get_the_categories_of_YouTube_VOS()
    {
        using var folder = Video();
        PaletteReader reader = With(folder,
            """{"videos":{"v":{"objects":{"1":{"category":"zebra","frames":["00000"]},"2":{"category":"ape"}}}}}""");
        using OpenDataset dataset = reader.Open(StageHarness.Context);
        Assert.Equal(["1 ape", "2 zebra"], dataset.Info.Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}"));
        Assert.Equal(["2", "1"], dataset.Read(0).Instances.Select(i => $"{i.CategoryId}"));
    }

    [Fact]
    public void An_object_that_no_mask_shows_is_absent_everywhere_but_not_lost()
    {
        using var folder = Video();
        PaletteReader reader = With(folder,
            """{"videos":{"v":{"objects":{"1":{"category":"a"},"2":{"category":"a"},"7":{"category":"a"}}}}}""");
        Sample video = reader.ReadAll()[0];
        Assert.Equal("7", video.Instances[2].MemberText("object_id"));
        Assert.Equal("0 0", PaletteVideos.Areas(video.Instances[2]));
    }

    [Fact]
    public void The_lists_of_MOSE_are_compared_with_the_files()
    {
        using var folder = Video();
        PaletteReader reader = With(folder,
            """{"videos":{"v":{"length":2,"height":1,"width":2,"objects":{"1":{},"2":{}}}}}""");
        Assert.Equal(["object"], reader.Open(StageHarness.Context).Info.Taxonomy.Categories.Select(c => c.Name));
        Assert.Equal(2, reader.ReadAll()[0].Instances.Length);
    }

    [Theory]
    [InlineData("""{"videos":{"v":{"length":3}}}""",
        "meta.json, video v: it says that the video has 3 frames, found 2; name the folder of pictures as 'frames', " +
        "correct the meta file, or leave it out [META]")]
    [InlineData("""{"videos":{"v":{"height":1,"width":9}}}""",
        "masks/v: 'meta.json' says 9x1 (width x height), this is 2x1; correct the meta file [FRAME_SIZE]")]
    [InlineData("""{"videos":{"v":{"objects":{"1":{}}}}}""",
        "meta.json, video v: object 2 is in the masks and not in the list, which has 1; name the folder of pictures " +
        "as 'frames', correct the meta file, or leave it out [META]")]
    [InlineData("""{"videos":{}}""",
        "meta.json, video v: expected the video in it, found none; name the folder of pictures as 'frames', correct " +
        "the meta file, or leave it out [META]")]
    [InlineData("""{"videos":{"v":{"objects":{"one":{}}}}}""",
        "meta.json, video v: expected the number of an object, found 'one'; name the meta.json of YouTube-VOS or the " +
        "meta_*.json of MOSE [META_JSON]")]
    [InlineData("""{"clips":[]}""",
        "meta.json: expected an object with a member 'videos', found none; name the meta.json of YouTube-VOS or the " +
        "meta_*.json of MOSE [META_JSON]")]
    public void What_a_meta_file_says_otherwise_is_told(string json, string message)
    {
        using var folder = Video();
        Assert.Equal(message, With(folder, json).Fault().ToString());
    }

    [Fact]
    public void A_meta_file_that_is_no_JSON_is_told_with_its_line()
    {
        using var folder = Video();
        Problem problem = With(folder, "{\n\"videos\": nothing}").Fault();
        Assert.Equal(("meta.json", 2, "META_JSON"), (problem.File, problem.Line, problem.Code));
        Assert.StartsWith("expected JSON: 'nothing}' is an invalid JSON literal", problem.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_meta_file_may_begin_with_a_byte_order_mark()
    {
        using var folder = Video();
        Assert.Single(With(folder, "\uFEFF{\"videos\":{\"v\":{}}}").ReadAll());
    }

    private static TempFolder Video()
    {
        var folder = new TempFolder();
        folder.WriteIndexed("masks/v/00000.png", "10");
        folder.WriteIndexed("masks/v/00001.png", "12");
        return folder;
    }

    private static PaletteReader With(TempFolder folder, string json) => PaletteVideos.Reader(folder) with
    {
        Meta = new InputPath("meta.json", folder.Write("meta.json", json)),
    };
}
