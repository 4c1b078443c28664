namespace SegPipeline.Masks.Png.Zlib;

/// <summary>Makes the prefix code for symbols that occur so and so often, with codes of a limited length.</summary>
internal static class HuffmanLengths
{
    private const int MaxSymbols = 288;

    /// <summary>
    /// Finds the length of each symbol's code. At least two symbols get one, as some readers expect.
    /// </summary>
    /// <param name="counts">How often each symbol occurs.</param>
    /// <param name="maxBits">Longest code allowed.</param>
    /// <param name="lengths">Receives the length of each symbol's code; 0 for symbols without one.</param>
    public static void Find(ReadOnlySpan<int> counts, int maxBits, Span<byte> lengths)
    {
        // Sorted by count, then by symbol, so that the result is one and the same everywhere.
        Span<ulong> sorted = stackalloc ulong[MaxSymbols];
        int used = 0;
        for (int symbol = 0; symbol < counts.Length; symbol++)
            if (counts[symbol] > 0) sorted[used++] = (ulong)counts[symbol] << 32 | (uint)symbol;
        for (int symbol = 0; used < 2; symbol++)
            if (counts[symbol] == 0) sorted[used++] = (uint)symbol;
        sorted = sorted[..used];
        sorted.Sort();
        Span<int> numberOfLength = stackalloc int[MaxSymbols];
        CountDepths(sorted, numberOfLength);
        Limit(numberOfLength, maxBits);
        lengths.Clear();
        int next = 0;
        for (int length = maxBits; length > 0; length--)
            for (int i = numberOfLength[length]; i > 0; i--)
                lengths[(int)(uint)sorted[next++]] = (byte)length;
    }

    /// <summary>Gives each symbol its code, in the order of lengths, then symbols; reversed for writing.</summary>
    public static void Assign(ReadOnlySpan<byte> lengths, Span<ushort> codes)
    {
        Span<int> next = stackalloc int[DeflateFormat.MaxCodeBits + 2];
        next.Clear();
        foreach (byte length in lengths) next[length + 1]++;
        next[1] = 0;
        for (int length = 1; length <= DeflateFormat.MaxCodeBits; length++)
            next[length + 1] = next[length] + next[length + 1] << 1;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length != 0) codes[symbol] = (ushort)HuffmanTable.ReverseBits(next[length]++, length);
        }
    }

    /// <summary>
    /// Merges the two rarest symbols or groups until one group is left, and counts how deep the symbols lie in it.
    /// Symbols come in order and groups arise in order, so the rarest is always at the head of one of two queues
    /// (van Leeuwen 1976).
    /// </summary>
    private static void CountDepths(ReadOnlySpan<ulong> sorted, Span<int> numberOfDepth)
    {
        Span<long> groups = stackalloc long[MaxSymbols];
        Span<int> parents = stackalloc int[2 * MaxSymbols];
        int symbol = 0, group = 0;
        for (int made = 0; made < sorted.Length - 1; made++)
        {
            groups[made] = 0;
            for (int child = 0; child < 2; child++)
            {
                bool takeSymbol = symbol < sorted.Length
                    && (group == made || (long)(sorted[symbol] >> 32) <= groups[group]);
                groups[made] += takeSymbol ? (long)(sorted[symbol] >> 32) : groups[group];
                parents[takeSymbol ? symbol++ : MaxSymbols + group++] = made;
            }
        }
        // Parents come after their children, so going backwards each depth is known before it is needed.
        Span<int> depths = stackalloc int[MaxSymbols];
        depths[sorted.Length - 2] = 0;
        for (int i = sorted.Length - 3; i >= 0; i--) depths[i] = depths[parents[MaxSymbols + i]] + 1;
        numberOfDepth.Clear();
        for (int i = 0; i < sorted.Length; i++) numberOfDepth[depths[parents[i]] + 1]++;
    }

    /// <summary>Shortens codes that are too long, and makes up for it with the cheapest shorter ones.</summary>
    private static void Limit(Span<int> numberOfLength, int maxBits)
    {
        for (int length = maxBits + 1; length < numberOfLength.Length; length++)
        {
            numberOfLength[maxBits] += numberOfLength[length];
            numberOfLength[length] = 0;
        }
        // Codes of length n use 2^-n of what there is. Too much is used: lengthen a code, and put one beside it.
        long excess = -1L << maxBits;
        for (int length = 1; length <= maxBits; length++) excess += (long)numberOfLength[length] << maxBits - length;
        for (; excess > 0; excess--)
        {
            int length = maxBits - 1;
            while (numberOfLength[length] == 0) length--;
            numberOfLength[length]--;
            numberOfLength[length + 1] += 2;
            numberOfLength[maxBits]--;
        }
    }
}
