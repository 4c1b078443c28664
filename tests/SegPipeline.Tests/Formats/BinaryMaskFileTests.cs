using SegPipeline.Formats;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Tests.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

public sealed class BinaryMaskFileTests
{
    [Theory]
    [InlineData(0, 1, new[] { 0, 1 }, "01")]
    [InlineData(0, 2, new[] { 0, 1, 2, 3 }, "0011")]
    [InlineData(0, 4, new[] { 7, 8 }, "01")]
    [InlineData(0, 8, new[] { 128, 129, 255 }, "011")]
    [InlineData(0, 16, new[] { 0x80FF, 0x8100 }, "01")]
    [InlineData(4, 8, new[] { 200, 255, 100, 255 }, "10")]
    [InlineData(4, 16, new[] { 0xFFFF, 0xFFFF, 0, 0xFFFF }, "10")]
    [InlineData(2, 8, new[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 129, 129, 129 }, "0101")]
    [InlineData(6, 8, new[] { 128, 128, 128, 255, 129, 129, 129, 255 }, "01")]
    public void Levels_are_those_of_the_luma_spread_over_8_bits(int type, int bits, int[] samples, string expected)
    {
        BinaryMaskFile mask = Read(type, bits, [.. samples.Select(s => (ushort)s)]);
        Assert.Equal(Mask.FromBitmapRowMajor(1, expected.Length, LabelPngs.Labels(expected)), mask.Mask);
        Assert.Equal(0, mask.ClearPx);
    }

    [Fact]
    public void An_index_counts_by_the_luma_of_its_colour()
    {
        byte[] red = [255, 0, 0], green = [0, 255, 0], white = [255, 255, 255];
        BinaryMaskFile mask = Read(3, 2, [0, 1, 2], [.. red, .. green, .. white, .. red]);
        Assert.Equal((2, 2L), (mask.Mask.AreaPx, mask.SoftPx));
        Assert.Equal(255, mask.Lightest);
    }

    [Theory]
    [InlineData(4, 8, new[] { 200, 0, 255, 254, 255, 255 })]
    [InlineData(6, 16, new[] { 65535, 65535, 65535, 0, 65535, 65535, 65535, 65534, 65535, 65535, 65535, 65535 })]
    public void Pixels_that_are_not_opaque_count_like_others_and_are_told(int type, int bits, int[] samples)
    {
        BinaryMaskFile mask = Read(type, bits, [.. samples.Select(s => (ushort)s)]);
        Assert.Equal((3, 2L), (mask.Mask.AreaPx, mask.ClearPx));
        var warnings = new List<string>();
        mask.Report("a.png", "set", 128, warnings.Add);
        Assert.Contains("a.png: 2 pixels are not opaque, which is ignored", warnings);
    }

    [Fact]
    public void Masks_of_any_width_are_written_and_read_pixel_by_pixel()
    {
        using var folder = new TempFolder();
        foreach (MaskBits bits in Enum.GetValues<MaskBits>())
            for (int width = 1; width < 150; width += 7)
            {
                byte[] pixels = [.. Enumerable.Range(0, 3 * width).Select(i => (byte)(i * i % 5 < 2 ? 1 : 0))];
                Mask mask = Mask.FromBitmapRowMajor(3, width, pixels);
                byte[] png = BinaryMaskPng.Encode(mask, bits, PngCompression.Fastest);
                BinaryMaskFile read = BinaryMaskFile.Read(folder.WriteBytes("a.png", png), "a.png", 128);
                Assert.Equal((mask, 0L, 255), (read.Mask, read.SoftPx, read.Lightest));
            }
    }

    [Fact]
    public void A_file_that_is_no_PNG_is_told_with_its_name()
    {
        using var folder = new TempFolder();
        string path = folder.Write("a.png", "not a picture");
        var fault = Assert.Throws<BadDataException>(() => BinaryMaskFile.Read(path, "masks/a.png", 128));
        Assert.Equal("masks/a.png: expected the eight bytes that begin a PNG file; replace the file [PNG_SIGNATURE]",
            fault.Problems[0].ToString());
    }

    private static BinaryMaskFile Read(int colorType, int bitDepth, ushort[] samples, byte[]? palette = null)
    {
        using var folder = new TempFolder();
        var picture = new NaivePicture(samples.Length / NaivePng.Channels(colorType), 1, colorType, bitDepth,
            Interlaced: false, samples, palette ?? []);
        return BinaryMaskFile.Read(
            folder.WriteBytes("a.png", NaivePng.Write(picture, _ => 0)), "a.png", threshold: 128);
    }
}
