using SegPipeline.Formats.Coco;
using SegPipeline.Imaging;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>The small pictures of the grid.</summary>
public sealed class ThumbnailTests : IDisposable
{
    private const string Square = "[[0,0,20,0,20,20,0,20]]";
    private const string Crowd = """{"size":[40,60],"counts":[0,2400]}""";
    private const string NoSum = """{"size":[40,60],"counts":[1,1]}""";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Photos_are_passed_on_byte_for_byte_and_thumbnails_are_JPEGs()
    {
        ViewedDataset scenes = ViewedPage.Scenes(2);
        using Stream photo = scenes.Read(1).Frame.Photo!.OpenRead();
        using var expected = new MemoryStream();
        photo.CopyTo(expected);
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        using HttpResponseMessage answer = await page.Client.GetAsync(new Uri(page.Address, "api/entries/1/0/0/photo"));
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(expected.ToArray(), await answer.Content.ReadAsByteArrayAsync());
        byte[] small = await page.Client.GetByteArrayAsync(new Uri(page.Address, "api/entries/1/0/thumbnail"));
        Assert.Equal([0xFF, 0xD8], small[..2]);
    }

    [Fact]
    public async Task Masks_are_shown_although_their_picture_cannot_be_read()
    {
        _temp.Write("images/a.jpg", "no picture");
        RgbPixels pixels = await ThumbnailAsync(Record(1, Square));
        Assert.True(Brightest(pixels, 5, 10) > Brightest(pixels, 50, 10) + 30);
    }

    [Fact]
    public async Task A_picture_that_is_missing_is_a_ground_that_is_crossed_out_though_nothing_is_on_it()
    {
        Directory.CreateDirectory(_temp["images"]);
        RgbPixels pixels = await ThumbnailAsync("");
        Assert.True(Brightest(pixels, 30, 20) > Brightest(pixels, 30, 5) + 10);
    }

    [Fact]
    public async Task A_malformed_shape_leaves_the_others_and_its_own_box_and_its_instance_is_still_found()
    {
        string records = Record(1, Square) + "," + Record(2, NoSum, box: "[30,10,20,20]");
        RgbPixels pixels = await ThumbnailAsync(records);
        Assert.True(Brightest(pixels, 10, 10) > Brightest(pixels, 55, 5) + 30, "the shape that is well");
        Assert.True(Brightest(pixels, 30, 20) > Brightest(pixels, 55, 5) + 30, "the box of the other");
        Assert.True(Brightest(pixels, 40, 20) < Brightest(pixels, 55, 5) + 20, "nothing in it");
        await using ViewedPage page = await ViewedPage.ShowAsync(Dataset(records));
        await page.Indexed;
        Assert.Equal(["a.jpg"], await page.KeysAsync("marks=broken&category=c2"));
    }

    [Fact]
    public async Task Objects_without_a_shape_have_their_box()
    {
        RgbPixels pixels = await ThumbnailAsync(Record(1, "[]", box: "[-5,10,30,20]"));
        Assert.True(Brightest(pixels, 24, 20) > Brightest(pixels, 55, 5) + 30);
        Assert.True(Brightest(pixels, 12, 20) < Brightest(pixels, 55, 5) + 20);
    }

    [Fact]
    public async Task Crowds_are_hatched()
    {
        RgbPixels pixels = await ThumbnailAsync(Record(1, Crowd, isCrowd: 1));
        int[] row = [.. Enumerable.Range(0, 60).Select(x => Brightest(pixels, x, 20))];
        Assert.Equal(15, row.Zip(row.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) > 30), 2.0);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    public async Task A_photo_is_turned_as_its_masks_are(int orientation, bool isRedAbove)
    {
        // As stored, 40 wide and 60 high once turned: red at the left, black at the right.
        var stored = new RgbPixels(40, 60, new byte[3 * 40 * 60]);
        for (int i = 0; i < 40 * 60; i++) stored.RowMajor[3 * i] = (byte)(i % 40 < 20 ? 255 : 0);
        _temp.Write("images/a.jpg", "");
        await File.WriteAllBytesAsync(_temp["images/a.jpg"],
            OrientationTag.Insert(new JpegCodec(quality: 90).Encode(stored), PhotoFormat.Jpeg, orientation));
        RgbPixels pixels = await ThumbnailAsync("");
        Assert.Equal((60, 40), (pixels.WidthPx, pixels.HeightPx));
        Assert.Equal(isRedAbove, Brightest(pixels, 30, 5) > 200);
        Assert.Equal(!isRedAbove, Brightest(pixels, 30, 35) > 200);
    }

    private static string Record(int id, string shape, string box = "[0,0,20,20]", int isCrowd = 0) =>
        $$"""{"id":{{id}},"image_id":1,"category_id":{{id}},"iscrowd":{{isCrowd}},"area":400,"bbox":{{box}},""" +
        $$""" "segmentation":{{shape}}}""";

    private static int Brightest(RgbPixels pixels, int x, int y) =>
        pixels.RowMajor.AsSpan(3 * (y * pixels.WidthPx + x), 3).ToArray().Max();

    private ViewedDataset Dataset(string records) => ViewedPage.Dataset("set", new CocoReader
    {
        Annotations = InputPath.Of(_temp.Write("set.json",
            """{"images":[{"id":1,"file_name":"a.jpg","width":60,"height":40}],"annotations":[""" + records +
            """],"categories":[{"id":1,"name":"c1"},{"id":2,"name":"c2"}]}""")),
        Images = Directory.Exists(_temp["images"]) ? InputPath.Of(_temp["images"]) : null,
    });

    private async Task<RgbPixels> ThumbnailAsync(string records)
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(Dataset(records));
        byte[] small = await page.Client.GetByteArrayAsync(new Uri(page.Address, "api/entries/0/0/thumbnail"));
        return new JpegCodec(quality: 90).Decode(small, "thumbnail");
    }
}
