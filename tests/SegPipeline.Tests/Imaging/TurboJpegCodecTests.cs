using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Imaging;

public sealed class TurboJpegCodecTests
{
    private static RgbPixels Gradient(int widthPx, int heightPx)
    {
        byte[] rgb = new byte[3 * widthPx * heightPx];
        for (int i = 0; i < rgb.Length / 3; i++)
        {
            rgb[3 * i] = (byte)(255 * (i % widthPx) / widthPx);
            rgb[3 * i + 1] = (byte)(255 * (i / widthPx) / heightPx);
            rgb[3 * i + 2] = 128;
        }
        return new RgbPixels(widthPx, heightPx, rgb);
    }

    private static void AssertNear(RgbPixels expected, RgbPixels found, int levels)
    {
        Assert.Equal((expected.WidthPx, expected.HeightPx), (found.WidthPx, found.HeightPx));
        Assert.All(expected.RowMajor.Zip(found.RowMajor),
            p => Assert.InRange(p.Second, p.First - levels, p.First + levels));
    }

    [TurboJpegFact]
    public void It_gives_back_the_picture_within_its_loss_and_the_same_bytes_each_time()
    {
        var codec = new TurboJpegCodec(quality: 95);
        byte[] file = codec.Encode(Gradient(65, 47));

        AssertNear(Gradient(65, 47), codec.Decode(file, "a.jpg"), levels: 12);
        Assert.Equal(file, codec.Encode(Gradient(65, 47)));
    }

    [TurboJpegFact]
    public void What_one_codec_writes_the_other_reads()
    {
        var turbo = new TurboJpegCodec(quality: 95);
        var sharp = new JpegCodec(quality: 95);

        AssertNear(Gradient(64, 48), sharp.Decode(turbo.Encode(Gradient(64, 48)), "a"), levels: 12);
        AssertNear(Gradient(64, 48), turbo.Decode(sharp.Encode(Gradient(64, 48)), "a"), levels: 12);
    }

    [TurboJpegFact]
    public void A_picture_is_made_smaller_to_any_size_as_by_the_other_codec_within_their_loss()
    {
        var turbo = new TurboJpegCodec(quality: 95);
        byte[] file = turbo.Encode(Gradient(160, 96));

        (int, int)[] sizes = [(80, 48), (40, 24), (20, 12), (53, 32), (159, 1), (160, 96), (9, 9)];
        foreach ((int width, int height) in sizes)
            AssertNear(new JpegCodec(quality: 95).DecodeReduced(file, "a", width, height),
                turbo.DecodeReduced(file, "a", width, height), levels: 14);
    }

    [TurboJpegFact]
    public void An_odd_size_is_halved_to_the_rounded_size()
    {
        var codec = new TurboJpegCodec(quality: 95);

        AssertNear(Gradient(33, 24), codec.DecodeReduced(codec.Encode(Gradient(65, 47)), "a", 33, 24), levels: 14);
    }

    [TurboJpegFact]
    public void A_damaged_or_foreign_file_is_an_error_that_names_it()
    {
        var codec = new TurboJpegCodec(quality: 95);
        byte[] file = codec.Encode(Gradient(64, 48));
        byte[] torn = [.. file[..(file.Length / 2)], 0xFF, 0xD9];
        Action[] attempts =
        [
            () => codec.Decode(file[..^40], "x"), () => codec.Decode(torn, "x"), () => codec.Decode([], "x"),
            () => codec.Decode(new PngCodec().Encode(Gradient(4, 4)), "x"),
            () => codec.DecodeReduced(file[..^40], "x", 8, 8),
        ];

        Assert.All(attempts, attempt =>
        {
            Problem problem = Assert.Single(Assert.Throws<BadDataException>(attempt).Problems);
            Assert.Equal(("MEDIA_FORMAT", "x"), (problem.Code, problem.File));
        });
    }

    [TurboJpegFact]
    public void A_JPEG_cut_or_altered_anywhere_gives_pixels_or_the_declared_error()
    {
        var codec = new TurboJpegCodec(quality: 95);
        byte[] jpeg = codec.Encode(Gradient(24, 16));
        for (int at = 0; at < jpeg.Length; at++)
        {
            byte[] altered = [.. jpeg];
            altered[at] ^= 0x55;
            foreach (byte[] file in new[] { altered, jpeg[..at] })
                if (Record.Exception(() => codec.Decode(file, "x")) is { } fault)
                    Assert.IsType<BadDataException>(fault);
        }
    }

    [TurboJpegFact]
    public void Many_threads_at_once_get_the_same_bytes()
    {
        var codec = new TurboJpegCodec(quality: 80);
        byte[] expected = codec.Encode(Gradient(200, 100));

        byte[][] files = [.. Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => codec.Encode(Gradient(200, 100)))];

        Assert.All(files, file => Assert.Equal(expected, file));
    }

    [Fact]
    public void Without_the_library_the_error_says_what_to_install()
    {
        if (TurboJpegCodec.IsInstalled)
        {
            Assert.Equal(".jpg", new TurboJpegCodec(quality: 90).FileExtension);
            return;
        }
        Problem problem = Assert.Single(
            Assert.Throws<BadDataException>(() => new TurboJpegCodec(quality: 90)).Problems);
        Assert.Equal("CODEC_MISSING", problem.Code);
        Assert.Equal("install libturbojpeg0, or set codec: imagesharp", problem.Remedy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Quality_lies_between_1_and_100(int quality) =>
        Assert.ThrowsAny<ArgumentException>(() => new TurboJpegCodec(quality));
}
