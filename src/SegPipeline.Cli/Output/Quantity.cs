using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Cli.Output;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Quantity
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>A count with commas: 12,836.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count of things: 1 file, 2 files.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {Counted.Noun(count, thing, thing + "s")}";

    /// <summary>A size in decimal units: 1.2 MB.</summary>
    public static string Bytes(long bytes)
    {
        double size = bytes;
        int unit = 0;
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }
        string format = unit > 0 && size < 9.95 ? "0.0" : "0";
        return size.ToString(format, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>A time span: 0.4 s, 12 s, 3:05 min, 2:00:00 h.</summary>
    public static string Time(TimeSpan time)
    {
        double seconds = time.TotalSeconds;
        if (seconds < 9.95) return seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
        if (seconds < 59.5) return seconds.ToString("0", CultureInfo.InvariantCulture) + " s";
        if (time < TimeSpan.FromHours(1)) return time.ToString(@"m\:ss", CultureInfo.InvariantCulture) + " min";
        return FormattableString.Invariant($"{(long)time.TotalHours}:{time:mm\\:ss} h");
    }

    /// <summary>Reads a size: a whole number of bytes, or with K, M, G or T in powers of 1024.</summary>
    /// <returns>The bytes; null when the text is no size above 0.</returns>
    public static long? ParseBytes(string text)
    {
        int shift = text.Length == 0 ? -1 : "KMGT".IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal);
        string digits = shift < 0 ? text : text[..^1];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return null;
        int bits = 10 * (shift + 1);
        return number > 0 && number <= long.MaxValue >> bits ? number << bits : null;
    }
}
