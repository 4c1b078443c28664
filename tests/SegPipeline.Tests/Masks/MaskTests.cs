using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks;

public sealed class MaskTests
{
    [Theory]
    [InlineData("30", "n0", 0, 0, 0, 0, 0)]
    [InlineData("0,30", "0n0", 30, 0, 0, 5, 6)]
    [InlineData("0,1,29", "01m0", 1, 0, 0, 1, 1)]
    [InlineData("29,1", "m01", 1, 4, 5, 1, 1)]
    [InlineData("5,2,23", "52g0", 2, 0, 0, 2, 6)]
    [InlineData("0,0,7,3,20", "0073=", 3, 1, 1, 1, 3)]
    [InlineData("5,3,0,2,20", "530Od0", 5, 0, 0, 2, 6)]
    [InlineData("7,0,23", "70g0", 0, 0, 0, 0, 0)]
    public void Counts_string_area_and_box_are_as_in_the_table(
        string counts, string text, long area, int x, int y, int width, int height)
    {
        uint[] lengths = [.. counts.Split(',').Select(uint.Parse)];
        Mask mask = Mask.FromCounts(6, 5, lengths);
        Assert.Equal(text, mask.ToCocoString());
        Assert.Equal(lengths, Mask.FromCocoString(6, 5, text).Counts.ToArray());
        Assert.Equal(area, mask.AreaPx);
        Assert.Equal(area == 0, mask.IsEmpty);
        Assert.Equal(new PixelBox(x, y, width, height), mask.Box);
    }

    [Fact]
    public void Every_way_of_writing_the_string_gives_the_same_bytes()
    {
        uint[] counts = [.. Enumerable.Range(0, 5000).Select(i => (uint)(i * 7919 % 1237)), 0];
        counts[^1] = (uint)(5000 * 1000 - counts.Sum(c => (long)c));
        Mask mask = Mask.FromCounts(5000, 1000, counts);
        var buffer = new ArrayBufferWriter<byte>();
        mask.WriteCocoString(buffer);
        Assert.Equal(mask.ToCocoBytes(), buffer.WrittenSpan.ToArray());
        Assert.Equal(mask.ToCocoString(), Encoding.ASCII.GetString(buffer.WrittenSpan));
        Assert.Equal(counts, Mask.FromCocoString(5000, 1000, buffer.WrittenSpan).Counts.ToArray());
    }

    [Fact]
    public void The_string_costs_no_memory_beyond_the_result()
    {
        Mask mask = Mask.FromCounts(1000, 1000, [5, .. Enumerable.Repeat(10u, 3000), 969_995]);
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        byte[] text = mask.ToCocoBytes();
        long writing = Allocated(() => { buffer.ResetWrittenCount(); mask.WriteCocoString(buffer); });
        long bytes = Allocated(() => mask.ToCocoBytes()), characters = Allocated(() => mask.ToCocoString());
        long reading = Allocated(() => Mask.FromCocoString(1000, 1000, text));
        Assert.Equal(0, writing);
        Assert.InRange(bytes, text.Length, text.Length + 64);
        Assert.InRange(characters, 2 * text.Length, 2 * text.Length + 64);
        Assert.InRange(reading, 4 * mask.Counts.Length, 4 * mask.Counts.Length + 128);
    }

