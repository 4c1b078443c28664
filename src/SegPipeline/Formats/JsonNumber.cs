using System.Buffers.Text;
using System.Globalization;

namespace SegPipeline.Formats;

/// <summary>Reads JSON numbers, correctly rounded.</summary>
internal static class JsonNumber
{
    private const int ExactDigits = 15;

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

    private static bool TryReadSlow(ReadOnlySpan<byte> text, out double value, out int used)
    {
        used = 0;
        while (used < text.Length && text[used] is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+' or (byte)'.'
            or (byte)'e' or (byte)'E') used++;
        return double.TryParse(text[..used], NumberStyles.Float, CultureInfo.InvariantCulture, out value) &&
            double.IsFinite(value);
    }
}
