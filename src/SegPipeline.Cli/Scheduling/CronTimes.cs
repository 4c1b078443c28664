using Quartz;

namespace SegPipeline.Cli.Scheduling;

/// <summary>The moments at which a job is due.</summary>
/// <remarks>
/// Clocks that are put forward skip an hour: what is due within it is due once, at its end. Clocks that are put back
/// repeat an hour: a single time in it is due the first time, repeated ones (every half hour) both times. So does
/// Quartz.NET, which computes them.
/// </remarks>
internal sealed class CronTimes
{
    private const int CrontabFields = 5;

    private readonly CronExpression _expression;

    private CronTimes(string text, CronExpression expression)
    {
        Text = text;
        _expression = expression;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The expression with seconds, as Quartz has it.</summary>
    public string QuartzText => _expression.CronExpressionString;

    /// <summary>The zone whose clocks are meant.</summary>
    public TimeZoneInfo Zone => _expression.TimeZone;

    /// <summary>Reads an expression: five fields mean what they mean in crontab (0 and 7 are Sunday), six or seven
    /// what they mean to Quartz (seconds first, 1 is Sunday); <c>@daily</c> and its like are known.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CronTimes Parse(string text, TimeZoneInfo zone)
    {
        string[] fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        CronFormat format = fields.Length is CrontabFields or 1 ? CronFormat.Unix : CronFormat.Quartz;
        if (format == CronFormat.Quartz && fields.Length is not (6 or 7))
            throw new FormatException(
                $"'{text}' has {fields.Length} fields; write five (minute hour day month weekday), or seconds first");
        return new CronTimes(text, CronExpression.Parse(text, format).WithTimeZone(zone));
    }

    /// <summary>The first moment after another; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset moment) => _expression.GetNextValidTimeAfter(moment)?.ToUniversalTime();

    /// <summary>All moments after one and up to another, in order.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset last)
    {
        for (DateTimeOffset? due = After(after); due <= last; due = After(due.Value)) yield return due.Value;
    }
}
