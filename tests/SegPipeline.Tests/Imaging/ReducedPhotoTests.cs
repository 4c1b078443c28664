using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Imaging;

public sealed class ReducedPhotoTests : IDisposable
{
    private static readonly JpegCodec Jpeg = new(quality: 90);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static RgbPixels Stripes(int widthPx, int heightPx) =>
        new(widthPx, heightPx, [.. Enumerable.Range(0, 3 * widthPx * heightPx).Select(i => (byte)(i / 12 * 40))]);

    private ReducedPhoto Reduced(byte[] file, Frame frame, int widthPx, int heightPx)
    {
        File.WriteAllBytes(_folder[frame.Name], file);
        return new ReducedPhoto(new PhotoFile(_folder[frame.Name]), frame, widthPx, heightPx,
            PhotoCodecs.Of(JpegLibrary.Imagesharp, quality: 90));
    }

    private static byte[] BytesOf(Photo photo) => PhotoBytes.ReadAll(photo);

    [Fact]
    public void A_JPEG_stays_a_JPEG_and_a_PNG_stays_a_PNG_of_the_mean_pixels()
    {
        byte[] jpeg = Jpeg.Encode(Stripes(40, 20)), png = new PngCodec().Encode(Stripes(40, 20));

        Assert.Equal(Jpeg.Encode(Jpeg.DecodeReduced(jpeg, "a", 20, 10)),
            BytesOf(Reduced(jpeg, new Frame("a.jpg", 40, 20), 20, 10)));
        Assert.Equal(AreaMean.Reduce(Stripes(40, 20), 20, 10).RowMajor,
            new PngCodec().Decode(BytesOf(Reduced(png, new Frame("a.png", 40, 20), 20, 10)), "a").RowMajor);
    }

    [Theory]
    [InlineData("a.jpg", 40, 20)]
    [InlineData("a.jpg", 20, 40)]
    [InlineData("a.png", 40, 20)]
    public void The_orientation_goes_along_whichever_way_the_dataset_counts(string name, int widthPx, int heightPx)
    {
        bool isJpeg = name == "a.jpg";
        byte[] upright = isJpeg ? Jpeg.Encode(Stripes(40, 20)) : new PngCodec().Encode(Stripes(40, 20));
        byte[] turned = OrientationTag.Insert(upright, isJpeg ? PhotoFormat.Jpeg : PhotoFormat.Png, orientation: 6);

        byte[] file = BytesOf(Reduced(turned, new Frame(name, widthPx, heightPx), widthPx / 2, heightPx / 2));

        Assert.Equal(new PhotoHeader(isJpeg ? PhotoFormat.Jpeg : PhotoFormat.Png, 20, 10, 6),
            PhotoHeader.Read(new MemoryStream(file), name));
        IPhotoCodec codec = isJpeg ? Jpeg : new PngCodec();
        Assert.Equal(20, codec.Decode(file, name).WidthPx);
    }

    [Fact]
    public void A_picture_of_another_size_or_format_or_none_is_an_error_when_it_is_opened()
    {
        byte[] jpeg = Jpeg.Encode(Stripes(40, 20));
        byte[] bmp = [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, 40, 0, 0, 0, 20, 0, 0, 0];
        Photo missing = Reduced(jpeg, new Frame("b.jpg", 40, 20), 20, 10);
        File.Delete(_folder["b.jpg"]);

        Assert.Equal("MEDIA_SIZE", Code(Reduced(jpeg, new Frame("a.jpg", 20, 40), 10, 20)));
        Assert.Equal("MEDIA_FORMAT", Code(Reduced(bmp, new Frame("c.bmp", 40, 20), 20, 10)));
        Assert.Equal("MEDIA_MISSING", Code(missing));
    }

    private static string Code(Photo photo) => StageHarness.FailsWith(() => photo.OpenRead().Dispose());
}
