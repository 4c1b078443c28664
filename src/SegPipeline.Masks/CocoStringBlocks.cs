using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks;

/// <summary>
/// Eight numbers of a COCO string at a time. In real masks nearly every number takes one character and most of the
/// others two, so a block is eight numbers of one or two characters; anything else is left to <see cref="CocoString"/>.
/// </summary>
internal static class CocoStringBlocks
{
    /// <summary>Numbers in a block.</summary>
    public const int Count = 8;

    private const int Zero = 48;
    private const byte Nothing = 255;

    // Entry m of each: what to do when the set bits of m are the numbers (encoding) or characters (decoding) that have
    // a second character after them.
    private static readonly Vector128<byte>[] Packings = [.. Enumerable.Range(0, 256).Select(Packing)];
    private static readonly Unpacking[] Unpackings = [.. Enumerable.Range(0, 256).Select(UnpackingOf)];

    /// <summary>Which characters make which numbers, and how many of both; none when it cannot be done.</summary>
    private readonly record struct Unpacking(Vector128<byte> Places, int Numbers, int Characters);

    /// <summary>Writes the differences of eight lengths from the fourth or a later one on.</summary>
    /// <returns>The number of characters; 0 when a difference takes more than two, and nothing is written.</returns>
    public static int Encode(ReadOnlySpan<uint> counts, int start, Span<byte> destination)
    {
        Vector256<uint> now = Vector256.Create(counts.Slice(start, Count));
        Vector256<uint> before = Vector256.Create(counts.Slice(start - 2, Count));
        Vector256<int> difference = (now - before).AsInt32();
        Vector256<uint> outside = (difference + Vector256.Create(512)).AsUInt32() >> 10;
        if ((outside | ((now | before) >> 31)) != Vector256<uint>.Zero) return 0;
        Vector256<uint> isLong = ~Vector256.LessThan(
            (difference + Vector256.Create(16)).AsUInt32(), Vector256.Create(32u));
        Vector256<uint> low = (difference.AsUInt32() & Vector256.Create(31u)) + (isLong & Vector256.Create(32u));
        Vector256<uint> high = (difference.AsUInt32() >> 5) & Vector256.Create(31u);
        Vector256<uint> both = (low | (high << 8)) + Vector256.Create((uint)(Zero | (Zero << 8)));
        uint longs = isLong.ExtractMostSignificantBits();
        Vector128<ushort> characters = Vector128.Narrow(both.GetLower(), both.GetUpper());
        Vector128.ShuffleNative(characters.AsByte(), Packings[longs]).CopyTo(destination);
        return Count + System.Numerics.BitOperations.PopCount(longs);
    }

    /// <summary>Reads numbers that follow at least three others, block by block while that is possible.</summary>
    /// <param name="utf8">All characters.</param>
    /// <param name="position">The next character; moved on.</param>
    /// <param name="counts">All lengths.</param>
    /// <param name="count">How many lengths there are, at least 3; moved on.</param>
    public static void Decode(ReadOnlySpan<byte> utf8, ref int position, Span<uint> counts, ref int count)
    {
        int at = position, made = count;
        Vector256<int> before = LastTwo(counts, made);
        while (utf8.Length - at >= Count && counts.Length - made >= Count)
        {
            Vector128<byte> groups = Vector128.CreateScalar(MemoryMarshal.Read<ulong>(utf8[at..])).AsByte() -
                Vector128.CreateScalar(0x3030303030303030UL).AsByte();
            if (Vector128.GreaterThanAny(groups, Vector128.Create((byte)63))) break;
            uint continued = (groups << 2).ExtractMostSignificantBits();
            ref readonly Unpacking unpacking = ref Unpackings[continued];
            if (unpacking.Characters == 0) break;
            Vector256<int> x = Accumulate(continued == 0
                ? OnlyOne(groups)
                : UpToTwo(Vector128.ShuffleNative(groups, unpacking.Places).AsInt16())) + before;
            if ((x | before).ExtractMostSignificantBits() != 0) break;
            x.AsUInt32().CopyTo(counts[made..]);
            if (continued == 0)
            {
                // Known beforehand, so that the next block need not wait for this one.
                at += Count;
                made += Count;
                before = Vector256.Shuffle(x.AsInt64(), Vector256.Create(3L, 3, 3, 3)).AsInt32();
            }
            else
            {
                at += unpacking.Characters;
                made += unpacking.Numbers;
                before = LastTwo(counts, made);
            }
        }
        (position, count) = (at, made);
    }

    /// <summary>The two lengths before a place, four times over.</summary>
    private static Vector256<int> LastTwo(ReadOnlySpan<uint> counts, int count) =>
        Vector256.Create(MemoryMarshal.Read<long>(MemoryMarshal.AsBytes(counts.Slice(count - 2, 2)))).AsInt32();

    /// <summary>Running sums of every other number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Accumulate(Vector256<int> x)
    {
        x += Vector256.Shuffle(x.AsInt64(), Vector256.Create(-1, 0, 1, 2)).AsInt32();
        return x + Vector256.Shuffle(x.AsInt64(), Vector256.Create(-1, -1, 0, 1)).AsInt32();
    }

    /// <summary>Numbers of one group each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> OnlyOne(Vector128<byte> groups)
    {
        Vector128<sbyte> numbers = (groups << 3).AsSByte() >> 3;
        return Vector256.WidenLower(Vector128.WidenLower(numbers).ToVector256Unsafe());
    }

    /// <summary>Numbers of one or two groups, the first in the lower byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> UpToTwo(Vector128<short> pairs)
    {
        Vector128<short> isLong = Vector128.Equals(pairs & Vector128.Create((short)32), Vector128.Create((short)32));
        Vector128<short> value = (pairs & Vector128.Create((short)31)) | ((pairs >> 3) & Vector128.Create((short)992));
        Vector128<short> sign = Vector128.ConditionalSelect(
            isLong, Vector128.Create((short)512), Vector128.Create((short)16));
        return Vector256.WidenLower(((value ^ sign) - sign).ToVector256Unsafe());
    }

    private static Vector128<byte> Packing(int longs)
    {
        Span<byte> places = stackalloc byte[2 * Count];
        places.Clear();
        int written = 0;
        for (int number = 0; number < Count; number++)
        {
            places[written++] = (byte)(2 * number);
            if ((longs >> number & 1) != 0) places[written++] = (byte)(2 * number + 1);
        }
        return Vector128.Create<byte>(places);
    }

    private static Unpacking UnpackingOf(int continued)
    {
        Span<byte> places = stackalloc byte[2 * Count];
        places.Fill(Nothing);
        int numbers = 0, characters = 0;
        while (characters < Count)
        {
            int length = System.Numerics.BitOperations.TrailingZeroCount(~(continued >> characters)) + 1;
            if (length > 2 || characters + length > Count) break;
            for (int i = 0; i < length; i++) places[2 * numbers + i] = (byte)(characters + i);
            numbers++;
            characters += length;
        }
        return new Unpacking(Vector128.Create<byte>(places), numbers, characters);
    }
}
