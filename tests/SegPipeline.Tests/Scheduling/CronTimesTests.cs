using SegPipeline.Cli.Scheduling;

namespace SegPipeline.Tests.Scheduling;

public sealed class CronTimesTests
{
    [Theory]
    // Clocks go from 02:00 to 03:00 on March 29: what would be due in between is due once, at 03:00.
    [InlineData("30 2 * * *", "2026-03-28 12:00", "2026-03-29 03:00 +02|2026-03-30 02:30 +02")]
    [InlineData("0,20,40 2 * * *", "2026-03-28 12:00", "2026-03-29 03:00 +02|2026-03-30 02:00 +02")]
    [InlineData("*/30 * * * *", "2026-03-29 00:40", "2026-03-29 03:00 +02|2026-03-29 03:30 +02")]
    // Clocks go from 03:00 back to 02:00 on October 25: a single time is due once, what repeats is due throughout.
    [InlineData("30 2 * * *", "2026-10-24 12:00", "2026-10-25 02:30 +02|2026-10-26 02:30 +01")]
    [InlineData("*/30 * * * *", "2026-10-25 00:10",
        "2026-10-25 02:30 +02|2026-10-25 02:00 +01|2026-10-25 02:30 +01|2026-10-25 03:00 +01")]
    public void Skipped_hours_are_made_up_for_once_and_single_times_in_doubled_hours_are_due_once(
        string cron, string afterUtc, string expected)
    {
        CronTimes times = CronTimes.Parse(cron, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        string[] wanted = expected.Split('|');
        var due = times.Between(Utc(afterUtc), DateTimeOffset.MaxValue).Take(wanted.Length)
            .Select(d => TimeZoneInfo.ConvertTime(d, times.Zone).ToString("yyyy-MM-dd HH:mm zz", null));
        Assert.Equal(wanted, due);
    }

    [Theory]
    [InlineData("0 3 * * 1", "Mon")]
    [InlineData("0 3 * * 7", "Sun")]
    [InlineData("0 3 * * 0", "Sun")]
    [InlineData("0 0 3 ? * 1", "Sun")]
    [InlineData("0 0 3 ? * 2", "Mon")]
    public void Days_of_the_week_are_counted_as_the_number_of_fields_says(string cron, string day)
    {
        DateTimeOffset due = CronTimes.Parse(cron, TimeZoneInfo.Utc).After(Utc("2026-03-01 12:00"))!.Value;
        Assert.Equal(day, due.ToString("ddd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_day_of_the_month_and_one_of_the_week_are_either_as_in_crontab()
    {
        var days = CronTimes.Parse("0 3 13 * 5", TimeZoneInfo.Utc)
            .Between(Utc("2026-05-01 12:00"), DateTimeOffset.MaxValue).Take(3).Select(d => d.Day);
        Assert.Equal([8, 13, 15], days);
    }

    [Theory]
    [InlineData("0 3 * *", "'0 3 * *' has 4 fields; write five (minute hour day month weekday), or seconds first")]
    [InlineData("61 3 * * *", "between 0 and 59")]
    [InlineData("0 3 * * 8", "0 and 7 meaning Sunday")]
    [InlineData("", "has 0 fields")]
    public void What_is_no_cron_expression_is_refused_with_a_reason(string cron, string reason)
    {
        var refused = Assert.Throws<FormatException>(() => CronTimes.Parse(cron, TimeZoneInfo.Utc));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
