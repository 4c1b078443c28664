using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks;

/// <summary>Numbers read off run lengths: sum, area, box.</summary>
internal static class RunMeasure
{
    private static readonly Vector256<double> TwoTo52 = Vector256.Create(4503599627370496.0);

    /// <summary>Sum of all lengths, in 64 bits.</summary>
    public static long Sum(ReadOnlySpan<uint> counts)
    {
        (long even, long odd) = Sums(counts);
        return even + odd;
    }

    /// <summary>
    /// The first index that may be foreground and the index after the last that may be; any runs of length 0 are
    /// taken as they stand. First above last when there is no run of foreground.
    /// </summary>
    public static (long Start, long End) Reach(ReadOnlySpan<uint> counts, long pixels) =>
        counts.Length < 2 ? (long.MaxValue, 0) : (counts[0], counts.Length % 2 == 0 ? pixels : pixels - counts[^1]);

    /// <summary>Sum of the foreground lengths.</summary>
    public static long Area(ReadOnlySpan<uint> counts) => Sums(counts).Odd;

    /// <summary>Sums of the lengths at even and at odd places, taken two by two as 64-bit numbers.</summary>
    private static (long Even, long Odd) Sums(ReadOnlySpan<uint> counts)
    {
        ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<uint, ulong>(counts);
        Vector<ulong> lows = Vector<ulong>.Zero, highs = Vector<ulong>.Zero, low = new(uint.MaxValue);
        ref ulong first = ref MemoryMarshal.GetReference(pairs);
        int i = 0;
        for (; i <= pairs.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
        {
            Vector<ulong> pair = Vector.LoadUnsafe(ref first, (nuint)i);
            lows += pair & low;
            highs += pair >> 32;
        }
        ulong lowSum = Vector.Sum(lows), highSum = Vector.Sum(highs);
        foreach (ulong pair in pairs[i..])
        {
            lowSum += (uint)pair;
            highSum += pair >> 32;
        }
        (ulong even, ulong odd) = BitConverter.IsLittleEndian ? (lowSum, highSum) : (highSum, lowSum);
        return ((long)even + (counts.Length % 2 == 0 ? 0 : counts[^1]), (long)odd);
    }

    /// <summary>
    /// The box around the foreground of canonical run lengths. A run that passes the end of a column reaches top and
    /// bottom.
    /// </summary>
    public static PixelBox Box(ReadOnlySpan<uint> counts, int heightPx)
    {
        counts = counts[..(counts.Length & ~1)];
        if (counts.IsEmpty) return default;
        long first = counts[0], end = Sum(counts);
        (double top, double bottom) = TopAndBottom(counts, heightPx);
        long left = first / heightPx, right = (end - 1) / heightPx;
        return new PixelBox((int)left, (int)top, (int)(right - left + 1), (int)(bottom - top));
    }

    /// <summary>First row of the foreground and the row after the last, of whole pairs of lengths.</summary>
    private static (double Top, double Bottom) TopAndBottom(ReadOnlySpan<uint> counts, double heightPx)
    {
        Vector256<double> height = Vector256.Create(heightPx), perPixel = Vector256.Create(1 / heightPx);
        Vector256<double> tops = height, bottoms = Vector256<double>.Zero;
        Vector256<ulong> before = Vector256<ulong>.Zero;
        int i = 0;
        for (; i <= counts.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            Vector256<uint> block = Vector256.Create(counts.Slice(i, Vector256<uint>.Count));
            (Vector256<ulong> backgrounds, Vector256<ulong> lengths) = Parts(block);
            Vector256<ulong> ends = backgrounds + lengths;
            ends += Vector256.Shuffle(ends, Vector256.Create(ulong.MaxValue, 0, 1, 2));
            ends += Vector256.Shuffle(ends, Vector256.Create(ulong.MaxValue, ulong.MaxValue, 0, 1));
            ends += before;
            before = Vector256.Shuffle(ends, Vector256.Create(3ul, 3, 3, 3));
            Vector256<double> firsts = ToDouble(ends - lengths);
            // Half a pixel keeps the quotient away from whole numbers, so that its floor is exact.
            Vector256<double> columns = Vector256.Floor((firsts + Vector256.Create(.5)) * perPixel);
            Vector256<double> rows = firsts - columns * height;
            Vector256<double> after = rows + ToDouble(lengths);
            tops = Vector256.MinNative(tops, Vector256.AndNot(rows, Vector256.GreaterThan(after, height)));
            bottoms = Vector256.MaxNative(bottoms, Vector256.MinNative(after, height));
        }
        double top = heightPx, bottom = 0;
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
            (top, bottom) = (Math.Min(top, tops[lane]), Math.Max(bottom, bottoms[lane]));
        for (ulong start = before[0]; i < counts.Length; i += 2)
        {
            double row = (start + counts[i]) % (ulong)heightPx, after = row + counts[i + 1];
            top = Math.Min(top, after > heightPx ? 0 : row);
            bottom = Math.Max(bottom, Math.Min(after, heightPx));
            start += (ulong)counts[i] + counts[i + 1];
        }
        return (top, bottom);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Even, Vector256<ulong> Odd) Parts(Vector256<uint> counts)
    {
        Vector256<ulong> pairs = counts.AsUInt64(), high = pairs >> 32;
        Vector256<ulong> low = pairs & Vector256.Create((ulong)uint.MaxValue);
        return BitConverter.IsLittleEndian ? (low, high) : (high, low);
    }

    /// <summary>Whole numbers below 2^52 as floating point, by way of the bits of 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ToDouble(Vector256<ulong> whole) =>
        (whole | TwoTo52.AsUInt64()).AsDouble() - TwoTo52;
}
