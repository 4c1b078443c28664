using System.Globalization;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>What an unquoted scalar is.</summary>
internal enum ScalarForm
{
    /// <summary>Text; every quoted scalar too.</summary>
    Text,

    /// <summary>Nothing: empty, <c>null</c> or <c>~</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with a fraction or exponent, an infinity or not-a-number.</summary>
    Fraction,
}

/// <summary>
/// The YAML 1.2 core schema (YAML 1.2.2, section 10.3.2): <c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, dates and
/// <c>1_000</c> are text there, unlike in YAML 1.1.
/// </summary>
internal static class CoreSchema
{
    /// <summary>What unquoted text stands for.</summary>
    public static ScalarForm FormOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarForm.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarForm.Bool,
        _ => NumberForm(text),
    };

    /// <summary>The truth value of a <see cref="ScalarForm.Bool"/>.</summary>
    public static bool ToBool(string text) => text[0] is 't' or 'T';

    /// <summary>The value of a <see cref="ScalarForm.Whole"/>; null when it does not fit 64 bits.</summary>
    public static long? ToWhole(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            const NumberStyles style = NumberStyles.AllowHexSpecifier;
            bool fits = long.TryParse(text.AsSpan(2), style, CultureInfo.InvariantCulture, out long hex) && hex >= 0;
            return fits ? hex : null;
        }
        if (text.StartsWith("0o", StringComparison.Ordinal)) return ToOctal(text.AsSpan(2));
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? whole
            : null;
    }

    /// <summary>The value of a <see cref="ScalarForm.Whole"/> or <see cref="ScalarForm.Fraction"/>.</summary>
    public static double ToNumber(string text)
    {
        string bare = text.TrimStart('+', '-').ToUpperInvariant();
        if (bare == ".NAN") return double.NaN;
        if (bare == ".INF") return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (bare.StartsWith("0X", StringComparison.Ordinal) || bare.StartsWith("0O", StringComparison.Ordinal))
            return ToWhole(text) ?? double.PositiveInfinity;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static long? ToOctal(ReadOnlySpan<char> digits)
    {
        long value = 0;
        foreach (char digit in digits)
        {
            if (value > long.MaxValue >> 3) return null;
            value = (value << 3) | (uint)(digit - '0');
        }
        return value;
    }

    private static ScalarForm NumberForm(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return IsAll(text.AsSpan(2), char.IsAsciiHexDigit) ? ScalarForm.Whole : ScalarForm.Text;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return IsAll(text.AsSpan(2), c => c is >= '0' and <= '7') ? ScalarForm.Whole : ScalarForm.Text;
        if (text is ".nan" or ".NaN" or ".NAN") return ScalarForm.Fraction;
        ReadOnlySpan<char> bare = text[0] is '+' or '-' ? text.AsSpan(1) : text;
        if (bare is ".inf" or ".Inf" or ".INF") return ScalarForm.Fraction;
        return IsAll(bare, char.IsAsciiDigit) ? ScalarForm.Whole
            : IsDecimal(bare) ? ScalarForm.Fraction
            : ScalarForm.Text;
    }

    // ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        int exponentAt = text.IndexOfAny('e', 'E');
        if (exponentAt >= 0)
        {
            ReadOnlySpan<char> exponent = text[(exponentAt + 1)..];
            if (exponent.Length > 0 && exponent[0] is '+' or '-') exponent = exponent[1..];
            if (!IsAll(exponent, char.IsAsciiDigit)) return false;
            text = text[..exponentAt];
        }
        int dotAt = text.IndexOf('.');
        if (dotAt < 0) return IsAll(text, char.IsAsciiDigit);
        ReadOnlySpan<char> whole = text[..dotAt], fraction = text[(dotAt + 1)..];
        return whole.Length == 0
            ? IsAll(fraction, char.IsAsciiDigit)
            : IsAll(whole, char.IsAsciiDigit) && (fraction.Length == 0 || IsAll(fraction, char.IsAsciiDigit));
    }

    private static bool IsAll(ReadOnlySpan<char> text, Func<char, bool> holds)
    {
        foreach (char c in text)
            if (!holds(c)) return false;
        return text.Length > 0;
    }
}
