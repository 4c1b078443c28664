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

    private static byte[] WebP(string type, params byte[] body) =>
    [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. System.Text.Encoding.ASCII.GetBytes(type),
        (byte)body.Length, (byte)(body.Length >> 8), 0, 0, .. body,
    ];

    [Fact]
    public void Size_and_orientation_of_every_kind_of_WebP_are_found()
    {
        byte[] lossy = WebP("VP8 ", 0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x90, 0x41, 0x2C, 0x81);
        byte[] lossless = WebP("VP8L", 0x2F, 0x8F, 0x41, 0x4B, 0x00);
        byte[] extended = WebP("VP8X", 0x08, 0, 0, 0, 0x8F, 0x01, 0x01, 0x2B, 0x01, 0x00);
        byte[] pixels = [.. "VP8 "u8, 3, 0, 0, 0, 1, 2, 3, 0];
        byte[] tiff = Tiff(isLittleEndian: true, orientation: 6);
        byte[] exif = [.. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff];

        Assert.Equal(new PhotoHeader(PhotoFormat.WebP, 400, 300, 1), Read(lossy));
        Assert.Equal(new PhotoHeader(PhotoFormat.WebP, 400, 302, 1), Read(lossless));
        Assert.Equal(new PhotoHeader(PhotoFormat.WebP, 65936, 300, 6), Read([.. extended, .. pixels, .. exif]));
        Assert.Equal(new PhotoHeader(PhotoFormat.WebP, 65936, 300, 1), Read([.. extended, .. pixels]));
    }

    [Fact]
    public void The_size_of_a_BMP_is_found_whatever_the_age_of_its_header_and_the_order_of_its_rows()
    {
        byte[] start = [.. "BM"u8, .. new byte[12]];

        Assert.Equal(new PhotoHeader(PhotoFormat.Bmp, 400, 300, 1),
            Read([.. start, 12, 0, 0, 0, 0x90, 0x01, 0x2C, 0x01]));
        Assert.Equal(new PhotoHeader(PhotoFormat.Bmp, 400, 300, 1),
            Read([.. start, 40, 0, 0, 0, 0x90, 0x01, 0, 0, 0x2C, 0x01, 0, 0]));
        Assert.Equal(new PhotoHeader(PhotoFormat.Bmp, 400, 300, 1),
            Read([.. start, 124, 0, 0, 0, 0x90, 0x01, 0, 0, 0xD4, 0xFE, 0xFF, 0xFF]));
        Assert.Contains("-1x5", FaultOf([.. start, 40, 0, 0, 0, 255, 255, 255, 255, 5, 0, 0, 0]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Size_and_orientation_of_a_TIFF_are_found_in_either_order_of_bytes()
    {
        byte[] little =
        [
            .. "II*\0"u8, 12, 0, 0, 0, 9, 9, 9, 9, 3, 0, 0, 1, 3, 0, 1, 0, 0, 0, 0x90, 0x01, 0, 0,
            1, 1, 4, 0, 1, 0, 0, 0, 0x2C, 0x01, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0,
        ];
        byte[] big =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 1, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0x01, 0x90,
            1, 1, 0, 3, 0, 0, 0, 1, 0x01, 0x2C, 0, 0,
        ];

        Assert.Equal(new PhotoHeader(PhotoFormat.Tiff, 400, 300, 8), Read(little));
        Assert.Equal(new PhotoHeader(PhotoFormat.Tiff, 400, 300, 1), Read(big));
        Assert.Contains("found 43", FaultOf([.. "II+\0"u8, 8, 0, 0, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("400x0", FaultOf([.. big[..9], 1, .. big[10..22]]).Message, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, little.Length - 1),
            n => Assert.Equal("MEDIA_FORMAT", FaultOf(little[..n]).Code));
    }

    [Fact]
    public void Of_a_file_on_disk_only_the_parts_that_matter_are_read()
    {
        using var folder = new TempFolder();
        byte[] jpeg = Jpeg(ExifOf(isLittleEndian: true, orientation: 6), Segment(0xE2, new byte[60_000]), Frame);
        File.WriteAllBytes(folder["a.jpg"], jpeg);

        Assert.Equal(Read(jpeg), PhotoHeader.Read(new PhotoFile(folder["a.jpg"]), "a.jpg"));
        Problem missing = Assert.Single(Assert.Throws<BadDataException>(
            () => PhotoHeader.Read(new PhotoFile(folder["b.jpg"]), "b.jpg")).Problems);
        Assert.Equal(("MEDIA_MISSING", folder["b.jpg"]), (missing.Code, missing.File));
        Assert.Equal("the picture cannot be opened: it does not exist", missing.Message);
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
