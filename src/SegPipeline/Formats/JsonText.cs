using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SegPipeline.Formats;

/// <summary>Pieces of JSON text: strings and numbers, read and written.</summary>
internal static class JsonText
{
    private const string ShortEscapes = "b\bf\fn\nr\rt\t";

    /// <summary>Number of blanks that a text begins with, where only JSON's blanks are 0x20 or less.</summary>
    public static int BlanksBefore(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && text[count] <= ' ') count++;
        return count;
    }

    /// <summary>The text without the blanks at its end.</summary>
    public static ReadOnlySpan<byte> WithoutBlanksBehind(ReadOnlySpan<byte> text)
    {
        int length = text.Length;
        while (length > 0 && text[length - 1] <= ' ') length--;
        return text[..length];
    }

    /// <summary>Text of a string token.</summary>
    /// <param name="escaped">What stands between the quotes; valid JSON. Lone surrogates stay what they are.</param>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\')) return Encoding.UTF8.GetString(escaped);
        var text = new StringBuilder(escaped.Length);
        while (escaped.Length > 0)
        {
            int plain = escaped.IndexOf((byte)'\\');
            if (plain < 0) plain = escaped.Length;
            text.Append(Encoding.UTF8.GetString(escaped[..plain]));
            escaped = escaped[plain..];
            if (escaped.Length == 0) break;
            text.Append(EscapedChar(escaped, out int used));
            escaped = escaped[used..];
        }

        return text.ToString();
    }

    /// <summary>Text of a string with its quotes; any other token as it is.</summary>
    public static string Unquote(string json) =>
        json.Length >= 2 && json[0] == '"' ? Unescape(Encoding.UTF8.GetBytes(json).AsSpan()[1..^1]) : json;

    /// <summary>Resolves the escapes of a token that is ASCII, such as a run-length string.</summary>
    /// <returns>Number of bytes written to <paramref name="ascii"/>; -1 when the text is not ASCII.</returns>
    public static int UnescapeAscii(ReadOnlySpan<byte> escaped, Span<byte> ascii)
    {
        int count = 0;
        while (true)
        {
            int plain = escaped.IndexOf((byte)'\\');
            if (plain < 0) plain = escaped.Length;
            if (!Ascii.IsValid(escaped[..plain])) return -1;
            escaped[..plain].CopyTo(ascii[count..]);
            count += plain;
            if (plain == escaped.Length) return count;
            char c = EscapedChar(escaped[plain..], out int used);
            if (c > 0x7F) return -1;
            ascii[count++] = (byte)c;
            escaped = escaped[(plain + used)..];
        }
    }

    /// <summary>The start of a value, for messages.</summary>
    public static string Excerpt(ReadOnlySpan<byte> json) =>
        json.Length <= 40 ? Encoding.UTF8.GetString(json) : Encoding.UTF8.GetString(json[..40]) + "...";

    /// <summary>Writes a string with its quotes; only what JSON requires is escaped, all else stays UTF-8.</summary>
    public static void WriteString(IBufferWriter<byte> output, string text)
    {
        Write(output, "\""u8);
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!NeedsEscape(text, i)) continue;
            Encoding.UTF8.GetBytes(text.AsSpan(from, i - from), output);
            WriteEscape(output, text[i]);
            from = i + 1;
        }

        Encoding.UTF8.GetBytes(text.AsSpan(from), output);
        Write(output, "\""u8);
    }

    /// <summary>
    /// Writes a finite number: whole numbers below 2^53 without a point, others as the shortest text that reads back
    /// as the same number.
    /// </summary>
    public static void WriteNumber(IBufferWriter<byte> output, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number");
        if (value == Math.Truncate(value) && Math.Abs(value) < 1L << 53 && !(value == 0 && double.IsNegative(value)))
        {
            WriteNumber(output, (long)value);
            return;
        }

        Span<byte> buffer = output.GetSpan(32);
        value.TryFormat(buffer, out int written, "R", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Writes a whole number.</summary>
    public static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out int written);
        output.Advance(written);
    }

    /// <summary>Writes text that is JSON already.</summary>
    public static void WriteRaw(IBufferWriter<byte> output, string json) => Encoding.UTF8.GetBytes(json, output);

    /// <summary>Writes bytes as they are.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    private static char EscapedChar(ReadOnlySpan<byte> from, out int used)
    {
        used = 2;
        char c = (char)from[1];
        if (c == 'u')
        {
            used = 6;
            return (char)Convert.ToUInt16(Encoding.ASCII.GetString(from.Slice(2, 4)), 16);
        }

        int known = ShortEscapes.IndexOf(c, StringComparison.Ordinal);
        return known >= 0 && known % 2 == 0 ? ShortEscapes[known + 1] : c;
    }

    private static bool NeedsEscape(string text, int i)
    {
        char c = text[i];
        if (c is < ' ' or '"' or '\\') return true;
        if (!char.IsSurrogate(c)) return false;
        return char.IsHighSurrogate(c)
            ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
            : i == 0 || !char.IsHighSurrogate(text[i - 1]);
    }

    private static void WriteEscape(IBufferWriter<byte> output, char c)
    {
        if (c is '"' or '\\')
        {
            Write(output, [(byte)'\\', (byte)c]);
            return;
        }

        int known = ShortEscapes.IndexOf(c, StringComparison.Ordinal);
        if (known > 0 && known % 2 == 1) Write(output, [(byte)'\\', (byte)ShortEscapes[known - 1]]);
        else WriteRaw(output, $"\\u{(int)c:x4}");
    }
}
