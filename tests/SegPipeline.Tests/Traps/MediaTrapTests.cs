using SegPipeline.Imaging;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>Pictures that are missing, cut short, turned, or not what the dataset says of them.</summary>
public sealed class MediaTrapTests : IDisposable
{
    private static readonly byte[] Jpeg = new JpegCodec(quality: 90).Encode(new RgbPixels(20, 10, new byte[600]));
    private static readonly byte[] Png = new PngCodec().Encode(new RgbPixels(20, 10, new byte[600]));

    private readonly TrapFolder _trap = new()
    {
        Reader = "read.coco: { annotations: in.json, images: img }",
        Look = "verify_media: { exif: reject }",
        Writer = "write.coco: { file: out.json, images: copy }",
    };

    public void Dispose() => _trap.Dispose();

    private static byte[] File(string row) => row switch
    {
        "empty file" => [],
        "GIF" => [.. "GIF89a"u8],
        "web page" => [.. "<html>not found</html>"u8],
        "header cut" => Jpeg[..20],
        "JPEG cut short" => Jpeg[..^2],
        "PNG cut short" => Png[..^12],
        "other size" => new PngCodec().Encode(new RgbPixels(21, 10, new byte[630])),
        "exchanged" => new PngCodec().Encode(new RgbPixels(10, 20, new byte[600])),
        "PNG of 2^31" => [.. Png[..16], 0x80, 0, 0, 0, .. Png[20..]],
        "WebP cut short" => [.. "RIFF"u8, 99, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, 19, 0, 0, 9, 0, 0,
            .. "VP8 "u8, 255, 255, 255, 255, 1, 2, 3],
        "PNG of 2^31 sound" => NaivePng.RepairChecksums([.. Png[..16], 0x80, 0, 0, 0, .. Png[20..]]),
        "turned" => OrientationTag.Insert(Jpeg, PhotoFormat.Jpeg, orientation: 6),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    [Theory]
    [InlineData("empty file", "the file ends within its header; replace the file [MEDIA_FORMAT]")]
    [InlineData("GIF",
        "a JPEG, PNG, WebP, BMP or TIFF is expected, found a file that begins with 47 49; replace the file " +
        "[MEDIA_FORMAT]")]
    [InlineData("web page",
        "a JPEG, PNG, WebP, BMP or TIFF is expected, found a file that begins with 3C 68; replace the file " +
        "[MEDIA_FORMAT]")]
    [InlineData("header cut", "the file ends within its header; replace the file [MEDIA_FORMAT]")]
    [InlineData("JPEG cut short",
        "the picture is cut short: the JPEG has no end-of-image marker; replace the file [MEDIA_TRUNCATED]")]
    [InlineData("PNG cut short",
        "the picture is cut short: the PNG has no IEND chunk; replace the file [MEDIA_TRUNCATED]")]
    [InlineData("other size",
        "the dataset says 20x10, the picture is 21x10; correct the record, or set size: fix [MEDIA_SIZE]")]
    [InlineData("exchanged",
        "the dataset says 20x10, the picture is 10x20: width and height are exchanged; correct the record, or set " +
        "size: fix [MEDIA_SIZE]")]
    [InlineData("PNG of 2^31",
        "the PNG header is damaged: chunk IHDR states checksum 3B37E9B1, its bytes have B518ED34; replace the file " +
        "[MEDIA_FORMAT]")]
    [InlineData("PNG of 2^31 sound",
        "the PNG header is damaged: expected a width and a height from 1 to 2147483647, found 2147483648x10; replace " +
        "the file [MEDIA_FORMAT]")]
    [InlineData("WebP cut short",
        "the picture is cut short: the WebP says that it has 107 bytes, the file has 41; replace the file " +
        "[MEDIA_TRUNCATED]")]
    [InlineData("turned",
        "EXIF orientation 6 makes viewers show 10x20, the dataset says 20x10 as stored; read pictures as stored, " +
        "or remove the orientation [MEDIA_TURNED]")]
    public Task A_picture_that_is_not_as_the_dataset_says_rejects_its_image(string row, string fault)
    {
        _trap.Files.WriteBytes("img/b.jpg", Jpeg);
        _trap.Files.WriteBytes("img/a.jpg", File(row));
        return _trap.WithCoco(TrapFolder.Annotation("\"area\": 1"))
            .RejectsAsync("img/a.jpg: error: sample 'a.jpg' in stage 'look': " + fault);
    }

    [Fact]
    public Task A_missing_picture_rejects_its_image()
    {
        _trap.Files.WriteBytes("img/b.jpg", Jpeg);
        return _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).RejectsAsync(
            "img/a.jpg: error: sample 'a.jpg' in stage 'look': the picture cannot be opened: it does not exist; " +
            "check the reader's 'images' folder [MEDIA_MISSING]");
    }

