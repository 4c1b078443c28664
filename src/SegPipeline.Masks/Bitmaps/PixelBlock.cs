using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks.Bitmaps;

/// <summary>Compares 64 bytes of pixels in one step; the result is one bit per pixel, first pixel lowest.</summary>
internal static class PixelBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int LengthBytes = 64;

    /// <summary>Pixels of a block: 64 bytes, 32 ushorts or 16 uints.</summary>
    public static int Count<T>()
        where T : unmanaged => LengthBytes / Unsafe.SizeOf<T>();

    /// <summary>Bits of the pixels that are not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Foreground(ReadOnlySpan<byte> pixels)
    {
        if (Vector512.IsHardwareAccelerated)
            return ~Vector512.Equals(Vector512.Create(pixels), Vector512<byte>.Zero).ExtractMostSignificantBits();
        uint low = Vector256.Equals(Vector256.Create(pixels), Vector256<byte>.Zero).ExtractMostSignificantBits();
        uint high = Vector256.Equals(Vector256.Create(pixels[32..]), Vector256<byte>.Zero)
            .ExtractMostSignificantBits();
        return ~(low | (ulong)high << 32);
    }

    /// <summary>Bits of the pixels that differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Differences<T>(ReadOnlySpan<T> pixels, ReadOnlySpan<T> others)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            return (~Vector512.Equals(Vector512.Create(pixels), Vector512.Create(others)))
                .ExtractMostSignificantBits();
        int half = Vector256<T>.Count;
        uint low = (~Vector256.Equals(Vector256.Create(pixels), Vector256.Create(others)))
            .ExtractMostSignificantBits();
        uint high = (~Vector256.Equals(Vector256.Create(pixels[half..]), Vector256.Create(others[half..])))
            .ExtractMostSignificantBits();
        return low | (ulong)high << half;
    }

    /// <summary>Bits of the pixels that differ in the block at a column; fewer than a whole block at the end.</summary>
    /// <param name="row">A row.</param>
    /// <param name="other">Another of the same length.</param>
    /// <param name="x">First column of the block, below the length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong DifferencesAt<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> other, int x)
        where T : unmanaged, IEquatable<T>
    {
        int block = Count<T>(), rest = row.Length - x;
        if (rest >= block) return Differences(row[x..], other[x..]);
        // The last whole block of the row, without the pixels before the column.
        if (row.Length >= block) return Differences(row[^block..], other[^block..]) >> (block - rest);
        return DifferencesOneByOne(row[x..], other[x..]);
    }

    private static ulong DifferencesOneByOne<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> other)
        where T : unmanaged, IEquatable<T>
    {
        ulong bits = 0;
        for (int i = 0; i < row.Length; i++)
            if (!row[i].Equals(other[i])) bits |= 1UL << i;
        return bits;
    }
}
