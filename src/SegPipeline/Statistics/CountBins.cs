using System.Numerics;

namespace SegPipeline.Statistics;

/// <summary>Bins of counts: each count below 256 is a bin of its own, above that there are 64 to each factor of two, as
/// wide as a power of two.</summary>
public static class CountBins
{
    /// <summary>The counts below this are bins of their own.</summary>
    public const int Exact = 1 << ExactPower;

    private const int ExactPower = 8;
    private const int PartPower = 6;
    private const int PerOctave = 1 << PartPower;

    /// <summary>The bin of a count.</summary>
    public static int Of(int count)
    {
        if (count < Exact) return count;
        int power = BitOperations.Log2((uint)count);
        return Exact + PerOctave * (power - ExactPower) + ((count >> (power - PartPower)) - PerOctave);
    }

    /// <summary>The smallest count of a bin.</summary>
    public static long First(int bin)
    {
        if (bin < Exact) return bin;
        (int octave, int part) = Math.DivRem(bin - Exact, PerOctave);
        return (long)(PerOctave + part) << (octave + ExactPower - PartPower);
    }

    /// <summary>The largest count of a bin.</summary>
    public static long Last(int bin) => First(bin + 1) - 1;
}
