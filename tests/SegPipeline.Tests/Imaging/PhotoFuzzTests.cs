using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Imaging;

/// <summary>Photos of datasets are untrusted: whatever they hold, only bad data problems come out.</summary>
[Trait("Category", "Fuzz")]
public sealed class PhotoFuzzTests
{
    private static readonly byte[] Jpeg = new JpegCodec(quality: 90).Encode(Picture(20, 10));
    private static readonly byte[] Png = new PngCodec().Encode(Picture(20, 10));

    private static readonly byte[][] Seeds =
    [
        Jpeg, OrientationTag.Insert(Jpeg, PhotoFormat.Jpeg, orientation: 6),
        Png, OrientationTag.Insert(Png, PhotoFormat.Png, orientation: 3),
        [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8 "u8, 10, 0, 0, 0, 0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x90, 0x41, 0x2C, 0x81],
        [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, 0x8F, 1, 1, 0x2B, 1, 0,
            .. "EXIF"u8, 8, 0, 0, 0, .. "II*\0"u8, 8, 0, 0, 0],
        [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, 0x90, 1, 0, 0, 0x2C, 1, 0, 0],
        [.. "BM"u8, .. new byte[12], 12, 0, 0, 0, 0x90, 1, 0x2C, 1],
        [.. "II*\0"u8, 8, 0, 0, 0, 3, 0, 0, 1, 3, 0, 1, 0, 0, 0, 0x90, 1, 0, 0,
            1, 1, 4, 0, 1, 0, 0, 0, 0x2C, 1, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0],
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 1, 0, 0, 4, 0, 0, 0, 1, 0, 0, 1, 0x90, 1, 1, 0, 3, 0, 0, 0, 1, 1, 0x2C, 0, 0],
    ];

    [Fact]
    public void A_header_is_read_or_refused() => Holds("photo headers", Seeds, 1 << 20, input =>
    {
        PhotoHeader header = PhotoInspection.Of(new MemoryPhoto(input), "a.jpg").Header;
        Assert.True(header.WidthPx > 0 && header.HeightPx > 0 && header.Orientation is >= 1 and <= 8, $"{header}");
        Assert.Equal(header, PhotoHeader.Read(new MemoryStream(input), "a.jpg"));
    });

    [Fact]
    public void A_PNG_photo_is_decoded_or_refused() => Holds("png photos", [Png], 1 << 24, input =>
    {
        RgbPixels pixels = new PngCodec().Decode(input, "a.png");
        Assert.Equal(3L * pixels.WidthPx * pixels.HeightPx, pixels.RowMajor.Length);
    });

    [Fact]
    public void A_JPEG_photo_is_decoded_or_refused() => Holds("jpeg photos", Seeds[..2], 1 << 27, input =>
    {
        RgbPixels pixels = new JpegCodec(quality: 90).Decode(input, "a.jpg");
        Assert.Equal(3L * pixels.WidthPx * pixels.HeightPx, pixels.RowMajor.Length);
    });

    private static void Holds(string name, byte[][] seeds, long maxAllocatedBytes, Action<byte[]> decode)
    {
        int refused = 0;
        var fuzzer = new MutationFuzzer(name, seeds)
        {
            MaxAllocatedBytes = maxAllocatedBytes,
            OrdinaryInputs = 5_000,
            Repair = input => input is [0x89, ..] ? NaivePng.RepairChecksums(input) : input,
        };
        int inputs = fuzzer.Run(input =>
        {
            try
            {
                decode(input);
            }
            catch (BadDataException e)
            {
                Assert.NotEmpty(e.Problems[0].Message);
                refused++;
            }
        });
        Assert.True(refused >= inputs / 20 && inputs - refused >= inputs / 100, $"{refused} of {inputs} refused");
    }

    private static RgbPixels Picture(int widthPx, int heightPx)
    {
        byte[] values = new byte[3 * widthPx * heightPx];
        for (int i = 0; i < values.Length; i++) values[i] = (byte)(7 * i);
        return new RgbPixels(widthPx, heightPx, values);
    }

    private sealed class MemoryPhoto(byte[] bytes) : Photo
    {
        public override string? FilePath => null;

        public override Stream OpenRead() => new MemoryStream(bytes, writable: false);
    }
}
