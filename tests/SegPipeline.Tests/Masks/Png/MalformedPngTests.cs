using SegPipeline.Masks.Png;

namespace SegPipeline.Tests.Masks.Png;

public sealed class MalformedPngTests
{
    private static readonly NaivePicture Grey = new(2, 2, 0, 8, false, [1, 2, 3, 4], []);
    private static readonly NaivePicture Indexed = new(2, 2, 3, 8, false, [0, 1, 2, 1], [1, 1, 1, 2, 2, 2, 3, 3, 3]);
    private static readonly byte[] GreyRows = [0, 1, 2, 0, 3, 4];

    [Fact]
    public void A_file_that_ends_anywhere_is_truncated()
    {
        byte[] file = NaivePng.Write(Indexed, _ => 0);
        for (int length = 0; length < file.Length; length++)
        {
            PngFormatException e = Fails(length < 8 ? PngFault.Signature : PngFault.Truncated, file[..length]);
            Assert.InRange(e.BytePosition, 0, length);
        }
    }

    [Fact]
    public void A_changed_byte_is_found_by_the_checksum_of_its_chunk()
    {
        byte[] file = NaivePng.Write(Grey, _ => 0);
        foreach (int at in new[] { 18, 24, 30, 43, 50 })
        {
            byte[] changed = [.. file];
            changed[at] ^= 0x10;
            PngFormatException e = Fails(PngFault.Checksum, changed);
            Assert.True(e.BytePosition > 8);
        }
    }

