namespace SegPipeline.Transforms;

/// <summary>Whole numbers in given proportions.</summary>
internal static class LargestRemainder
{
    /// <summary>
    /// Divides a number into parts: each gets its share rounded down, and what is left goes one by one to the largest
    /// remainders, to the earlier part where they are equal.
    /// </summary>
    /// <param name="total">What is to be divided, 0 or more.</param>
    /// <param name="ratios">Share of each part; together 1.</param>
    /// <remarks>The method of Hamilton, also called Hare-Niemeyer. Computed in decimals, so that 0.1 is a
    /// tenth.</remarks>
    public static long[] Divide(long total, IReadOnlyList<double> ratios)
    {
        decimal[] exact = [.. ratios.Select(ratio => (decimal)ratio * total)];
        long[] parts = [.. exact.Select(share => (long)decimal.Floor(share))];
        int[] byRemainder = [.. Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i])];
        long left = total - parts.Sum();
        for (int i = 0; i < left; i++) parts[byRemainder[i % byRemainder.Length]]++;
        return parts;
    }
}
