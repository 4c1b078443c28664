using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks.Png;

public sealed class PngWriterTests
{
    public static TheoryData<PngCompression> Compressions => [PngCompression.Fastest, PngCompression.Balanced];

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Indices_and_palette_come_back_unchanged(PngCompression compression)
    {
        KeyedRandom random = SampleRank.Stream(2, "png", "indexed");
        foreach (int bitDepth in new[] { 1, 2, 4, 8 })
            foreach ((int width, int height) in new[] { (1, 1), (7, 5), (64, 3), (301, 77) })
            {
                NaivePicture drawn = NaivePicture.Draw(width, height, 3, bitDepth, interlaced: false, ref random);
                byte[] indices = [.. drawn.Samples.Select(s => (byte)s)];
                var palette = new Palette(drawn.Palette);
                byte[] file = PngWriter.EncodeIndexed(new(indices, height, width), palette, compression, bitDepth);
                using PngImage image = PngReader.Read(file);
                Assert.Equal(indices, image.Samples);
                Assert.Equal(palette, image.Palette);
                Assert.Equal(new PngHeader(width, height, bitDepth, PngColorType.Palette, false), image.Header);
            }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Grey_values_come_back_unchanged(PngCompression compression)
    {
        KeyedRandom random = SampleRank.Stream(2, "png", "grey");
        foreach (int bitDepth in new[] { 1, 2, 4, 8, 16 })
        {
            NaivePicture drawn = NaivePicture.Draw(45, 31, 0, bitDepth, interlaced: false, ref random);
            byte[] file = bitDepth == 16
                ? PngWriter.EncodeGrey16(new(drawn.Samples, 31, 45), compression)
                : PngWriter.EncodeGrey(new([.. drawn.Samples.Select(s => (byte)s)], 31, 45), compression, bitDepth);
            using PngImage image = PngReader.Read(file);
            Assert.Equal(bitDepth, image.Header.BitDepth);
            if (bitDepth == 16) Assert.Equal(drawn.Samples, image.Samples16);
            else Assert.Equal(drawn.Samples.Select(s => (byte)s), image.Samples.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Colours_and_ids_come_back_unchanged(PngCompression compression)
    {
        KeyedRandom random = SampleRank.Stream(2, "png", "rgb");
        byte[] rgb = [.. NaivePicture.Draw(45, 31, 2, 8, interlaced: false, ref random).Samples.Select(s => (byte)s)];
        using PngImage photo = PngReader.Read(PngWriter.EncodePhoto(rgb, 31, 45, compression));
        Assert.Equal(rgb, photo.Samples);
        uint[] ids = [.. rgb.Chunk(3).Select(c => c[0] + 256u * c[1] + 65536u * c[2])];
        using PngImage panoptic = PngReader.Read(PngWriter.EncodeIds(new(ids, 31, 45), compression));
        Assert.Equal(rgb, panoptic.Samples);
    }

    [Fact]
    public void What_cannot_be_stored_is_refused()
    {
        var three = new Palette(new byte[9]);
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeIndexed(new([3], 1, 1), three, default));
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeIndexed(new([0], 1, 1), three, default, bitDepth: 1));
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeGrey(new([2], 1, 1), default, bitDepth: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PngWriter.EncodeGrey(new([0], 1, 1), default, bitDepth: 3));
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeGrey(new([], 0, 5), default));
        Assert.Throws<ArgumentException>(() => PngWriter.EncodeIds(new([0x1000000], 1, 1), default));
        Assert.Throws<ArgumentException>(() => PngWriter.EncodePhoto(new byte[5], 1, 2, default));
        Assert.Throws<ArgumentException>(() => PngWriter.EncodePhoto(new byte[3], -1, -1, default));
    }

    [Fact]
    public void The_voc_palette_has_its_known_colours()
    {
        Assert.Equal(256, Palette.Voc.Count);
        Assert.Equal([(0, 0, 0), (128, 0, 0), (0, 128, 0), (128, 128, 0), (0, 0, 128)],
            Enumerable.Range(0, 5).Select(i => Palette.Voc[i]));
        Assert.Equal((224, 224, 192), Palette.Voc[255]);
    }

    [Fact]
    public void Palettes_are_equal_when_their_colours_are()
    {
        Assert.Equal(new Palette(Palette.Voc.Rgb), Palette.Voc);
        Assert.Equal(new Palette(Palette.Voc.Rgb).GetHashCode(), Palette.Voc.GetHashCode());
        Assert.NotEqual(new Palette(Palette.Voc.Rgb[..3]), Palette.Voc);
        Assert.Throws<ArgumentException>(() => new Palette(new byte[4]));
        Assert.Throws<ArgumentException>(() => new Palette([]));
        Assert.Throws<ArgumentException>(() => new Palette(new byte[3 * 257]));
    }

    [RealDataTheory]
    [InlineData("video-palette")]
    [InlineData("voc-palette")]
    [InlineData("ade-panoptic")]
    [InlineData("kaggle")]
    [InlineData("big-style")]
    public void Every_real_png_reads_back_equal_after_it_is_written(string folder)
    {
        string root = Path.Combine(SharedData.Data!, folder);
        string[] paths = Directory.GetFiles(root, "*.png", SearchOption.AllDirectories);
        Assert.NotEmpty(paths);
        Parallel.ForEach(paths, path =>
        {
            using PngImage image = PngReader.Read(File.ReadAllBytes(path));
            PngHeader header = image.Header;
            byte[]? file = header.ColorType switch
            {
                PngColorType.Palette => PngWriter.EncodeIndexed(
                    image.Pixels, image.Palette!, PngCompression.Fastest, header.BitDepth),
                PngColorType.Grey => PngWriter.EncodeGrey(image.Pixels, PngCompression.Fastest, header.BitDepth),
                PngColorType.Rgb => PngWriter.EncodePhoto(
                    image.Samples, header.HeightPx, header.WidthPx, PngCompression.Fastest),
                _ => null,
            };
            if (file is null) return;
            using PngImage again = PngReader.Read(file);
            Assert.True(again.Samples.SequenceEqual(image.Samples), path);
            Assert.Equal(image.Palette, again.Palette);
            Assert.Equal(header with { IsInterlaced = false }, again.Header);
        });
    }
}
