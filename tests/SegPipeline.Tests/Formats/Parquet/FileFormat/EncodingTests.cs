using SegPipeline.Formats;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats.Parquet.FileFormat;

/// <summary>The encodings by themselves; vectors are those of Encodings.md of the format.</summary>
public sealed class EncodingTests
{
    [Fact]
    public void Bits_are_packed_from_the_lowest_as_the_specification_shows()
    {
        var output = new List<byte>();
        BitRuns.Write<int>(output, [0, 1, 2, 3, 4, 5, 6, 7], width: 3);
        Assert.Equal([0b11, 0b10001000, 0b11000110, 0b11111010], output);
    }

    [Fact]
    public void A_run_is_its_length_and_its_value()
    {
        var output = new List<byte>();
        BitRuns.Write<int>(output, [.. Enumerable.Repeat(4, 100)], width: 3);
        Assert.Equal([0xC8, 0x01, 4], output);
    }

    [Fact]
    public void Differences_are_those_of_the_specification()
    {
        var output = new List<byte>();
        DeltaNumbers.Write(output, [7, 5, 3, 1, 2, 3, 4, 5]);
        // Head 128, 4, 8, 7; least difference -2; widths 2, 0, 0, 0; 0 0 0 3 3 3 3.
        Assert.Equal([0x80, 0x01, 4, 8, 14, 3, 2, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0], output);
    }

    [Fact]
    public void Any_numbers_come_back_from_runs_and_differences()
    {
        KeyedRandom random = SampleRank.Stream(3, "parquet", "encodings");
        for (int turn = 0; turn < 300; turn++)
        {
            int width = random.NextInt(1, 31), count = random.NextInt(1, 900);
            int[] values = new int[count];
            for (int i = 0; i < count; i++)
                values[i] = i > 0 && random.NextInt(0, 3) > 0
                    ? values[i - 1]
                    : random.NextInt(0, (1 << (width - 1)) + 1);
            var output = new List<byte>();
            BitRuns.Write<int>(output, values, width);
            int[] read = new int[count];
            var cursor = new ByteCursor(output.ToArray());
            cursor.Runs(width, read);
            Assert.Equal(values, read);

            long[] numbers = [.. values.Select(v => unchecked(v * (long)(random.NextBits() >> random.NextInt(0, 63))))];
            output.Clear();
            DeltaNumbers.Write(output, numbers);
            cursor = new ByteCursor(output.ToArray());
            Assert.Equal(numbers, DeltaReader.Numbers(ref cursor, count, isNarrow: false));
            Assert.Equal(0, cursor.Rest.Length);
        }
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(0, 0)]
    public void Differences_wrap_around(long first, long second)
    {
        var output = new List<byte>();
        DeltaNumbers.Write(output, [first, second, first]);
        var cursor = new ByteCursor(output.ToArray());
        Assert.Equal([first, second, first], DeltaReader.Numbers(ref cursor, 3, isNarrow: false));
    }

    [Fact]
    public void Byte_arrays_that_begin_alike_are_those_of_the_specification()
    {
        // axis, axle, babble, babyhood: prefixes 0 2 0 3, suffixes axis le babble yhood.
        var page = new List<byte>();
        DeltaNumbers.Write(page, [0, 2, 0, 3]);
        DeltaNumbers.Write(page, [4, 2, 6, 5]);
        page.AddRange("axislebabbleyhood"u8);
        var output = new ColumnValues(Texts);
        var cursor = new ByteCursor(page.ToArray());
        DeltaReader.Fronts(ref cursor, 4, output);
        Assert.Equal("axisaxlebabblebabyhood"u8.ToArray(), output.Bytes);
        Assert.Equal([4, 4, 6, 8], output.Numbers);
    }

    [Fact]
    public void Byte_arrays_come_after_their_lengths()
    {
        var page = new List<byte>();
        DeltaNumbers.Write(page, [5, 5, 6, 6]);
        page.AddRange("HelloWorldFoobarABCDEF"u8);
        var output = new ColumnValues(Texts);
        var cursor = new ByteCursor(page.ToArray());
        DeltaReader.Arrays(ref cursor, 4, output);
        Assert.Equal([5, 5, 6, 6], output.Numbers);
    }

    [Fact]
    public void Streams_hold_the_first_bytes_first() => Assert.Equal(
        [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0], PlainValues.Split([1 | (1L << 63), 2]));

