using System.Buffers.Binary;

namespace SegPipeline.Engine;

/// <summary>
/// A 64-bit fingerprint of bytes: what differs has the same by chance only, which is enough to find out where two runs
/// part, or that bytes on disk are damaged. No protection against anybody who means harm; it costs a tenth of a
/// SHA-256.
/// </summary>
/// <remarks>The multiply-and-fold step of wyhash (Wang Yi, 2019): two words are multiplied to 128 bits, of which the
/// halves are combined. The same on every machine.</remarks>
internal static class Fingerprint
{
    private const ulong First = 0xA076_1D64_78BD_642F;
    private const ulong Second = 0xE703_7ED1_A0B4_28DB;

    /// <summary>The fingerprint of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The fingerprint of what goes before them, or a number that it shall depend on.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong before = 0)
    {
        ulong state = Fold((ulong)bytes.Length ^ First, Second) ^ before;
        for (; bytes.Length >= 2 * sizeof(ulong); bytes = bytes[(2 * sizeof(ulong))..])
            state = Fold(Word(bytes) ^ First, Word(bytes[sizeof(ulong)..]) ^ state);
        Span<byte> tail = stackalloc byte[2 * sizeof(ulong)];
        tail.Clear();
        bytes.CopyTo(tail);
        state = Fold(Word(tail) ^ First, Word(tail[sizeof(ulong)..]) ^ state);
        return Fold(state ^ First, Second);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Fold(ulong one, ulong other)
    {
        ulong high = Math.BigMul(one, other, out ulong low);
        return high ^ low;
    }
}
