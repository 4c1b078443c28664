using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegPipeline.Masks.Png;

/// <summary>Unpacks the samples of a row: one byte each up to 8 bits, two bytes in machine order for 16 bits.</summary>
internal static class PngSamples
{
    private static readonly ulong[] EightPixelsOfByte = MakeEightPixels();

    /// <summary>Unpacks a row; values stay as they are, nothing is scaled.</summary>
    /// <param name="packed">The row as in the file, without filter byte.</param>
    /// <param name="bitDepth">Bits of a sample.</param>
    /// <param name="samples">Where the samples go; its length says how many there are.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, int bitDepth, Span<byte> samples)
    {
        switch (bitDepth)
        {
            case 8: packed.CopyTo(samples); break;
            case 16: SwapBytes(packed, samples); break;
            case 1: UnpackBits(packed, samples); break;
            default: UnpackSmall(packed, bitDepth, samples); break;
        }
    }

    /// <summary>Packs a row as the file has it: small samples from the highest bits down, 16 bits big-endian.</summary>
    public static void Pack(ReadOnlySpan<byte> samples, int bitDepth, Span<byte> packed)
    {
        switch (bitDepth)
        {
            case 8: samples.CopyTo(packed); break;
            case 16: SwapBytes(samples, packed); break;
            default: PackSmall(samples, bitDepth, packed); break;
        }
    }

    private static void PackSmall(ReadOnlySpan<byte> samples, int bitDepth, Span<byte> packed)
    {
        int perByte = 8 / bitDepth;
        for (int i = 0; i < packed.Length; i++)
        {
            ReadOnlySpan<byte> group = samples[(i * perByte)..Math.Min(samples.Length, (i + 1) * perByte)];
            int value = 0;
            foreach (byte sample in group) value = value << bitDepth | sample;
            packed[i] = (byte)(value << bitDepth * (perByte - group.Length));
        }
    }

    /// <summary>Swaps the bytes of 16-bit numbers between the file's order (big-endian) and the machine's.</summary>
    private static void SwapBytes(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(
                MemoryMarshal.Cast<byte, ushort>(from), MemoryMarshal.Cast<byte, ushort>(to));
        else
            from.CopyTo(to);
    }

    private static void UnpackBits(ReadOnlySpan<byte> packed, Span<byte> samples)
    {
        int whole = samples.Length / 8;
        Span<ulong> groups = MemoryMarshal.Cast<byte, ulong>(samples[..(whole * 8)]);
        for (int i = 0; i < groups.Length; i++) groups[i] = EightPixelsOfByte[packed[i]];
        if (samples.Length > whole * 8) UnpackSmall(packed[whole..], 1, samples[(whole * 8)..]);
    }

    private static void UnpackSmall(ReadOnlySpan<byte> packed, int bitDepth, Span<byte> samples)
    {
        int perByte = 8 / bitDepth, mask = (1 << bitDepth) - 1;
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (byte)(packed[i / perByte] >> (8 - bitDepth * (i % perByte + 1)) & mask);
    }

    private static ulong[] MakeEightPixels()
    {
        ulong[] table = new ulong[256];
        for (int i = 0; i < table.Length; i++)
        {
            Span<byte> pixels = MemoryMarshal.AsBytes(table.AsSpan(i, 1));
            UnpackSmall([(byte)i], 1, pixels);
        }
        return table;
    }
}
