using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks.Morphology;

/// <summary>
/// Operations on a column of pixels, one bit each, the first row in the lowest bit of the first word. Words are taken
/// four at a time, so that every span has to hold a multiple of four.
/// </summary>
internal static class BitRows
{
    private const int WordBits = 64;

    /// <summary>Words taken at a time.</summary>
    public static readonly int Step = Vector256<ulong>.Count;

    /// <summary>Words that hold a number of rows, rounded up to a multiple of <see cref="Step"/>.</summary>
    public static int WordsFor(int rowsPx) => ((rowsPx - 1) / (WordBits * Step) + 1) * Step;

    /// <summary>Words that must follow those <see cref="Shift"/> reads, for shifts up to a number of rows.</summary>
    public static int PaddingFor(int rowsPx) => (rowsPx / WordBits / Step + 2) * Step;

    /// <summary>Sets the bits of rows from one up to, not including, a later one.</summary>
    public static void Set(Span<ulong> words, int from, int to)
    {
        int first = from / WordBits, last = (to - 1) / WordBits;
        ulong head = ulong.MaxValue << from, tail = ulong.MaxValue >> -to;
        // All ones when the rows lie in several words; a branch would be guessed wrongly every other time.
        ulong several = (ulong)((long)(first - last) >> (WordBits - 1));
        words[first] |= head & (tail | several);
        words[last] |= tail & (head | several);
        if (last - first > 1) words[(first + 1)..last].Fill(ulong.MaxValue);
    }

    /// <summary>target |= source.</summary>
    public static void Or(Span<ulong> target, ReadOnlySpan<ulong> source)
    {
        ref ulong t = ref MemoryMarshal.GetReference(target);
        ref ulong s = ref MemoryMarshal.GetReference(source[..target.Length]);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Step)
            (Vector256.LoadUnsafe(ref t, i) | Vector256.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
    }

    /// <summary>target &amp;= source.</summary>
    public static void And(Span<ulong> target, ReadOnlySpan<ulong> source)
    {
        ref ulong t = ref MemoryMarshal.GetReference(target);
        ref ulong s = ref MemoryMarshal.GetReference(source[..target.Length]);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Step)
            (Vector256.LoadUnsafe(ref t, i) & Vector256.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
    }

    /// <summary>target = ~source.</summary>
    public static void Not(ReadOnlySpan<ulong> source, Span<ulong> target)
    {
        ref ulong s = ref MemoryMarshal.GetReference(source);
        ref ulong t = ref MemoryMarshal.GetReference(target[..source.Length]);
        for (nuint i = 0; i < (nuint)source.Length; i += (nuint)Step)
            (~Vector256.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
    }

    /// <summary>Clears the bits of all rows but those from one up to, not including, another.</summary>
    public static void Keep(Span<ulong> words, int from, int to)
    {
        int first = from / WordBits, last = to / WordBits;
        words[..first].Clear();
        if (first < words.Length) words[first] &= ulong.MaxValue << from;
        if (last >= words.Length) return;
        words[last] &= ~(ulong.MaxValue << to);
        words[(last + 1)..].Clear();
    }

    /// <summary>Number of bits that are set.</summary>
    public static long Count(ReadOnlySpan<ulong> words)
    {
        long count = 0;
        foreach (ulong word in words) count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>Lists the rows at which a column changes, the first from background.</summary>
    /// <param name="words">One bit per row.</param>
    /// <param name="start">What to add to each row.</param>
    /// <param name="edges">Room for one edge per row and one more.</param>
    /// <returns>Number of edges; it is even, the last one may lie after the last row.</returns>
    public static int Edges(ReadOnlySpan<ulong> words, uint start, Span<uint> edges)
    {
        int count = 0;
        ulong above = 0;
        foreach (ulong word in words)
        {
            for (ulong changes = word ^ (word << 1 | above); changes != 0; changes &= changes - 1)
                edges[count++] = start + (uint)BitOperations.TrailingZeroCount(changes);
            above = word >> (WordBits - 1);
            start += WordBits;
        }
        if (above != 0) edges[count++] = start;
        return count;
    }

    /// <summary>target = source, moved up by a number of rows: row y takes the value of row y + rows.</summary>
    /// <param name="source">Longer than the target by <see cref="PaddingFor"/>.</param>
    /// <param name="target">Another span than the source.</param>
    /// <param name="rowsPx">0 or more.</param>
    public static void Shift(ReadOnlySpan<ulong> source, Span<ulong> target, int rowsPx)
    {
        ref ulong s = ref MemoryMarshal.GetReference(source.Slice(rowsPx / WordBits, target.Length + Step));
        ref ulong t = ref MemoryMarshal.GetReference(target);
        int bits = rowsPx % WordBits;
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Step)
            Moved(ref s, i, bits).StoreUnsafe(ref t, i);
    }

    /// <summary>words |= words, moved up by a number of rows; the last words, the padding, stay as they are.</summary>
    /// <param name="words">Ends with the words of <see cref="PaddingFor"/>.</param>
    /// <param name="count">Words to change.</param>
    /// <param name="rowsPx">1 or more.</param>
    public static void OrShifted(Span<ulong> words, int count, int rowsPx)
    {
        ref ulong s = ref MemoryMarshal.GetReference(words.Slice(rowsPx / WordBits, count + Step));
        ref ulong t = ref MemoryMarshal.GetReference(words);
        int bits = rowsPx % WordBits;
        for (nuint i = 0; i < (nuint)count; i += (nuint)Step)
            (Vector256.LoadUnsafe(ref t, i) | Moved(ref s, i, bits)).StoreUnsafe(ref t, i);
    }

    /// <summary>The second shift is done in two steps, because a shift by all 64 bits would be one by none.</summary>
    private static Vector256<ulong> Moved(ref ulong s, nuint i, int bits)
    {
        Vector256<ulong> low = Vector256.LoadUnsafe(ref s, i), high = Vector256.LoadUnsafe(ref s, i + 1);
        return (low >>> bits) | ((high << 1) << (WordBits - 1 - bits));
    }
}
