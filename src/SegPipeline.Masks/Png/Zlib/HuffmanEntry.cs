namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// What a table says of a code, in 32 bits: how many bits it takes with its extra bits (bits 0 to 7) and without them
/// (8 to 11), whether it is a literal (12), no length or distance (13), or a link to a second table (31), and a value
/// (16 to 30) that the extra bits add to.
/// </summary>
internal static class HuffmanEntry
{
    /// <summary>The value is a byte.</summary>
    public const uint Literal = 1u << 12;

    /// <summary>The end of the block, or <see cref="None"/>.</summary>
    public const uint Special = 1u << 13;

    /// <summary>The bits are no code, or the code means nothing.</summary>
    public const uint None = Special;

    /// <summary>The block ends.</summary>
    public const uint EndOfBlock = Special | 1u << 16;

    /// <summary>The value is the place of a second table, which the bits without extra bits are the index of.</summary>
    public const uint Link = 1u << 31;

    /// <summary>The entry of each symbol of the literal and length code, before its code is known.</summary>
    public static ReadOnlySpan<uint> Literals => LiteralEntries;

    /// <summary>The entry of each symbol of the distance code, before its code is known.</summary>
    public static ReadOnlySpan<uint> Distances => DistanceEntries;

    /// <summary>The entry of each symbol of the code for code lengths: the symbol itself.</summary>
    public static ReadOnlySpan<uint> MetaSymbols => MetaEntries;

    private static readonly uint[] LiteralEntries = MakeLiterals();
    private static readonly uint[] DistanceEntries = MakeDistances();
    private static readonly uint[] MetaEntries =
        [.. Enumerable.Range(0, DeflateFormat.MetaSymbols).Select(s => Of(s, 0))];

    /// <summary>The entry of a value and its number of extra bits.</summary>
    public static uint Of(int value, int extraBits) => (uint)value << 16 | (uint)extraBits;

    /// <summary>The entry with a code of its own.</summary>
    public static uint WithCode(uint entry, int codeBits) => entry + (uint)(codeBits << 8 | codeBits);

    /// <summary>A link to a second table.</summary>
    /// <param name="place">Where it begins.</param>
    /// <param name="firstBits">Number of bits that lead to the link.</param>
    /// <param name="secondBits">Number of bits that the second table is indexed with.</param>
    public static uint LinkTo(int place, int firstBits, int secondBits) =>
        Link | (uint)place << 16 | (uint)secondBits << 8 | (uint)firstBits;

    /// <summary>Number of bits of the code and its extra bits together.</summary>
    public static int AllBits(uint entry) => (byte)entry;

    /// <summary>Number of bits of the code; of a link, number of bits that the second table is indexed with.</summary>
    public static int CodeBits(uint entry) => (int)(entry >> 8 & 0xF);

    /// <summary>The value.</summary>
    public static int Value(uint entry) => (int)(entry >> 16 & 0x7FFF);

    // The fixed codes have symbols that mean nothing: two of the first, two of the second.
    private static uint[] MakeLiterals()
    {
        uint[] entries = new uint[288];
        Array.Fill(entries, None);
        for (int value = 0; value < 256; value++) entries[value] = Of(value, 0) | Literal;
        entries[DeflateFormat.EndOfBlock] = EndOfBlock;
        for (int i = 0; i < DeflateFormat.LengthStart.Length; i++)
            entries[DeflateFormat.FirstLengthSymbol + i] =
                Of(DeflateFormat.LengthStart[i], DeflateFormat.LengthBits[i]);
        return entries;
    }

    private static uint[] MakeDistances()
    {
        uint[] entries = new uint[32];
        Array.Fill(entries, None);
        for (int i = 0; i < DeflateFormat.DistanceSymbols; i++)
            entries[i] = Of(DeflateFormat.DistanceStart[i], DeflateFormat.DistanceBits[i]);
        return entries;
    }
}
