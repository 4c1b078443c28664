using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The hybrid of runs and bit-packed groups of eight in which levels and indices are written.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE</remarks>
internal static class BitRuns
{
    private const int Group = 8, LongestPackedGroups = 63;

    /// <summary>The bits that numbers up to a largest one need.</summary>
    public static int WidthOf(int largest) => 32 - BitOperations.LeadingZeroCount((uint)largest);

    /// <summary>Writes values of a width.</summary>
    public static void Write<T>(List<byte> output, ReadOnlySpan<T> values, int width)
        where T : struct, IBinaryInteger<T>
    {
        int at = 0;
        while (at < values.Length)
        {
            int run = RunAt(values, at);
            if (run >= Group)
            {
                WriteRun(output, int.CreateTruncating(values[at]), run, width);
                at += run;
                continue;
            }

            int from = at;
            int groups = 0;
            while (groups < LongestPackedGroups && at < values.Length && (groups == 0 || RunAt(values, at) < Group))
            {
                at = Math.Min(at + Group, values.Length);
                groups++;
            }

            WritePacked(output, values[from..at], groups, width);
        }
    }

    /// <summary>Packs values, the first in the lowest bits; the last byte is filled up.</summary>
    public static void Pack(List<byte> output, ReadOnlySpan<ulong> values, int width)
    {
        const int mostBits = 32;
        if (width <= mostBits)
        {
            Pack(Extend(output, ((values.Length * width) + 7) / 8), values, width);
            return;
        }

        UInt128 bits = 0;
        int count = 0;
        foreach (ulong value in values)
        {
            bits |= (UInt128)value << count;
            for (count += width; count >= 8; count -= 8, bits >>= 8) output.Add((byte)bits);
        }

        if (count > 0) output.Add((byte)bits);
    }

    private static int RunAt<T>(ReadOnlySpan<T> values, int at)
        where T : struct, IBinaryInteger<T>
    {
        int end = values[at..].IndexOfAnyExcept(values[at]);
        return end < 0 ? values.Length - at : end;
    }

    private static void WriteRun(List<byte> output, int value, int run, int width)
    {
        Varint(output, (ulong)run << 1);
        for (int bits = 0; bits < width; bits += 8) output.Add((byte)(value >> bits));
    }

    private static void WritePacked<T>(List<byte> output, ReadOnlySpan<T> values, int groups, int width)
        where T : struct, IBinaryInteger<T>
    {
        Varint(output, ((ulong)groups << 1) | 1);
        Span<byte> bytes = Extend(output, groups * width);
        bytes.Clear();
        Pack(bytes, values, width);
    }

    private static Span<byte> Extend(List<byte> output, int count)
    {
        int start = output.Count;
        CollectionsMarshal.SetCount(output, start + count);
        return CollectionsMarshal.AsSpan(output)[start..];
    }

    /// <summary>Packs values of at most 32 bits; four bytes are written at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack<T>(Span<byte> target, ReadOnlySpan<T> values, int width)
        where T : struct, IBinaryInteger<T>
    {
        ulong bits = 0;
        int count = 0, at = 0;
        foreach (T value in values)
        {
            bits |= (ulong)uint.CreateTruncating(value) << count;
            count += width;
            if (count < 32) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)bits);
            (bits, count, at) = (bits >> 32, count - 32, at + sizeof(uint));
        }

        for (; count > 0; count -= 8, bits >>= 8) target[at++] = (byte)bits;
    }

    /// <summary>Writes a number of any length, seven bits a byte.</summary>
    public static void Varint(List<byte> output, ulong value)
    {
        for (; value >= 0x80; value >>= 7) output.Add((byte)(value | 0x80));
        output.Add((byte)value);
    }
}
