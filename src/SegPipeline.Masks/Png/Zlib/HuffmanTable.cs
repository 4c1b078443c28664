using System.Runtime.CompilerServices;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// Looks up symbols of a prefix code by the bits that come next: short codes in a first table, the rest in second
/// tables behind it. What an entry says of its symbol is in <see cref="HuffmanEntry"/>.
/// </summary>
/// <param name="firstBits">Number of bits that the first table is indexed with.</param>
internal sealed class HuffmanTable(int firstBits)
{
    private const int MaxSymbols = 288;

    // At most one second table for each code longer than the first index.
    private readonly uint[] _entries =
        new uint[(1 << firstBits) + (MaxSymbols << DeflateFormat.MaxCodeBits - firstBits)];

    /// <summary>Takes the next code and its extra bits from a source that has as many bits available.</summary>
    /// <param name="source">The bits.</param>
    /// <param name="value">The value of the entry with its extra bits added.</param>
    /// <returns>The entry; <see cref="HuffmanEntry.None"/> when the bits are no code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Take(ref BitSource source, out int value)
    {
        ulong bits = source.Bits;
        uint entry = _entries[(int)bits & (1 << firstBits) - 1];
        if ((entry & HuffmanEntry.Link) != 0)
        {
            source.Skip(firstBits);
            bits = source.Bits;
            entry = _entries[HuffmanEntry.Value(entry) + ((int)bits & (1 << HuffmanEntry.CodeBits(entry)) - 1)];
        }
        source.Skip(HuffmanEntry.AllBits(entry));
        value = HuffmanEntry.Value(entry)
            + (((int)bits & (1 << HuffmanEntry.AllBits(entry)) - 1) >> HuffmanEntry.CodeBits(entry));
        return entry;
    }

    /// <summary>Makes the table of a code.</summary>
    /// <param name="lengths">Length of the code of each symbol; 0 for symbols without one.</param>
    /// <param name="meanings">Entry of each symbol, without the length of its code.</param>
    /// <returns>
    /// False when the lengths make no code. As in zlib, a code may leave bits unused only when it has one symbol of one
    /// bit, or none at all.
    /// </returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> meanings)
    {
        Span<int> next = stackalloc int[DeflateFormat.MaxCodeBits + 2];
        if (!TryCountCodes(lengths, next, out int longest)) return false;
        _entries.AsSpan(0, 1 << firstBits).Fill(HuffmanEntry.None);
        int used = 1 << firstBits;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            int code = ReverseBits(next[length]++, length);
            if (length <= firstBits)
            {
                Spread(_entries.AsSpan(0, 1 << firstBits), code, length, meanings[symbol]);
                continue;
            }
            ref uint link = ref _entries[code & (1 << firstBits) - 1];
            int secondBits = longest - firstBits;
            if (link == HuffmanEntry.None)
            {
                link = HuffmanEntry.LinkTo(used, firstBits, secondBits);
                used += 1 << secondBits;
            }
            Span<uint> second = _entries.AsSpan(HuffmanEntry.Value(link), 1 << secondBits);
            Spread(second, code >> firstBits, length - firstBits, meanings[symbol]);
        }
        return true;
    }

    /// <summary>Finds the first code of each length (RFC 1951, 3.2.2).</summary>
    private static bool TryCountCodes(ReadOnlySpan<byte> lengths, Span<int> first, out int longest)
    {
        Span<int> counts = stackalloc int[DeflateFormat.MaxCodeBits + 1];
        foreach (byte length in lengths) counts[length]++;
        counts[0] = 0;
        longest = counts.LastIndexOfAnyExcept(0);
        int unused = 1;
        for (int length = 1; length <= DeflateFormat.MaxCodeBits; length++)
        {
            first[length + 1] = first[length] + counts[length] << 1;
            unused = 2 * unused - counts[length];
            if (unused < 0) return false;
        }
        return unused == 0 || longest <= 1;
    }

    /// <summary>Writes an entry wherever the bits begin with its code.</summary>
    private static void Spread(Span<uint> table, int code, int length, uint meaning)
    {
        uint entry = HuffmanEntry.WithCode(meaning, length);
        for (int i = code; i < table.Length; i += 1 << length) table[i] = entry;
    }

    /// <summary>A code with its first bit lowest, as the format stores it.</summary>
    public static int ReverseBits(int code, int length)
    {
        int reversed = 0;
        for (int bit = 0; bit < length; bit++) reversed = reversed << 1 | (code >> bit & 1);
        return reversed;
    }
}
