using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks;

public sealed class CocoStringTests
{
    [Fact]
    public void Large_lengths_are_written_as_maskApi_writes_them()
    {
        uint[] counts = [100000, 1, 5000000, 70000, 3, 2147483647, 4000000000];
        Assert.Equal("PeQ31Pjbh4_[T2SV]WK_dkmoo1moYfVg3", Encoding.ASCII.GetString(Encode(counts)));
        Assert.Equal(counts, CocoString.Decode(Encode(counts)));
    }

    [Fact]
    public void Any_lengths_are_written_character_by_character_and_read_back() => MaskCases.ForAll(
        Gen.ArrayOf(AnyCount()), IsWrittenPlainlyAndReadBack);

    [Fact]
    public void Lengths_that_differ_little_are_written_character_by_character_and_read_back() => MaskCases.ForAll(
        from start in Gen.Elements<uint>(0, 5, 300, 5000, 2147483000, 4294960000)
        from steps in Gen.ArrayOf(
            Gen.Frequency((20, Gen.Choose(-16, 15)), (4, Gen.Choose(-520, 520)), (1, Gen.Choose(-40000, 40000))), 90)
        select Accumulate(start, steps),
        IsWrittenPlainlyAndReadBack);

    [Fact]
    public void A_difference_that_looks_small_only_in_32_bits_is_written_in_full() => Assert.True(
        IsWrittenPlainlyAndReadBack([0, 0, 0, .. Enumerable.Repeat(new uint[] { 3, 4294967290 }, 9).SelectMany(c => c),
            .. Enumerable.Repeat(new uint[] { 4294967290, 3, 3, 4294967290 }, 9).SelectMany(c => c)]));

    [Fact]
    public void A_bad_character_is_found_wherever_it_stands()
    {
        byte[] text = Encode([.. Enumerable.Repeat(7u, 40)]);
        for (int i = 0; i < text.Length; i++)
        {
            byte[] broken = [.. text];
            broken[i] = (byte)"/p\0\xff"[i % 4];
            var error = Assert.Throws<MaskFormatException>(() => CocoString.Decode(broken));
            Assert.Equal((MaskFault.Character, i), (error.Code, (int)error.Position));
        }
    }

    [Fact]
    public void A_length_below_zero_or_above_32_bits_is_found_among_small_differences()
    {
        byte[] steps = [.. "0005"u8, .. Enumerable.Repeat((byte)'O', 30)];
        var below = Assert.Throws<MaskFormatException>(() => CocoString.Decode(steps));
        Assert.Equal((MaskFault.Range, 4L), (below.Code, below.Position));
        byte[] high = [.. Encode([0, 0, 4294967290, 4294967290]), .. Enumerable.Repeat((byte)'1', 30)];
        var above = Assert.Throws<MaskFormatException>(() => CocoString.Decode(high));
        Assert.Equal((MaskFault.Range, high.Length - 30 + 10), (above.Code, above.Position));
    }

    [Fact]
    public void The_destination_must_hold_the_longest_string() =>
        Assert.Throws<ArgumentException>(() => CocoString.Encode([1, 2], new byte[13]));

    private static bool IsWrittenPlainlyAndReadBack(uint[] counts) =>
        Encode(counts).AsSpan().SequenceEqual(Plain(counts)) && CocoString.Decode(Plain(counts)).SequenceEqual(counts);

    private static byte[] Encode(uint[] counts)
    {
        byte[] text = new byte[counts.Length * CocoString.MaxCharsPerCount];
        return text[..CocoString.Encode(counts, text)];
    }

    private static byte[] Plain(uint[] counts)
    {
        List<byte> text = [];
        for (int i = 0; i < counts.Length; i++)
        {
            long x = i > 2 ? (long)counts[i] - counts[i - 2] : counts[i];
            for (bool more = true; more;)
            {
                int c = (int)(x & 31);
                x >>= 5;
                more = (c & 16) != 0 ? x != -1 : x != 0;
                text.Add((byte)((more ? c | 32 : c) + 48));
            }
        }
        return [.. text];
    }

    private static uint[] Accumulate(uint start, int[] steps)
    {
        uint[] counts = new uint[steps.Length];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = (uint)Math.Clamp((i < 2 ? start : counts[i - 2]) + (long)steps[i], 0, uint.MaxValue);
        return counts;
    }

    private static Gen<uint> AnyCount() => Gen.Choose(0, 32).SelectMany(
        bits => Gen.Choose(int.MinValue, int.MaxValue).Select(n => bits == 0 ? 0 : (uint)n >> (32 - bits)));
}
