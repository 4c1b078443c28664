using System.Globalization;

namespace SegPipeline.Cli.Scheduling.Files;

/// <summary>A time span as schedules write it: a whole number and a unit, <c>30s</c>, <c>5m</c>, <c>2h</c>,
/// <c>7d</c>.</summary>
/// <param name="Span">The time.</param>
internal readonly record struct Duration(TimeSpan Span)
{
    private const int MostDays = 3660;

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">The text is none, or above ten years.</exception>
    public static Duration Parse(string text)
    {
        string digits = text.Length == 0 ? "" : text[..^1];
        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        TimeSpan? unit = text.Length == 0 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        if (!isNumber || unit is null)
            throw new FormatException($"'{text}' is no time span; write a whole number and s, m, h or d, such as 90s");
        if (number * unit.Value.TotalDays > MostDays)
            throw new FormatException($"'{text}' is too long; at most {MostDays}d");
        return new Duration(number * unit.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Span switch
    {
        { Ticks: 0 } => "0s",
        _ when Span.Ticks % TimeSpan.TicksPerDay == 0 => $"{Span.Days}d",
        _ when Span.Ticks % TimeSpan.TicksPerHour == 0 => $"{(long)Span.TotalHours}h",
        _ when Span.Ticks % TimeSpan.TicksPerMinute == 0 => $"{(long)Span.TotalMinutes}m",
        _ => $"{(long)Span.TotalSeconds}s",
    };
}
