using System.Buffers.Binary;
using SegPipeline.Imaging;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Imaging;

public sealed class PhotoCodecTests
{
    private static readonly JpegCodec Jpeg = new(quality: 95);
    private static readonly PngCodec Png = new();

    private static RgbPixels Gradient(int widthPx, int heightPx)
    {
        byte[] rgb = new byte[3 * widthPx * heightPx];
        for (int i = 0; i < widthPx * heightPx; i++)
        {
            rgb[3 * i] = (byte)(255 * (i % widthPx) / widthPx);
            rgb[3 * i + 1] = (byte)(255 * (i / widthPx) / heightPx);
            rgb[3 * i + 2] = 128;
        }
        return new RgbPixels(widthPx, heightPx, rgb);
    }

    [Fact]
    public void PNG_gives_back_every_pixel()
    {
        RgbPixels picture = Gradient(31, 17);

        RgbPixels back = Png.Decode(Png.Encode(picture), "a.png");

        Assert.Equal((31, 17), (back.WidthPx, back.HeightPx));
        Assert.Equal(picture.RowMajor, back.RowMajor);
    }

    [Fact]
    public void JPEG_gives_back_the_picture_within_its_loss()
    {
        RgbPixels picture = Gradient(64, 48);

        RgbPixels back = Jpeg.Decode(Jpeg.Encode(picture), "a.jpg");

        Assert.Equal((64, 48), (back.WidthPx, back.HeightPx));
        Assert.All(picture.RowMajor.Zip(back.RowMajor), p => Assert.InRange(p.Second, p.First - 12, p.First + 12));
    }

    [Fact]
    public void The_same_picture_gives_the_same_bytes()
    {
        Assert.Equal(Jpeg.Encode(Gradient(64, 48)), Jpeg.Encode(Gradient(64, 48)));
        Assert.Equal(Png.Encode(Gradient(64, 48)), Png.Encode(Gradient(64, 48)));
    }

    [Fact]
    public void Grey_and_palette_PNGs_become_colours()
    {
        byte[] grey = PngWriter.EncodeGrey(new RowMajorPixels<byte>([0, 1, 2, 3], 1, 4), PngCompression.Fastest, 2);
        byte[] grey16 = PngWriter.EncodeGrey16(new RowMajorPixels<ushort>([0x1234], 1, 1), PngCompression.Fastest);
        byte[] indexed = PngWriter.EncodeIndexed(
            new RowMajorPixels<byte>([2], 1, 1), Palette.Voc, PngCompression.Fastest);

        Assert.Equal([0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255], Png.Decode(grey, "a.png").RowMajor);
        Assert.Equal([0x12, 0x12, 0x12], Png.Decode(grey16, "a.png").RowMajor);
        Assert.Equal([0, 128, 0], Png.Decode(indexed, "a.png").RowMajor);
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it()
    {
        byte[] jpeg = Jpeg.Encode(Gradient(64, 48)), png = Png.Encode(Gradient(64, 48));
        Action[] attempts =
        [
            () => Jpeg.Decode(jpeg[..20], "x"), () => Png.Decode(png[..60], "x"), () => Jpeg.Decode(png, "x"),
            () => Png.Decode(jpeg, "x"), () => Jpeg.Decode([], "x"),
        ];

        Assert.All(attempts, attempt =>
        {
            Problem problem = Assert.Single(Assert.Throws<BadDataException>(attempt).Problems);
            Assert.Equal(("MEDIA_FORMAT", "x"), (problem.Code, problem.File));
        });
    }

    [Fact]
    public void A_JPEG_cut_or_altered_anywhere_gives_pixels_or_the_declared_error()
    {
        byte[] jpeg = Jpeg.Encode(Gradient(24, 16));
        for (int at = 0; at < jpeg.Length; at++)
        {
            byte[] altered = [.. jpeg];
            altered[at] ^= 0x55;
            foreach (byte[] file in new[] { altered, jpeg[..at] })
                if (Record.Exception(() => Jpeg.Decode(file, "x")) is { } fault) Assert.IsType<BadDataException>(fault);
        }
    }

    [Fact]
    public void A_JPEG_cut_short_of_other_colours_or_precision_is_told_apart()
    {
        byte[] jpeg = Jpeg.Encode(Gradient(64, 48));
        int frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        byte[] deep = [.. jpeg], cmyk = [.. jpeg];
        deep[frame + 4] = 12;
        cmyk[frame + 9] = 4;

        Assert.Contains("cut short", FaultOf(jpeg[..^30]).Message, StringComparison.Ordinal);
        Assert.Contains("12 bits", FaultOf(deep).Message, StringComparison.Ordinal);
        Assert.Contains("CMYK", FaultOf(cmyk).Message, StringComparison.Ordinal);
        Assert.Contains("convert it", FaultOf(cmyk).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_decoded_smaller_is_the_mean_of_the_picture_decoded()
    {
        byte[] jpeg = Jpeg.Encode(Gradient(65, 47));

        Assert.Equal(AreaMean.Reduce(Jpeg.Decode(jpeg, "a"), 33, 12).RowMajor,
            Jpeg.DecodeReduced(jpeg, "a", 33, 12).RowMajor);
    }

    private static Problem FaultOf(byte[] file) =>
        Assert.Single(Assert.Throws<BadDataException>(() => Jpeg.Decode(file, "x")).Problems);

    [Fact]
    public void A_picture_too_large_to_decode_is_refused_before_memory_is_taken()
    {
        byte[] jpeg = Jpeg.Encode(Gradient(16, 16));
        int frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        jpeg[frame + 5] = jpeg[frame + 7] = 0xFF;

        byte[] png = Png.Encode(Gradient(16, 16));
        new byte[] { 0, 1, 0, 0, 0, 1, 0, 0 }.CopyTo(png, 16);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.Of(png.AsSpan(12, 17)));

        Assert.Equal("MEDIA_SIZE", StageHarness.FailsWith(() => Jpeg.Decode(jpeg, "x")));
        Assert.Equal("MEDIA_SIZE", StageHarness.FailsWith(() => Png.Decode(png, "x")));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 4)]
    public void Pixels_must_fit_the_size(int widthPx, int heightPx, int bytes) =>
        Assert.ThrowsAny<ArgumentException>(() => new RgbPixels(widthPx, heightPx, new byte[bytes]));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Quality_lies_between_1_and_100(int quality) =>
        Assert.ThrowsAny<ArgumentException>(() => new JpegCodec(quality));
}
