using SegPipeline.Masks.Png;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Masks.Png;

public sealed class PngReaderTests
{
    private static readonly (int ColorType, int BitDepth)[] Formats =
    [
        (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16),
        (6, 8), (6, 16),
    ];

    public static TheoryData<int, int, bool> FormatsAndInterlacing()
    {
        var rows = new TheoryData<int, int, bool>();
        foreach ((int colorType, int bitDepth) in Formats)
        {
            rows.Add(colorType, bitDepth, false);
            rows.Add(colorType, bitDepth, true);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(FormatsAndInterlacing))]
    public void Every_sample_comes_back_whatever_the_filter(int colorType, int bitDepth, bool interlaced)
    {
        KeyedRandom random = SampleRank.Stream(1, "png", $"{colorType}/{bitDepth}/{interlaced}");
        foreach ((int width, int height) in new[] { (1, 1), (2, 3), (3, 2), (5, 5), (8, 8), (9, 17), (33, 10) })
            for (byte filter = 0; filter <= 5; filter++)
            {
                NaivePicture picture = NaivePicture.Draw(width, height, colorType, bitDepth, interlaced, ref random);
                byte constant = filter;
                byte[] file = NaivePng.Write(picture, row => constant == 5 ? (byte)(row % 5) : constant);
                AssertHolds(picture, file);
            }
    }

    [Fact]
    public void The_header_is_read_without_the_pixels()
    {
        KeyedRandom random = SampleRank.Stream(1, "png", "header");
        byte[] file = NaivePng.Write(NaivePicture.Draw(21, 13, 6, 16, interlaced: true, ref random), _ => 0);
        PngHeader header = PngHeader.Read(file.AsSpan(0, PngHeader.LengthBytes));
        Assert.Equal(new PngHeader(21, 13, 16, PngColorType.Rgba, IsInterlaced: true), header);
        Assert.Equal(4, header.SamplesPerPixel);
    }

    [Fact]
    public void A_palette_with_few_entries_is_kept_as_it_is()
    {
        var picture = new NaivePicture(3, 1, 3, 8, false, [0, 2, 1], [9, 8, 7, 9, 8, 7, 1, 2, 3]);
        using PngImage image = PngReader.Read(NaivePng.Write(picture, _ => 0));
        Assert.Equal(picture.Palette, image.Palette!.Rgb);
        Assert.Equal((1, 2, 3), image.Palette[2]);
        Assert.Equal([0, 2, 1], image.Samples.ToArray());
    }

    [Fact]
    public void Transparency_gamma_and_texts_change_no_sample()
    {
        var picture = new NaivePicture(2, 1, 0, 8, false, [7, 200], []);
        byte[] file = NaivePng.File(("IHDR", NaivePng.Header(picture)), ("gAMA", [0, 0, 1, 0]), ("tRNS", [0, 7]),
            ("tEXt", "a\0b"u8.ToArray()), ("IDAT", NaivePng.Compress([0, 7, 200])), ("tIME", new byte[7]),
            ("IEND", []));
        using PngImage image = PngReader.Read(file);
        Assert.Equal([7, 200], image.Samples.ToArray());
    }

    [Fact]
    public void A_stream_cut_into_many_chunks_is_one_stream()
    {
        KeyedRandom random = SampleRank.Stream(1, "png", "chunks");
        NaivePicture picture = NaivePicture.Draw(40, 30, 0, 8, interlaced: false, ref random);
        byte[] stream = NaivePng.Compress(NaivePng.Rows(picture, _ => 1));
        (string, byte[])[] pieces = [.. stream.Chunk(7).Select(piece => ("IDAT", piece)), ("IDAT", [])];
        AssertHolds(picture, NaivePng.File([("IHDR", NaivePng.Header(picture)), .. pieces, ("IEND", [])]));
    }

    [Fact]
    public void Bytes_behind_the_end_are_not_looked_at()
    {
        var picture = new NaivePicture(1, 1, 0, 8, false, [3], []);
        AssertHolds(picture, [.. NaivePng.Write(picture, _ => 0), 1, 2, 3]);
    }

    [Fact]
    public void Samples_are_offered_in_their_own_width_only()
    {
        var colour = new NaivePicture(1, 1, 2, 8, false, [1, 2, 3], []);
        using PngImage small = PngReader.Read(NaivePng.Write(colour, _ => 0));
        Assert.Throws<InvalidOperationException>(() => small.Samples16.Length);
        Assert.Throws<InvalidOperationException>(() => small.Pixels.HeightPx);
        using PngImage large = PngReader.Read(NaivePng.Write(new NaivePicture(1, 1, 0, 16, false, [999], []), _ => 0));
        Assert.Throws<InvalidOperationException>(() => large.Samples.Length);
        Assert.Equal(999, large.Pixels16.Values[0]);
    }

    [Fact]
    public void A_disposed_image_has_no_samples()
    {
        PngImage image = PngReader.Read(NaivePng.Write(new NaivePicture(1, 1, 0, 8, false, [1], []), _ => 0));
        image.Dispose();
        image.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image.Samples.Length);
    }

    private static void AssertHolds(NaivePicture picture, byte[] file)
    {
        using PngImage image = PngReader.Read(file);
        Assert.Equal((picture.Width, picture.Height), (image.Header.WidthPx, image.Header.HeightPx));
        Assert.Equal(picture.BitDepth, image.Header.BitDepth);
        Assert.Equal(picture.ColorType, (int)image.Header.ColorType);
        Assert.Equal(picture.Palette, image.Palette is null ? [] : image.Palette.Rgb.ToArray());
        if (picture.BitDepth == 16) Assert.Equal(picture.Samples, image.Samples16.ToArray());
        else Assert.Equal(picture.Samples.Select(s => (byte)s), image.Samples.ToArray());
    }
}
