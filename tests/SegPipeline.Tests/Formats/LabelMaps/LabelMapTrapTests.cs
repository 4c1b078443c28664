using System.Buffers.Binary;
using SegPipeline.Formats.LabelMaps;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.LabelMaps;

/// <summary>What label images of the world hold, and what a user is told of those that cannot be read.</summary>
public sealed class LabelMapTrapTests
{
    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0, 2, true)]
    [InlineData(0, 4, false)]
    [InlineData(0, 8, true)]
    [InlineData(0, 16, true)]
    [InlineData(3, 2, true)]
    [InlineData(3, 8, true)]
    public void Few_or_many_bits_interlacing_transparency_and_gamma_change_no_label(
        int colorType, int bitDepth, bool interlaced)
    {
        ushort[] labels = [.. Enumerable.Range(0, 77).Select(i => (ushort)(i % 2))];
        byte[] colors = colorType == 3 ? new byte[9] : [];
        var picture = new NaivePicture(11, 7, colorType, bitDepth, interlaced, labels, colors);
        (string, byte[])[] palette = colorType == 3 ? [("PLTE", picture.Palette), ("tRNS", [0, 9])] : [];
        Sample image = Read(NaivePng.File([
            ("IHDR", NaivePng.Header(picture)), ("gAMA", [0, 0, 177, 143]), .. palette,
            ("IDAT", NaivePng.Compress(NaivePng.Rows(picture, _ => 1))), ("IEND", [])]));
        Assert.Equal("1: 38", image.Text());
        Assert.Equal(39, image.VoidPx());
    }

    [Fact]
    public void Two_indices_of_one_colour_are_two_labels()
    {
        byte[] png = PngWriter.EncodeIndexed(
            new RowMajorPixels<byte>([0, 1, 2, 2], 2, 2), new Palette(new byte[9]), PngCompression.Fastest);
        Assert.Equal("1: 1, 2: 2", Read(png).Text());
    }

    [Fact]
    public void An_index_beyond_the_palette_is_told()
    {
        var picture = new NaivePicture(2, 1, ColorType: 3, BitDepth: 8, Interlaced: false, [0, 3], new byte[9]);
        Assert.Equal("labels/a.png (byte 54): pixel (1, 0) has index 3, the palette has 3 entries; replace the " +
            "file [PNG_PALETTE_INDEX]", Fault(NaivePng.Write(picture, _ => 0)));
    }

    [Fact]
    public void Colours_of_16_bits_and_grey_with_opacity_are_no_labels()
    {
        var rgb = new NaivePicture(1, 1, ColorType: 2, BitDepth: 16, Interlaced: false, [1, 2, 3], []);
        Assert.Equal("labels/a.png: expected an indexed, grey or 8-bit colour PNG, found Rgb of 16 bits; save the " +
            "labels as an indexed or grey PNG [LABEL_FORMAT]", Fault(NaivePng.Write(rgb, _ => 0)));
        var grey = new NaivePicture(1, 1, ColorType: 4, BitDepth: 8, Interlaced: false, [1, 255], []);
        Assert.Equal("labels/a.png: expected an indexed, grey or 8-bit colour PNG, found GreyAlpha of 8 bits; save " +
            "the labels as an indexed or grey PNG [LABEL_FORMAT]", Fault(NaivePng.Write(grey, _ => 0)));
    }

    [Fact]
    public void A_size_that_no_data_fills_is_told_before_memory_is_taken()
    {
        var picture = new NaivePicture(2, 1, ColorType: 0, BitDepth: 8, Interlaced: false, [1, 1], []);
        byte[] header = NaivePng.Header(picture);
        BinaryPrimitives.WriteInt32BigEndian(header, int.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), int.MaxValue);
        byte[] png = NaivePng.File(
            ("IHDR", header), ("IDAT", NaivePng.Compress(NaivePng.Rows(picture, _ => 0))), ("IEND", []));
        Assert.Matches(
            @"^labels/a\.png \(byte 16\): a picture of 2147483647x2147483647 takes \d+ bytes or more, at most " +
            @"\d+ are accepted; replace the file \[PNG_SIZE\]$", Fault(png));
    }

    [Fact]
    public void A_file_that_is_cut_short_empty_or_something_else_is_told()
    {
        byte[] png = Grey();
        Assert.EndsWith("replace the file [PNG_TRUNCATED]", Fault(png[..^6]), StringComparison.Ordinal);
        Assert.Equal("labels/a.png: expected the eight bytes that begin a PNG file; replace the file [PNG_SIGNATURE]",
            Fault([]));
        Assert.Equal("labels/a.png: expected the eight bytes that begin a PNG file; replace the file [PNG_SIGNATURE]",
            Fault([0xFF, 0xD8, 0xFF, 0xE0]));
    }

    private static byte[] Grey() =>
        PngWriter.EncodeGrey(new RowMajorPixels<byte>([1, 1], 1, 2), PngCompression.Fastest);

    private static Sample Read(byte[] png)
    {
        using var folder = new TempFolder();
        folder.WriteBytes("labels/a.png", png);
        return LabelMapFiles.Reader(folder).ReadAll()[0];
    }

    private static string Fault(byte[] png)
    {
        using var folder = new TempFolder();
        folder.WriteBytes("labels/a.png", png);
        return LabelMapFiles.Reader(folder).Fault();
    }
}