    [Theory]
    [InlineData("7330", MaskFault.Sum, 4)]
    [InlineData("", MaskFault.Sum, 0)]
    [InlineData("0n0n0", MaskFault.Sum, 2)]
    [InlineData("73/", MaskFault.Character, 2)]
    [InlineData("73p", MaskFault.Character, 2)]
    [InlineData("73\u0130", MaskFault.Character, 2)]
    [InlineData("b'n0'", MaskFault.Character, 1)]
    [InlineData("73P", MaskFault.Dangling, 3)]
    [InlineData("PPPPPPPPPPPPP0", MaskFault.TooLong, 13)]
    [InlineData("7O", MaskFault.Range, 1)]
    [InlineData("731K;", MaskFault.Range, 3)]
    [InlineData("PPPPPP4", MaskFault.Range, 0)]
    public void A_malformed_string_is_refused_with_its_position(string text, string code, long position)
    {
        var error = Assert.Throws<MaskFormatException>(() => Mask.FromCocoString(6, 5, text));
        Assert.Equal((code, position), (error.Code, error.Position));
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(40, 115).Select(c => (byte)c)).ToArbitrary(),
        text =>
        {
            try
            {
                return Mask.FromCocoString(6, 5, text).Counts.ToArray().Sum(c => (long)c) == 30;
            }
            catch (MaskFormatException)
            {
                return true;
            }
        }));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, -1)]
    [InlineData(65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void An_impossible_size_is_refused(int heightPx, int widthPx)
    {
        Assert.Equal(MaskFault.Size, Code(() => Mask.Empty(heightPx, widthPx)));
        Assert.Equal(MaskFault.Size, Code(() => Mask.Full(heightPx, widthPx)));
        Assert.Equal(MaskFault.Size, Code(() => Mask.FromCounts(heightPx, widthPx, [0])));
        Assert.Equal(MaskFault.Size, Code(() => Mask.FromCocoString(heightPx, widthPx, "0")));
        Assert.Equal(MaskFault.Size, Code(() => PolygonFill.Fill(heightPx, widthPx, [0, 0, 1, 1, 0, 1])));
    }

    [Fact]
    public void The_largest_mask_has_the_largest_length()
    {
        Mask mask = Mask.Full(65535, 65537);
        Assert.Equal(uint.MaxValue, mask.AreaPx);
        Assert.Equal(new PixelBox(0, 0, 65537, 65535), mask.Box);
    }

    [Fact]
    public void Lengths_that_sum_to_the_size_only_in_32_bits_are_refused() =>
        Assert.Equal(MaskFault.Sum, Code(() => Mask.FromCounts(6, 5, [uint.MaxValue, 31])));

    [Fact]
    public void Masks_are_equal_when_their_pixels_are()
    {
        Mask plain = Mask.FromCounts(6, 5, [5, 5, 20]);
        Mask cut = Mask.FromCounts(6, 5, [5, 3, 0, 2, 20, 0]);
        Assert.Equal(plain, cut);
        Assert.Equal(plain.GetHashCode(), cut.GetHashCode());
        Assert.NotEqual(plain, Mask.FromCounts(5, 6, [5, 5, 20]));
        Assert.NotEqual(plain, Mask.FromCounts(6, 5, [5, 4, 21]));
        Assert.Equal([5, 5, 20], cut.ToCanonical().Counts.ToArray());
    }

    [Fact]
    public void The_hash_is_the_same_in_every_process() =>
        Assert.Equal(10474320077835641295, Mask.FromCounts(6, 5, [5, 5, 20]).ContentHash);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(7, 0)]
    public void A_mask_may_have_no_pixels(int heightPx, int widthPx)
    {
        Assert.Equal("0", Mask.Empty(heightPx, widthPx).ToCocoString());
        Assert.Equal(Mask.Empty(heightPx, widthPx), Mask.Full(heightPx, widthPx));
        Assert.Equal(Mask.Empty(heightPx, widthPx), Mask.FromCounts(heightPx, widthPx, []));
        Assert.Equal(default, Mask.Empty(heightPx, widthPx).Box);
        Assert.Equal(Mask.Empty(heightPx, widthPx), Mask.FromBitmapRowMajor(heightPx, widthPx, []));
    }

    [Fact]
    public void A_bitmap_of_any_values_is_read_as_zero_and_not_zero()
    {
        Mask mask = Mask.FromBitmapColumnMajor(3, 2, [0, 2, 3, 255, 0, 1]);
        Assert.Equal([1, 3, 1, 1], mask.Counts.ToArray());
        byte[] rows = new byte[6];
        mask.CopyToRowMajor(rows);
        Assert.Equal([0, 1, 1, 0, 1, 1], rows);
        Assert.Equal(mask, Mask.FromBitmapRowMajor(3, 2, rows));
        Assert.Throws<ArgumentException>(() => Mask.FromBitmapRowMajor(3, 2, new byte[7]));
        Assert.Throws<ArgumentException>(() => mask.CopyToColumnMajor(new byte[5]));
    }

    private static long Allocated(Action call)
    {
        call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Code(Func<object> call) => Assert.Throws<MaskFormatException>(call).Code;
}
