using SegPipeline.Formats;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

public sealed class LabelFileTests
{
    [Fact]
    public void An_indexed_image_gives_its_indices_and_keeps_its_palette()
    {
        byte[] png = PngWriter.EncodeIndexed(
            LabelPngs.Pixels("010/022", LabelPngs.Labels("010/022")), Palette.Greys, PngCompression.Fastest);
        using LabelFile file = LabelFile.Decode(png, "a.png", Palette.Voc);
        Assert.Equal("010/022", LabelPngs.Draw(file.Pixels));
        Assert.Equal(Palette.Greys, file.Palette);
        Assert.Equal([1u, 2u], file.Split(LabelRoles.BackgroundOnly).Objects.Select(r => r.Label));
    }

    [Theory]
    [InlineData(1, "01/10")]
    [InlineData(2, "03/21")]
    [InlineData(4, "09/71")]
    public void Grey_of_few_bits_is_not_scaled(int bitDepth, string drawing)
    {
        byte[] png = PngWriter.EncodeGrey(
            LabelPngs.Pixels(drawing, LabelPngs.Labels(drawing)), PngCompression.Fastest, bitDepth);
        using LabelFile file = LabelFile.Decode(png, "a.png", Palette.Voc);
        Assert.Equal(drawing, LabelPngs.Draw(file.Pixels));
        Assert.Null(file.Palette);
    }

    [Fact]
    public void Grey_of_16_bits_gives_labels_above_255()
    {
        byte[] png = PngWriter.EncodeGrey16(new RowMajorPixels<ushort>([0, 300, 300, 40_000], 2, 2),
            PngCompression.Fastest);
        using LabelFile file = LabelFile.Decode(png, "a.png", Palette.Voc);
        LabelRegion[] regions = [.. file.Split(LabelRoles.BackgroundOnly).Objects];
        Assert.Equal([300u, 40_000u], regions.Select(r => r.Label));
        Assert.Equal([2L, 1L], regions.Select(r => r.Mask.AreaPx));
    }

    [Fact]
    public void Interlacing_transparency_and_gamma_change_no_label()
    {
        ushort[] labels = [.. Enumerable.Range(0, 100).Select(i => (ushort)(i % 7))];
        var picture = new NaivePicture(10, 10, ColorType: 3, BitDepth: 4, Interlaced: true, labels, new byte[21]);
        byte[] png = NaivePng.File(
            ("IHDR", NaivePng.Header(picture)), ("gAMA", [0, 0, 177, 143]), ("PLTE", picture.Palette), ("tRNS", [0, 9]),
            ("IDAT", NaivePng.Compress(NaivePng.Rows(picture, _ => 1))), ("IEND", []));
        using LabelFile file = LabelFile.Decode(png, "a.png", Palette.Voc);
        Assert.Equal(labels.Select(l => (byte)l), file.Pixels.Values.ToArray());
        Assert.Equal(7, file.Palette!.Count);
    }

    [Fact]
    public void Grey_with_opacity_is_no_label_image()
    {
        var picture = new NaivePicture(1, 1, ColorType: 4, BitDepth: 8, Interlaced: false, [1, 255], []);
        Assert.Equal("masks/a.png: expected an indexed, grey or 8-bit colour PNG, found GreyAlpha of 8 bits; save " +
            "the labels as an indexed or grey PNG [LABEL_FORMAT]",
            ProblemOf(NaivePng.Write(picture, _ => 0)).ToString());
    }

    [Fact]
    public void Colours_of_a_known_palette_become_its_indices()
    {
        byte[] png = PngWriter.EncodePhoto(
            [0, 0, 0, 128, 0, 0, 224, 224, 192, 0, 128, 0], heightPx: 2, widthPx: 2, PngCompression.Fastest);
        using LabelFile file = LabelFile.Decode(png, "a.png", Palette.Voc);
        Assert.Equal("01/V2", LabelPngs.Draw(file.Pixels));
        Assert.Equal(Palette.Voc, file.Palette);
    }

    [Fact]
    public void An_unknown_colour_is_told_with_the_first_pixel_that_has_it()
    {
        byte[] png = PngWriter.EncodePhoto(
            [0, 0, 0, 128, 0, 0, 1, 2, 3, 1, 2, 3], heightPx: 2, widthPx: 2, PngCompression.Fastest);
        Problem problem = ProblemOf(png);
        Assert.Equal("masks/a.png: pixel (0, 1) has colour (1, 2, 3), which is not in the palette; name the palette " +
            "that the colours come from, or save the labels as an indexed PNG [PNG_COLOR]", problem.ToString());
    }

    [Fact]
    public void An_index_beyond_the_palette_is_told()
    {
        var picture = new NaivePicture(2, 2, ColorType: 3, BitDepth: 8, Interlaced: false, [0, 1, 2, 3], new byte[9]);
        Problem problem = ProblemOf(NaivePng.Write(picture, _ => 0));
        Assert.Equal(PngFault.PaletteIndex, problem.Code);
        Assert.Equal("pixel (1, 1) has index 3, the palette has 3 entries", problem.Message);
        Assert.Equal("masks/a.png", problem.File);
    }

    [Fact]
    public void A_file_that_is_no_PNG_is_told_by_its_name()
    {
        Problem problem = ProblemOf("<html>"u8.ToArray());
        Assert.Equal(("masks/a.png", PngFault.Signature), (problem.File, problem.Code));
    }

    [Fact]
    public void A_missing_file_is_told_by_its_name()
    {
        using var folder = new TempFolder();
        var fault = Assert.Throws<BadDataException>(
            () => LabelFile.Read(folder["none.png"], "masks/none.png", Palette.Voc));
        Assert.Equal(("masks/none.png", "FILE_UNREADABLE"), (fault.Problems[0].File, fault.Problems[0].Code));
    }

    private static Problem ProblemOf(byte[] png) => Assert.Single(
        Assert.Throws<BadDataException>(() => LabelFile.Decode(png, "masks/a.png", Palette.Voc)).Problems);
}