    [Fact]
    public Task A_missing_picture_that_nobody_looked_for_stops_the_writer_that_needs_it()
    {
        _trap.Files.WriteBytes("img/b.jpg", Jpeg);
        _trap.Look = "";
        return _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).StopsAsync(
            "img/a.jpg: error: the picture cannot be put into the release: it does not exist; check the reader's " +
            "folder of pictures, or write without pictures [MEDIA_MISSING]");
    }

    [Fact]
    public Task A_folder_in_the_place_of_a_picture_is_missing()
    {
        _trap.Files.WriteBytes("img/b.jpg", Jpeg);
        Directory.CreateDirectory(_trap.Files["img/a.jpg"]);
        return _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).RejectsAsync(
            "img/a.jpg: error: sample 'a.jpg' in stage 'look': the picture cannot be opened: Access to the path " +
            "'img/a.jpg' is denied; check the reader's 'images' folder [MEDIA_MISSING]");
    }

    [Fact]
    public async Task Any_file_is_copied_byte_for_byte_where_no_pixel_is_needed()
    {
        _trap.Files.WriteBytes("img/b.jpg", File("turned"));
        _trap.Files.WriteBytes("img/a.jpg", File("JPEG cut short"));
        _trap.Look = "";
        await _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).PassesAsync();
        Assert.Equal(File("turned"), await System.IO.File.ReadAllBytesAsync(_trap.Files["out/images/b.jpg"]));
        Assert.Equal(File("JPEG cut short"), await System.IO.File.ReadAllBytesAsync(_trap.Files["out/images/a.jpg"]));
    }

    private static byte[] Kind(string kind) => kind switch
    {
        "progressive" => JpegKinds.With(Jpeg, process: 0xC2, bits: 8, components: 3),
        "12 bits" => JpegKinds.With(Jpeg, process: 0xC1, bits: 12, components: 3),
        "CMYK" => JpegKinds.With(Jpeg, process: 0xC0, bits: 8, components: 4),
        "YCCK" => JpegKinds.WithAdobe(JpegKinds.With(Jpeg, process: 0xC0, bits: 8, components: 4), transform: 2),
        "lossless" => JpegKinds.With(Jpeg, process: 0xC3, bits: 8, components: 3),
        "65535x65535" => JpegKinds.Sized(Jpeg, ushort.MaxValue, ushort.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    [Theory]
    [InlineData("progressive")]
    [InlineData("12 bits")]
    [InlineData("CMYK")]
    [InlineData("YCCK")]
    [InlineData("lossless")]
    public async Task A_JPEG_of_any_kind_is_verified_and_copied_byte_for_byte(string kind)
    {
        _trap.Files.WriteBytes("img/b.jpg", Jpeg);
        _trap.Files.WriteBytes("img/a.jpg", Kind(kind));
        await _trap.WithCoco(TrapFolder.Annotation("\"area\": 1")).PassesAsync();
        Assert.Equal(Kind(kind), await System.IO.File.ReadAllBytesAsync(_trap.Files["out/images/a.jpg"]));
    }

    [Theory]
    [InlineData("12 bits", 20, 10, "the JPEG has 12 bits a sample, only 8 are decoded; convert it to RGB of 8 " +
        "bits, or copy it without making it smaller [MEDIA_FORMAT]")]
    [InlineData("CMYK", 20, 10, "the JPEG has 4 components (4 are CMYK), only 1 and 3 are decoded; " +
        "convert it to RGB of 8 bits, or copy it without making it smaller [MEDIA_FORMAT]")]
    [InlineData("YCCK", 20, 10, "the JPEG has 4 components (4 are CMYK), only 1 and 3 are decoded; " +
        "convert it to RGB of 8 bits, or copy it without making it smaller [MEDIA_FORMAT]")]
    [InlineData("65535x65535", 65535, 65535, "the picture is 65535x65535, at most 536870912 pixels are decoded; " +
        "reduce the picture, or copy it without decoding [MEDIA_SIZE]")]
    public Task A_JPEG_that_cannot_be_decoded_stops_the_run_that_needs_its_pixels(
        string kind, int widthPx, int heightPx, string fault)
    {
        _trap.Files.WriteBytes("img/b.jpg", Jpeg);
        _trap.Files.WriteBytes("img/a.jpg", Kind(kind));
        _trap.Look = "overlay: {}";
        return _trap.WithJson($$"""
            {"images": [{"id": 7, "file_name": "a.jpg", "width": {{widthPx}}, "height": {{heightPx}}}],
            "annotations": [{"id": 918, "image_id": 7, "bbox": [1, 1, 5, 5]}]}
            """).StopsAsync("img/a.jpg: error: " + fault);
    }

    [Theory]
    [InlineData("width as text", "\"width\": \"20\", \"height\": 10",
        "expected a whole number as width, found \"20\"; correct the record [IMAGE_SIZE]")]
    [InlineData("width negative", "\"width\": -20, \"height\": 10",
        "expected a whole number as width, found -20; correct the record [IMAGE_SIZE]")]
    [InlineData("width fraction", "\"width\": 20.5, \"height\": 10",
        "expected a whole number as width, found 20.5; correct the record [IMAGE_SIZE]")]
    [InlineData("width wraps", "\"width\": 4294967316, \"height\": 10",
        "expected a whole number as width, found 4294967316; correct the record [IMAGE_SIZE]")]
    public Task A_size_that_is_none_rejects_its_image(string row, string size, string fault)
    {
        Assert.NotEmpty(row);
        _trap.Reader = "read.coco: { annotations: in.json }";
        _trap.Writer = "write.coco: { file: out.json }";
        _trap.Look = "encode_rle: {}";
        return _trap.WithJson($$"""
            {"images": [{"id": 7, "file_name": "a.jpg", {{size}}}, {"id": 8, "file_name": "b.jpg"}], "annotations": []}
            """).RejectsAsync("in.json: error: image 7: " + fault, stage: "in");
    }

    [Fact]
    public Task A_picture_of_more_pixels_than_a_mask_can_have_rejects_its_image()
    {
        _trap.Reader = "read.coco: { annotations: in.json }";
        _trap.Writer = "write.coco: { file: out.json }";
        _trap.Look = "encode_rle: {}";
        return _trap.WithJson("""
            {"images": [{"id": 7, "file_name": "a.jpg", "width": 2147483647, "height": 2147483647}],
            "annotations": [{"id": 918, "image_id": 7, "segmentation": [[1, 1, 5, 1, 5, 5]]}]}
            """).RejectsAsync(
                "in.json: error: annotation 918 of 'a.jpg': the polygon cannot be filled: a mask may have " +
                "4294967295 pixels, 2147483647x2147483647 (height x width) has 4611686014132420609; correct the " +
                "polygon in the source [MASK_SIZE]");
    }
}
