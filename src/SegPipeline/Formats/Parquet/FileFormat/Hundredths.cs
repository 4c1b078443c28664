using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Doubles as whole hundredths: the coordinates of datasets mostly have two decimals.</summary>
internal static class Hundredths
{
    private const double Scale = 100, Largest = 1 << 30;

    /// <summary>Added to a double of moderate size it rounds it to the nearest whole number, ties to even, which then
    /// stands in the lowest bits of the sum.</summary>
    private const double Rounder = 3L << 51;

    /// <summary>The hundredths of a double; false when there is no whole number of them that gives the same
    /// bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryOf(long bits, out int hundredths)
    {
        double scaled = Math.Round(BitConverter.Int64BitsToDouble(bits) * Scale);
        hundredths = (int)scaled;
        return Math.Abs(scaled) < Largest && BitsOf(hundredths) == bits;
    }

    /// <summary>The hundredths of doubles; false when one of them has none.</summary>
    /// <param name="bits">The bits of the doubles.</param>
    /// <param name="hundredths">Gets as many numbers, or some of them when the result is false.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryOf(ReadOnlySpan<long> bits, Span<int> hundredths)
    {
        hundredths = hundredths[..bits.Length];
        int at = 0;
        for (; at <= bits.Length - Vector512<int>.Count; at += Vector512<int>.Count)
        {
            if (!TryOf(Vector512.Create(bits[at..]), out Vector512<long> low)) return false;
            if (!TryOf(Vector512.Create(bits[(at + Vector512<long>.Count)..]), out Vector512<long> high)) return false;
            Vector512.Narrow(low, high).CopyTo(hundredths[at..]);
        }

        for (; at < bits.Length; at++)
            if (!TryOf(bits[at], out hundredths[at])) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryOf(Vector512<long> bits, out Vector512<long> hundredths)
    {
        Vector512<double> sums = (bits.AsDouble() * Scale) + Vector512.Create(Rounder);
        Vector512<double> scaled = sums - Vector512.Create(Rounder);
        Vector512<long> isSmall = Vector512.LessThan(Vector512.Abs(scaled), Vector512.Create(Largest)).AsInt64();
        Vector512<long> isSame = Vector512.Equals((scaled / Scale).AsInt64(), bits);
        hundredths = sums.AsInt64() - Vector512.Create(Rounder).AsInt64();
        return (isSmall & isSame) == Vector512<long>.AllBitsSet;
    }

    /// <summary>The bits of the double that is so many hundredths.</summary>
    public static long BitsOf(long hundredths) => BitConverter.DoubleToInt64Bits(hundredths / Scale);
}
