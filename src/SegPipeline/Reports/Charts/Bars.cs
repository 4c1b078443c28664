using System.Globalization;
using SegPipeline.Statistics;

namespace SegPipeline.Reports.Charts;

/// <summary>Makes the bars of charts out of distributions.</summary>
internal static class Bars
{
    private const int Most = 48;

    /// <summary>A bar for each count, or for ranges of counts where there are too many; gaps are bars of 0.</summary>
    public static (string[] Labels, long[] Values) OfCounts(Distribution distribution)
    {
        var bins = distribution.Ascending;
        if (bins.Count == 0) return ([], []);
        long first = CountBins.First(bins[0].Number), last = CountBins.First(bins[^1].Number);
        long width = WidthOf(first, last);
        long begin = first / width * width;
        long[] values = new long[(last - begin) / width + 1];
        foreach ((int bin, long count) in bins) values[(CountBins.First(bin) - begin) / width] += count;
        return ([.. values.Select((_, i) => RangeText(begin + i * width, width))], values);
    }

    /// <summary>A bar for each bin of relative sizes between the smallest and the largest that occur.</summary>
    public static (string[] Labels, long[] Values) OfSizes(Distribution distribution)
    {
        var bins = distribution.Ascending.Where(b => b.Number > SizeBins.Nothing).ToList();
        if (bins.Count == 0) return ([], []);
        int first = bins[0].Number, last = bins[^1].Number;
        long[] values = new long[last - first + 1];
        foreach ((int bin, long count) in bins) values[bin - first] = count;
        return ([.. values.Select((_, i) => SizeText(first + i))], values);
    }

    /// <summary>The greatest count; its bin where only that is known.</summary>
    public static string GreatestText(Distribution distribution)
    {
        int bin = distribution.Ascending[^1].Number;
        long first = CountBins.First(bin);
        return RangeText(first, CountBins.Last(bin) - first + 1);
    }

    // Wide bins are as wide as powers of two, and so must the bars over them be.
    private static long WidthOf(long first, long last)
    {
        ReadOnlySpan<long> widths = last < CountBins.Exact ? [1, 2, 5, 10] : [];
        foreach (long width in widths)
            if ((last - first) / width < Most) return width;
        long power = 1;
        while ((last - first) / power >= Most) power *= 2;
        return power;
    }

    private static string RangeText(long first, long width) => width == 1
        ? first.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{first} to {first + width - 1}");

    private static string SizeText(int bin) => bin > 0
        ? "above 1"
        : SizeBins.UpperEdge(bin).ToString("G2", CultureInfo.InvariantCulture);
}
