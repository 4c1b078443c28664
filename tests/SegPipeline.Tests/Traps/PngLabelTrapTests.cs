using System.Buffers.Binary;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>Label images that are no label images, in the two readers that take a folder of them.</summary>
public sealed class PngLabelTrapTests : IDisposable
{
    private readonly TrapFolder _trap = new()
    {
        Reader = "read.label_maps: { labels: labels }",
        Look = "",
        Writer = "write.label_maps: { dir: out }",
    };

    public void Dispose() => _trap.Dispose();

    private static byte[] File(string row) => row switch
    {
        "empty file" => [],
        "JPEG" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
        "cut short" => Indexed(2)[..^6],
        "bad checksum" => Changed(Indexed(2), at: ^5),
        "index beyond palette" => Indexed(3),
        "colours of 16 bits" => Pixel(colorType: 2, bitDepth: 16, 1, 2, 3),
        "grey with opacity" => Pixel(colorType: 4, bitDepth: 8, 1, 255),
        "side of 2^31" => Sized(0x80000000, 1),
        "sides of 2^31-1" => Sized(int.MaxValue, int.MaxValue),
        "no pixels" => Sized(0, 1),
        "more than its data" => Sized(20_000, 20_000),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    [Theory]
    [InlineData("empty file", "expected the eight bytes that begin a PNG file; replace the file [PNG_SIGNATURE]")]
    [InlineData("JPEG", "expected the eight bytes that begin a PNG file; replace the file [PNG_SIGNATURE]")]
    [InlineData("cut short",
        "the file ends inside the frame of a chunk, 6 bytes after it began; replace the file [PNG_TRUNCATED]")]
    [InlineData("bad checksum",
        "chunk IENE states checksum AE426082, its bytes have D9455014; replace the file [PNG_CRC]")]
    [InlineData("index beyond palette",
        "pixel (1, 0) has index 3, the palette has 3 entries; replace the file [PNG_PALETTE_INDEX]")]
    [InlineData("colours of 16 bits",
        "expected an indexed, grey or 8-bit colour PNG, found Rgb of 16 bits; save the labels as an indexed or " +
        "grey PNG [LABEL_FORMAT]")]
    [InlineData("grey with opacity",
        "expected an indexed, grey or 8-bit colour PNG, found GreyAlpha of 8 bits; save the labels as an indexed " +
        "or grey PNG [LABEL_FORMAT]")]
    [InlineData("side of 2^31",
        "expected a width and a height from 1 to 2147483647, found 2147483648x1; replace the file [PNG_SIZE]")]
    [InlineData("sides of 2^31-1",
        "a picture of 2147483647x2147483647 takes 4611686014132420609 bytes or more, at most 1073741824 are " +
        "accepted; replace the file [PNG_SIZE]")]
    [InlineData("no pixels",
        "expected a width and a height from 1 to 2147483647, found 0x1; replace the file [PNG_SIZE]")]
    [InlineData("more than its data",
        "11 compressed bytes cannot hold the 400020000 that the picture needs; replace the file [PNG_DATA_SHORT]")]
    public Task A_label_image_that_is_none_rejects_its_image(string row, string fault)
    {
        _trap.Files.WriteGrey("labels/b.png", "12");
        _trap.Files.WriteBytes("labels/a.png", File(row));
        return _trap.RejectsAsync("labels/a.png: error: sample 'a.jpg' in stage 'in': " + fault, stage: "in");
    }

    [Theory]
    [InlineData("empty file", "expected the eight bytes that begin a PNG file; replace the file [PNG_SIGNATURE]")]
    [InlineData("colours of 16 bits",
        "expected an indexed, grey or 8-bit colour PNG, found Rgb of 16 bits; save the labels as an indexed or " +
        "grey PNG [LABEL_FORMAT]")]
    [InlineData("index beyond palette",
        "pixel (1, 0) has index 3, the palette has 3 entries; replace the file [PNG_PALETTE_INDEX]")]
    [InlineData("sides of 2^31-1",
        "a picture of 2147483647x2147483647 takes 4611686014132420609 bytes or more, at most 1073741824 are " +
        "accepted; replace the file [PNG_SIZE]")]
    public Task A_mask_that_is_none_rejects_its_video(string row, string fault)
    {
        _trap.Reader = "read.palette: { masks: Annotations }";
        _trap.Writer = "write.palette: {}";
        _trap.Files.WriteIndexed("Annotations/good/00000.png", "12");
        _trap.Files.WriteBytes("Annotations/bad/00000.png", File(row));
        return _trap.RejectsAsync(
            "Annotations/bad/00000.png: error: sample 'bad' in stage 'in': " + fault, stage: "in", key: "bad");
    }

    private static byte[] Indexed(ushort label) => Write(
        new NaivePicture(2, 1, ColorType: 3, BitDepth: 8, Interlaced: false, [0, label], new byte[9]));

    private static byte[] Pixel(int colorType, int bitDepth, params ushort[] samples) =>
        Write(new NaivePicture(1, 1, colorType, bitDepth, Interlaced: false, samples, []));

    private static byte[] Write(NaivePicture picture) => NaivePng.Write(picture, _ => 0);

    private static byte[] Changed(byte[] file, Index at)
    {
        file[at] ^= 1;
        return file;
    }

    private static byte[] Sized(uint widthPx, uint heightPx)
    {
        var picture = new NaivePicture(2, 1, ColorType: 0, BitDepth: 8, Interlaced: false, [1, 1], []);
        byte[] header = NaivePng.Header(picture);
        BinaryPrimitives.WriteUInt32BigEndian(header, widthPx);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), heightPx);
        return NaivePng.File(
            ("IHDR", header), ("IDAT", NaivePng.Compress(NaivePng.Rows(picture, _ => 0))), ("IEND", []));
    }
}