    [Fact]
    public void A_file_of_another_kind_is_no_png() =>
        Assert.Equal(0, Fails(PngFault.Signature, "GIF89a and so on and on"u8.ToArray()).BytePosition);

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(1u, 0u)]
    [InlineData(0x80000000u, 1u)]
    [InlineData(1u, 0xFFFFFFFFu)]
    [InlineData(50_000u, 50_000u)]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFFFu)]
    public void A_size_of_zero_or_above_the_cap_is_refused(uint width, uint height)
    {
        byte[] header = NaivePng.Header(Grey);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header, width);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        foreach ((byte bitDepth, byte colorType) in new (byte, byte)[] { (8, 0), (1, 0), (16, 6) })
        {
            (header[8], header[9]) = (bitDepth, colorType);
            Assert.Equal(16, Fails(PngFault.Size, With(header, GreyRows)).BytePosition);
        }
    }

    [Fact]
    public void The_cap_is_the_callers_to_set()
    {
        byte[] file = NaivePng.Write(Grey, _ => 0);
        PngReader.Read(file, maxBytes: 6).Dispose();
        Assert.Equal(PngFault.Size, Assert.Throws<PngFormatException>(() => PngReader.Read(file, maxBytes: 5)).Code);
    }

    [Fact]
    public void A_size_that_the_data_cannot_fill_is_refused_before_memory_is_taken()
    {
        byte[] header = NaivePng.Header(Grey with { Width = 20_000, Height = 20_000 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fails(PngFault.DataShort, With(header, GreyRows));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(16, 3)]
    [InlineData(4, 2)]
    [InlineData(1, 6)]
    [InlineData(8, 1)]
    [InlineData(8, 5)]
    [InlineData(0, 0)]
    public void A_bit_depth_the_colour_type_does_not_have_is_refused(int bitDepth, int colorType) =>
        Fails(PngFault.Header,
            With(NaivePng.Header(Grey with { BitDepth = bitDepth, ColorType = colorType }), GreyRows));

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 1)]
    [InlineData(12, 2)]
    public void Unknown_compression_filter_and_interlace_methods_are_refused(int at, byte value)
    {
        byte[] header = NaivePng.Header(Grey);
        header[at] = value;
        Assert.Equal(16 + at, Fails(PngFault.Header, With(header, GreyRows)).BytePosition);
    }

    [Fact]
    public void A_filter_beyond_the_five_is_refused() =>
        Fails(PngFault.Filter, NaivePng.Write(Grey, row => (byte)(row * 5)));

    [Fact]
    public void Too_little_and_too_much_data_are_told_apart()
    {
        Fails(PngFault.DataShort, With(NaivePng.Header(Grey), GreyRows[..5]));
        Fails(PngFault.DataLong, With(NaivePng.Header(Grey), [.. GreyRows, 0]));
    }

    [Fact]
    public void A_stream_without_its_end_is_refused()
    {
        byte[] stream = NaivePng.Compress(GreyRows);
        for (int length = 0; length < stream.Length; length++)
            Fails(PngFault.DataShort, WithStream(stream[..length]));
    }

    [Fact]
    public void A_damaged_stream_is_refused_also_when_only_its_own_checksum_shows_it()
    {
        byte[] stream = NaivePng.Compress(GreyRows);
        foreach (int at in new[] { 0, 1, 2, stream.Length - 1 })
        {
            byte[] damaged = [.. stream];
            damaged[at] ^= 0xFF;
            Fails(PngFault.Deflate, WithStream(damaged));
        }
    }

    [Fact]
    public void An_index_without_a_palette_entry_is_an_error_and_named()
    {
        byte[] file = NaivePng.Write(Indexed with { Samples = [0, 1, 3, 1] }, _ => 0);
        PngFormatException e = Fails(PngFault.PaletteIndex, file);
        Assert.Contains("pixel (0, 1) has index 3", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(3 * 257)]
    public void A_palette_of_an_impossible_length_is_refused(int bytes) =>
        Fails(PngFault.Palette, NaivePng.File(("IHDR", NaivePng.Header(Indexed)), ("PLTE", new byte[bytes]),
            ("IDAT", NaivePng.Compress(GreyRows)), ("IEND", [])));

    [Fact]
    public void A_palette_longer_than_the_bits_count_is_refused()
    {
        NaivePicture picture = Indexed with { BitDepth = 1, Samples = [0, 1, 1, 0] };
        Fails(PngFault.Palette, NaivePng.Write(picture, _ => 0));
    }

    [Fact]
    public void A_palette_image_needs_a_palette_and_a_grey_one_cannot_have_any()
    {
        Fails(PngFault.Palette, NaivePng.Write(Indexed with { Palette = [] }, _ => 0));
        Fails(PngFault.Palette, NaivePng.Write(Grey with { Palette = [1, 2, 3] }, _ => 0));
    }

    [Fact]
    public void Chunks_in_a_wrong_order_are_refused()
    {
        (string, byte[]) header = ("IHDR", NaivePng.Header(Indexed)), palette = ("PLTE", Indexed.Palette);
        (string, byte[]) pixels = ("IDAT", NaivePng.Compress(NaivePng.Rows(Indexed, _ => 0))), end = ("IEND", []);
        (string, byte[]) text = ("tEXt", []);
        Fails(PngFault.ChunkOrder, NaivePng.File(palette, header, pixels, end));
        Fails(PngFault.ChunkOrder, NaivePng.File(header, header, palette, pixels, end));
        Fails(PngFault.ChunkOrder, NaivePng.File(header, palette, palette, pixels, end));
        Fails(PngFault.ChunkOrder, NaivePng.File(header, pixels, palette, end));
        Fails(PngFault.ChunkOrder, NaivePng.File(header, palette, pixels, text, pixels, end));
        Fails(PngFault.ChunkOrder, NaivePng.File(header, palette, end));
    }

    [Fact]
    public void A_chunk_that_must_be_understood_and_is_not_is_refused()
    {
        byte[] file = NaivePng.File(
            ("IHDR", NaivePng.Header(Grey)), ("ABCD", []), ("IDAT", NaivePng.Compress(GreyRows)),
            ("IEND", []));
        Assert.Contains("ABCD", Fails(PngFault.ChunkType, file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chunk_type_that_is_no_letters_is_refused() =>
        Fails(PngFault.ChunkType, NaivePng.File(("IHDR", NaivePng.Header(Grey)), ("te1t", []), ("IEND", [])));

    [Fact]
    public void Chunks_of_impossible_length_are_refused()
    {
        Fails(PngFault.ChunkLength, NaivePng.File(("IHDR", new byte[12]), ("IEND", [])));
        Fails(PngFault.ChunkLength, NaivePng.File(
            ("IHDR", NaivePng.Header(Grey)), ("IDAT", NaivePng.Compress(GreyRows)), ("IEND", [0])));
        byte[] file = NaivePng.Write(Grey, _ => 0);
        file[33] = 0x80;
        Assert.Equal(33, Fails(PngFault.ChunkLength, file).BytePosition);
        file.AsSpan(33, 4).Fill(0xFF);
        Fails(PngFault.ChunkLength, file);
    }

    private static byte[] With(byte[] header, byte[] rows) =>
        NaivePng.File(("IHDR", header), ("IDAT", NaivePng.Compress(rows)), ("IEND", []));

    private static byte[] WithStream(byte[] stream) =>
        NaivePng.File(("IHDR", NaivePng.Header(Grey)), ("IDAT", stream), ("IEND", []));

    private static PngFormatException Fails(string code, byte[] file)
    {
        PngFormatException e = Assert.Throws<PngFormatException>(() => PngReader.Read(file));
        Assert.Equal(code, e.Code);
        return e;
    }
}
