using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegPipeline.Formats;

/// <summary>Reads JSON numbers, correctly rounded.</summary>
internal static class JsonNumber
{
    private const int ExactDigits = 15, WordBits = 64;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];

    /// <summary>Reads a number that is a whole token.</summary>
    /// <returns>False when the token is no finite number.</returns>
    public static bool TryRead(ReadOnlySpan<byte> token, out double value) =>
        TryReadPrefix(token, out value, out int used) && used == token.Length;

    /// <summary>Reads a whole number from a token; 12 and 12.0 are both twelve.</summary>
    /// <returns>False when the token is no whole number of at most 2^53 in size.</returns>
    public static bool TryReadWhole(ReadOnlySpan<byte> token, out long value)
    {
        if (Utf8Parser.TryParse(token, out value, out int used) && used == token.Length) return true;
        bool isWhole = TryRead(token, out double number) && number == Math.Truncate(number) &&
            Math.Abs(number) <= 1L << 53;
        value = isWhole ? (long)number : 0;
        return isWhole;
    }

    /// <summary>Reads the number that a text begins with.</summary>
    /// <remarks>
    /// Up to 15 digits and 15 decimals, digits and power of ten are exact in a double and one division rounds once
    /// (Clinger, "How to read floating point numbers accurately", PLDI 1990). Others go to the runtime's parser.
    /// </remarks>
    public static bool TryReadPrefix(ReadOnlySpan<byte> text, out double value, out int used)
    {
        int at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int from = at;
        long digits = 0;
        while (at < text.Length && (uint)(text[at] - '0') <= 9) digits = digits * 10 + (text[at++] - '0');
        int count = at - from;
        int decimals = 0;
        if (at < text.Length && text[at] == '.')
        {
            int point = ++at;
            while (at < text.Length && (uint)(text[at] - '0') <= 9) digits = digits * 10 + (text[at++] - '0');
            decimals = at - point;
        }

        bool hasExponent = at < text.Length && (text[at] | 0x20) == 'e';
        if (count == 0 || count + decimals > ExactDigits || hasExponent) return TryReadSlow(text, out value, out used);
        value = digits / PowersOfTen[decimals];
        if (from == 1) value = -value;
        used = at;
        return true;
    }

    /// <summary>
    /// Reads a number of at most eight characters, without a sign, which most coordinates are, in one piece: the
    /// characters are one 64-bit word, from which the point is taken out.
    /// </summary>
    /// <param name="text">Text around the number.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when it is something else, or stands too near to the beginning of the text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadPlain(ReadOnlySpan<byte> text, int start, int end, out double value)
    {
        const ulong zeros = 0x3030303030303030, carries = 0x7676767676767676, tops = 0x8080808080808080;
        const int point = '.' ^ '0';
        value = 0;
        int before = WordBits - 8 * (end - start);
        if (end < sizeof(ulong) || before is < 0 or >= WordBits) return false;
        ulong digits = BinaryPrimitives.ReadUInt64LittleEndian(text[(end - sizeof(ulong))..]) ^ zeros;
        digits = digits >> before << before;
        // The top bit of every byte that is no digit.
        ulong others = ((digits & ~tops) + carries | digits) & tops;
        if (others == 0)
        {
            value = EightDigits(digits);
            return true;
        }

        int at = BitOperations.TrailingZeroCount(others) & ~7;
        if ((byte)(digits >> at) != point || at == before || (others & (others - 1)) != 0) return false;
        ulong whole = (1UL << at) - 1;
        value = EightDigits((digits & whole) << 8 | digits & ~whole & ~(0xFFUL << at)) /
            PowersOfTen[7 - at / 8];
        return true;
    }

    /// <summary>The number of eight digits, the first in the lowest byte; neighbours are put together three
    /// times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long EightDigits(ulong digits)
    {
        digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
        digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFF;
        return (long)((digits * 10000 + (digits >> 32)) & 0xFFFFFFFF);
    }

    private static bool TryReadSlow(ReadOnlySpan<byte> text, out double value, out int used)
    {
        used = 0;
        while (used < text.Length && text[used] is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+' or (byte)'.'
            or (byte)'e' or (byte)'E') used++;
        return double.TryParse(text[..used], NumberStyles.Float, CultureInfo.InvariantCulture, out value) &&
            double.IsFinite(value);
    }
}
