namespace SegPipeline.Viewer.Answers;

/// <summary>Colours by number, each far from those before it; the same on the page and in thumbnails.</summary>
internal static class CategoryColours
{
    // Turns by the golden angle: neighbouring numbers never look alike.
    private const double GoldenAngle = 137.50776;
    private const double Saturation = 0.85;

    /// <summary>The colour of a number, from 0 on.</summary>
    public static (byte Red, byte Green, byte Blue) Of(int number)
    {
        double hue = (8 + number * GoldenAngle) % 360;
        double lightness = 0.5 + 0.1 * (number / 9 % 3 - 1);
        return (Part(0, hue, lightness), Part(8, hue, lightness), Part(4, hue, lightness));
    }

    /// <summary>The colour as CSS writes it: <c>#rrggbb</c>.</summary>
    public static string Text(int number)
    {
        (byte red, byte green, byte blue) = Of(number);
        return FormattableString.Invariant($"#{red:x2}{green:x2}{blue:x2}");
    }

    // HSL to RGB as in CSS Color Module Level 4, section 7.1.
    private static byte Part(int n, double hue, double lightness)
    {
        double k = (n + hue / 30) % 12;
        double a = Saturation * Math.Min(lightness, 1 - lightness);
        return (byte)Math.Round(255 * (lightness - a * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1))));
    }
}
