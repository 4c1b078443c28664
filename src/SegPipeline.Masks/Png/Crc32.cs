using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegPipeline.Masks.Png;

/// <summary>
/// CRC-32 of ISO 3309 (polynomial 0xEDB88320 reflected), which PNG puts behind each chunk. Where the processor
/// multiplies without carries, 64 bytes a step (Gopal et al., "Fast CRC computation for generic polynomials using
/// PCLMULQDQ instruction", 2009); elsewhere eight bytes a step by tables ("slicing-by-8", Kounavis and Berry 2005).
/// </summary>
public static class Crc32
{
    private const int Slices = 8, Lane = 16, Step = 64;
    private static readonly uint[] Tables = MakeTables();

    /// <summary>x^(512+32) and x^(512-32) modulo the polynomial, which move what was read on by 64 bytes.</summary>
    private static readonly Vector128<ulong> BySixtyFour = Vector128.Create(0x154442BD4UL, 0x1C6E41596UL);

    /// <summary>x^(128+32) and x^(128-32) modulo the polynomial, which move it on by 16 bytes.</summary>
    private static readonly Vector128<ulong> BySixteen = Vector128.Create(0x1751997D0UL, 0x0CCAA009EUL);

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        if (!Pclmulqdq.IsSupported || bytes.Length < 2 * Step) return ~Go(uint.MaxValue, bytes);
        Span<byte> folded = stackalloc byte[Lane];
        int read = Fold(bytes, folded);
        return ~Go(Go(0, folded), bytes[read..]);
    }

    /// <summary>Finds 16 bytes that leave the same remainder as many.</summary>
    /// <returns>How many bytes they stand for, from the beginning.</returns>
    private static int Fold(ReadOnlySpan<byte> bytes, Span<byte> folded)
    {
        Vector128<ulong> a = Load(bytes) ^ Vector128.CreateScalar<ulong>(uint.MaxValue), b = Load(bytes[Lane..]),
            c = Load(bytes[(2 * Lane)..]), d = Load(bytes[(3 * Lane)..]);
        int at = Step;
        for (; at <= bytes.Length - Step; at += Step)
        {
            ReadOnlySpan<byte> next = bytes.Slice(at, Step);
            a = MoveOn(a, BySixtyFour) ^ Load(next);
            b = MoveOn(b, BySixtyFour) ^ Load(next[Lane..]);
            c = MoveOn(c, BySixtyFour) ^ Load(next[(2 * Lane)..]);
            d = MoveOn(d, BySixtyFour) ^ Load(next[(3 * Lane)..]);
        }

        b ^= MoveOn(a, BySixteen);
        c ^= MoveOn(b, BySixteen);
        d ^= MoveOn(c, BySixteen);
        d.AsByte().CopyTo(folded);
        return at;
    }

    private static Vector128<ulong> Load(ReadOnlySpan<byte> bytes) => Vector128.Create(bytes).AsUInt64();

    private static Vector128<ulong> MoveOn(Vector128<ulong> value, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(value, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, by, 0x11);

    private static uint Go(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables.AsSpan(0, Slices * 256);
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(int)(7 * 256 + (low & 0xFF))] ^ tables[(int)(6 * 256 + (low >> 8 & 0xFF))]
                ^ tables[(int)(5 * 256 + (low >> 16 & 0xFF))] ^ tables[(int)(4 * 256 + (low >> 24))]
                ^ tables[(int)(3 * 256 + (high & 0xFF))] ^ tables[(int)(2 * 256 + (high >> 8 & 0xFF))]
                ^ tables[(int)(256 + (high >> 16 & 0xFF))] ^ tables[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte value in bytes)
            crc = tables[(byte)(crc ^ value)] ^ crc >> 8;
        return crc;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Slices * 256];
        for (int i = 0; i < tables.Length; i++)
            tables[i] = i < 256 ? Remainder((uint)i) : tables[i - 256] >> 8 ^ tables[(byte)tables[i - 256]];
        return tables;
    }

    private static uint Remainder(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
