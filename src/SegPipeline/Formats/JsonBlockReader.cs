using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegPipeline.Formats;

/// <summary>What stands where in 64 bytes of JSON text: bit i is byte i. Nothing inside strings is set.</summary>
/// <param name="Quotes">Quotes that begin or end a string.</param>
/// <param name="Opens"><c>{</c> and <c>[</c>.</param>
/// <param name="Closes"><c>}</c> and <c>]</c>.</param>
/// <param name="Commas">Commas.</param>
/// <param name="Colons">Colons.</param>
/// <param name="NotNumbers">First letters of NaN and Infinity.</param>
/// <param name="Faults">The first byte that cannot stand where it stands, and perhaps more; 0 when all is well.</param>
internal readonly record struct JsonMasks(
    ulong Quotes, ulong Opens, ulong Closes, ulong Commas, ulong Colons, ulong NotNumbers, ulong Faults)
{
    /// <summary>Only what stands in the first bytes.</summary>
    /// <param name="bytes">A one for each byte that counts.</param>
    public JsonMasks Within(ulong bytes) => new(
        Quotes & bytes, Opens & bytes, Closes & bytes, Commas & bytes, Colons & bytes, NotNumbers & bytes, 0);
}

/// <summary>
/// Reads JSON text in blocks of 64 bytes and checks, with a few dozen word operations per block and no look at single
/// bytes, everything except nesting: strings and escapes, that values and separators alternate, the grammar of
/// numbers, the three literals.
/// </summary>
/// <remarks>
/// Finding strings with bit masks and a prefix XOR is the first stage of Langdale and Lemire, "Parsing Gigabytes of
/// JSON per Second" (VLDB Journal 28, 2019). The grammar of the values that are skipped is checked in the same masks:
/// "the first non-blank after each comma" and "the digits after each point" are runs that an addition carries across.
/// </remarks>
internal struct JsonBlockReader
{
    /// <summary>Bytes of a block.</summary>
    public const int Bytes = 64;

    private ulong _inString;
    private JsonEscapes _escapes;
    private JsonGrammar _grammar;

    /// <summary>A reader at the start of a file, where a value is expected.</summary>
    public static JsonBlockReader AtStart() => new() { _grammar = JsonGrammar.AtStart() };

    /// <summary>True when the text so far ends inside a string.</summary>
    public readonly bool IsInString => _inString != 0;

    /// <summary>Reads the next 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public JsonMasks Read(ReadOnlySpan<byte> block) => Vector512.IsHardwareAccelerated
        ? Read<JsonLanes512>(block)
        : Read<JsonLanes256>(block);

    /// <summary>Reads the next 64 bytes with the registers of a given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public JsonMasks Read<TLanes>(ReadOnlySpan<byte> block)
        where TLanes : struct, IJsonLanes<TLanes>
    {
        TLanes lanes = TLanes.Load(block);
        ulong quotes = lanes.Equal((byte)'"') & ~_escapes.Find(lanes, out ulong faults);
        ulong inString = PrefixXor(quotes) ^ _inString;
        _inString = (ulong)((long)inString >> 63);
        ulong controls = lanes.InRange(0, 0x20);
        faults |= controls & inString;
        ulong outside = ~(inString | quotes);
        ulong blanks = lanes.Equal((byte)' ');
        if ((controls & outside) != 0)
            blanks |= lanes.Equal((byte)'\n') | lanes.Equal((byte)'\r') | lanes.Equal((byte)'\t');
        var text = new JsonText64(outside, blanks & outside, quotes & inString,
            Opens: lanes.EqualFolded((byte)'{') & outside,
            Closes: lanes.EqualFolded((byte)'}') & outside,
            Commas: lanes.Equal((byte)',') & outside);
        faults |= _grammar.Check(lanes, block, text, out ulong colons, out ulong notNumbers);
        return new JsonMasks(quotes, text.Opens, text.Closes, text.Commas, colons, notNumbers, faults);
    }

    /// <summary>Bit i of the result is the XOR of bits 0..i: between quotes, all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(
                Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        for (int shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
        return bits;
    }
}

/// <summary>What surrounds the scalars of a block of JSON text.</summary>
/// <param name="Outside">Bytes that are neither in a string nor a quote.</param>
/// <param name="Blanks">Blanks outside strings.</param>
/// <param name="StringStarts">Opening quotes.</param>
/// <param name="Opens">Opening brackets.</param>
/// <param name="Closes">Closing brackets.</param>
/// <param name="Commas">Commas.</param>
internal readonly record struct JsonText64(
    ulong Outside, ulong Blanks, ulong StringStarts, ulong Opens, ulong Closes, ulong Commas);