    [Theory]
    [InlineData(ParquetCodecName.Snappy)]
    [InlineData(ParquetCodecName.Zstd)]
    [InlineData(ParquetCodecName.Gzip)]
    public void Any_bytes_come_back_from_compression_and_damaged_ones_do_no_harm(ParquetCodecName name)
    {
        ParquetCodec codec = Enum.Parse<ParquetCodec>(name.ToString());
        KeyedRandom random = SampleRank.Stream(4, "parquet", "codecs");
        for (int turn = 0; turn < 60; turn++)
        {
            byte[] bytes = new byte[random.NextInt(0, turn % 10 == 0 ? 200_000 : 500)];
            int letters = random.NextInt(1, 256);
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = i > 20 && random.NextInt(0, 4) > 0 ? bytes[i - 17] : (byte)random.NextInt(0, letters);
            byte[] packed = PageCompression.Compress(codec, bytes);
            byte[] read = new byte[bytes.Length];
            Assert.True(PageCompression.TryDecompress(codec, packed, read));
            Assert.Equal(bytes, read);
            Assert.False(PageCompression.TryDecompress(codec, packed, new byte[bytes.Length + 1]));
            packed[random.NextInt(0, packed.Length)] ^= 0x55;
            PageCompression.TryDecompress(codec, packed, read);
        }
    }

    [Fact]
    public void Snappy_copies_overlap_as_its_description_shows()
    {
        byte[] target = new byte[9];
        // xababab of the description, longer: a literal of 3, then 6 bytes from 2 before.
        Assert.True(Snappy.TryDecompress([9, 2 << 2, (byte)'x', (byte)'a', (byte)'b', (5 << 2) | 2, 2, 0], target));
        Assert.Equal("xabababab"u8.ToArray(), target);
    }

    [Fact]
    public void LZ4_copies_overlap_and_damaged_blocks_are_refused()
    {
        // Literal "ab", a match of 6 from 2 before, then 16 literals, whose length takes a byte of its own.
        byte[] block = [0x22, (byte)'a', (byte)'b', 2, 0, 0xF0, 1, .. Enumerable.Repeat((byte)'c', 16)];
        byte[] target = new byte[24];
        Assert.True(Lz4.TryDecompress(block, target));
        Assert.Equal("abababab" + new string('c', 16), System.Text.Encoding.ASCII.GetString(target));
        Assert.False(Lz4.TryDecompress(block, new byte[23]));
        Assert.False(Lz4.TryDecompress(block, new byte[25]));
        for (int cut = 0; cut < block.Length; cut++) Assert.False(Lz4.TryDecompress(block.AsSpan(0, cut), target));
        foreach (byte offset in new byte[] { 0, 3 })
        {
            block[3] = offset;
            Assert.False(Lz4.TryDecompress(block, target));
        }

        Assert.False(Lz4.TryDecompress([0xF0, .. Enumerable.Repeat((byte)255, 100)], target));
    }

    [Fact]
    public void Bounds_leave_NaN_out_and_hold_both_zeros()
    {
        var column = new ColumnValues(ParquetNode.Leaf("d", ParquetType.Double, ParquetEncoding.Plain));
        foreach (double value in new[] { double.NaN, 0.0, -0.0 }) column.Add(0, BitConverter.DoubleToInt64Bits(value));
        ValueBounds bounds = ValueBounds.Of(column);
        Assert.Equal(BitConverter.GetBytes(-0.0), bounds.Least);
        Assert.Equal(BitConverter.GetBytes(0.0), bounds.Greatest);
        column.Clear();
        column.Add(0, BitConverter.DoubleToInt64Bits(double.NaN));
        Assert.Null(ValueBounds.Of(column).Least);
    }

    [Fact]
    public void What_a_page_says_is_never_believed()
    {
        Assert.Throws<RecordFaultException>(() => new ByteCursor([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).Runs(8, new int[4]));
        Assert.Throws<RecordFaultException>(() => new ByteCursor([0, 0]).Runs(8, new int[4]));
        Assert.Throws<RecordFaultException>(() => new ThriftReader(
            [0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0x0F], 0).ReadStruct());
        Assert.Throws<RecordFaultException>(() => new ThriftReader(
            [.. Enumerable.Repeat((byte)0x1C, 100)], 0).ReadStruct());
    }

    private static ParquetNode Texts =>
        ParquetNode.Leaf("t", ParquetType.ByteArray, ParquetEncoding.Plain, ParquetMeaning.Text);

    /// <summary>The codecs, for tests that are public.</summary>
    public enum ParquetCodecName
    {
        Snappy,
        Zstd,
        Gzip,
    }
}
