using System.Runtime.CompilerServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Doubles as whole hundredths: the coordinates of datasets mostly have two decimals.</summary>
internal static class Hundredths
{
    private const double Scale = 100, Largest = 1 << 30;

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
    public static bool TryOf(ReadOnlySpan<long> bits, Span<long> hundredths)
    {
        for (int i = 0; i < bits.Length; i++)
        {
            if (!TryOf(bits[i], out int whole)) return false;
            hundredths[i] = whole;
        }

        return true;
    }

    /// <summary>The bits of the double that is so many hundredths.</summary>
    public static long BitsOf(long hundredths) => BitConverter.DoubleToInt64Bits(hundredths / Scale);
}
