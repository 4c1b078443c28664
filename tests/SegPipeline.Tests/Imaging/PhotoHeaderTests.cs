using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Imaging;

public sealed class PhotoHeaderTests
{
    private static readonly byte[] Frame = [0xFF, 0xC2, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0];

    private static byte[] Tiff(bool isLittleEndian, byte orientation) => isLittleEndian
        ? [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, .. new byte[12], 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
        : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, .. new byte[12], 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];

    private static byte[] Jpeg(params byte[][] segments) => [0xFF, 0xD8, .. segments.SelectMany(s => s)];

    private static byte[] Segment(byte marker, params byte[] body) =>
        [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] ExifOf(bool isLittleEndian, byte orientation) =>
        Segment(0xE1, [.. "Exif\0\0"u8, .. Tiff(isLittleEndian, orientation)]);

    private static PhotoHeader Read(byte[] file) => PhotoHeader.Read(new MemoryStream(file), "a.jpg");

    private static Problem FaultOf(byte[] file) =>
        Assert.Single(Assert.Throws<BadDataException>(() => Read(file)).Problems);

    [Theory]
    [InlineData(true, 6, 6)]
    [InlineData(false, 8, 8)]
    [InlineData(true, 0, 1)]
    [InlineData(false, 9, 1)]
    public void Size_and_orientation_of_a_JPEG_are_found(bool isLittleEndian, byte written, int expected) =>
        Assert.Equal(new PhotoHeader(PhotoFormat.Jpeg, 40, 30, expected),
            Read(Jpeg(Segment(0xE0, new byte[14]), ExifOf(isLittleEndian, written), Frame)));

    [Fact]
    public void Fill_bytes_other_APP1_segments_and_Huffman_tables_are_passed_over() =>
        Assert.Equal(new PhotoHeader(PhotoFormat.Jpeg, 40, 30, 1), Read(Jpeg(
            [0xFF, 0xFF], Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8]), Segment(0xC4, 1, 2, 3), Frame)));

    [Fact]
    public void A_stream_that_cannot_seek_gives_the_same()
    {
        byte[] file = Jpeg(Segment(0xE0, new byte[60_000]), Frame);
        using var pipe = new System.IO.Compression.GZipStream(
            new MemoryStream(Compressed(file)), System.IO.Compression.CompressionMode.Decompress);

        Assert.Equal(Read(file), PhotoHeader.Read(pipe, "a.jpg"));
    }

    [Fact]
    public void Size_and_orientation_of_a_PNG_are_found()
    {
        byte[] png = new PngCodec().Encode(new RgbPixels(7, 5, new byte[3 * 7 * 5]));
        byte[] tiff = Tiff(isLittleEndian: false, orientation: 3);
        byte[] exif = [0, 0, 0, (byte)tiff.Length, .. "eXIf"u8, .. tiff, 0, 0, 0, 0];

        Assert.Equal(new PhotoHeader(PhotoFormat.Png, 7, 5, 1), Read(png));
        Assert.Equal(3, Read([.. png[..33], .. exif, .. png[33..]]).Orientation);
    }

    [Fact]
    public void A_file_that_ends_within_its_header_is_an_error_wherever_it_ends()
    {
        byte[] jpeg = Jpeg(ExifOf(isLittleEndian: true, orientation: 6), Frame);
        byte[] png = new PngCodec().Encode(new RgbPixels(1, 1, new byte[3]));

        Assert.All(Enumerable.Range(0, jpeg.Length - 5), n => Assert.Equal("MEDIA_FORMAT", FaultOf(jpeg[..n]).Code));
        Assert.All(Enumerable.Range(0, 41), n => Assert.Equal("MEDIA_FORMAT", FaultOf(png[..n]).Code));
    }

    [Fact]
    public void Anything_else_is_an_error_that_says_what_was_found()
    {
        Assert.Contains("47 49", FaultOf([.. "GIF89a"u8]).Message, StringComparison.Ordinal);
        Assert.Contains("found 00", FaultOf(Jpeg([0])).Message, StringComparison.Ordinal);
        Assert.Contains("no frame header", FaultOf(Jpeg(Segment(0xDA, 1, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("0x0", FaultOf(Jpeg(Segment(0xC0, 8, 0, 0, 0, 0, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("shorter", FaultOf(Jpeg([0xFF, 0xE0, 0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_EXIF_counts_as_none()
    {
        byte[][] blocks = [Tiff(isLittleEndian: true, orientation: 6)[..20], [.. "II*\0"u8, 255, 255, 255, 255]];

        Assert.All(blocks, block =>
            Assert.Equal(1, Read(Jpeg(Segment(0xE1, [.. "Exif\0\0"u8, .. block]), Frame)).Orientation));
    }

    [RealDataFact]
    public void The_header_of_a_real_photo_has_the_size_of_its_pixels()
    {
        string folder = Path.Combine(SharedData.Data!, "coco", "coco-tiny-160");
        string[] photos = [.. Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Take(12)];

        Assert.Equal(12, photos.Length);
        Assert.All(photos, photo =>
        {
            RgbPixels pixels = new JpegCodec(quality: 90).Decode(File.ReadAllBytes(photo), photo);
            PhotoHeader header = PhotoHeader.Read(new PhotoFile(photo), photo);
            Assert.Equal((pixels.WidthPx, pixels.HeightPx), (header.WidthPx, header.HeightPx));
        });
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(bytes);
        return target.ToArray();
    }
}
