using System.Diagnostics;
using System.Globalization;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Systemd;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

public sealed class SystemdTests : IDisposable
{
    private readonly CocoSet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("30 2 * * *", "*-*-* 02:30:00 UTC")]
    [InlineData("*/20 22-1 * * MON-FRI", "Mon,Tue,Wed,Thu,Fri *-*-* 00,01,22,23:00,20,40:00 UTC")]
    [InlineData("0 3 13 * 5", "*-*-13 03:00:00 UTC|Fri *-*-* 03:00:00 UTC")]
    [InlineData("0 0 3 L * ?", "*-*~01 03:00:00 UTC")]
    [InlineData("0 0 3 ? * FRIL 2027", "Fri 2027-*~07/1 03:00:00 UTC")]
    [InlineData("* * * * * ?", "*-*-* *:*:* UTC")]
    public void Due_times_become_calendar_events(string cron, string expected) => Assert.Equal(
        expected.Split('|'), SystemdCalendar.Of(CronTimes.Parse(cron, TimeZoneInfo.Utc)));

    [Theory]
    [InlineData("0 0 3 15W * ?")]
    [InlineData("0 0 3 LW * ?")]
    public void What_systemd_cannot_say_is_refused(string cron)
    {
        var refused = Assert.Throws<FormatException>(() => SystemdCalendar.Of(CronTimes.Parse(cron, TimeZoneInfo.Utc)));
        Assert.Contains("export without --timers", refused.Message, StringComparison.Ordinal);
    }

    [ToolFact("systemd-analyze")]
    public async Task Systemd_finds_the_same_due_times()
    {
        string[] expressions =
        [
            "30 2 * * *", "*/20 22-1 * * MON-FRI", "0 0 3 L * ?", "0 0 3 L-2 * ?", "0 0 3 ? * FRIL", "0 0 3 ? * 2#1",
            "0 0 3 ? * WED#5", "5/15 0 0 1 JAN,JUL ?", "0 0 0 29 2 ?", "0 0 12 1/5 * ?", "0 0 12 ? NOV-FEB 1",
            "@weekly",
        ];
        foreach (string expression in expressions)
        {
            CronTimes times = CronTimes.Parse(expression, TimeZoneInfo.Utc);
            var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
            string calendar = Assert.Single(SystemdCalendar.Of(times));
            string[] expected =
            [
                .. times.Between(start, DateTimeOffset.MaxValue).Take(4)
                    .Select(d => d.ToString("ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
            ];
            string told = await AnalyzeAsync(
                "calendar", "--iterations=4", "--base-time=2026-03-01 00:00:00 UTC", calendar);
            Assert.All(expected, due => Assert.Contains(due, told, StringComparison.Ordinal));
        }
    }

    [ToolFact("systemd-analyze")]
    public async Task The_units_are_what_systemd_takes()
    {
        WriteSchedule("overlap: forbid");
        Assert.Equal(0, (await _set.RunAsync("schedule", "export", "systemd", "s.yaml", "--to", "one")).ExitCode);
        Assert.Equal(
            0, (await _set.RunAsync("schedule", "export", "systemd", "s.yaml", "--to", "timers", "--timers")).ExitCode);
        Assert.Equal(["segpipe-night.service", "segpipe-night.timer"],
            Directory.GetFiles(_set["timers"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string unit in (string[])["one/segpipe-schedule.service", "timers/segpipe-night.timer"])
            Assert.Equal("", await AnalyzeAsync("verify", _set[unit]));
    }

    [Theory]
    [InlineData("overlap: queue", "systemd cannot queue runs")]
    [InlineData("catch_up: { missed: all }", "systemd catches up one run at most")]
    public async Task What_systemd_cannot_do_for_a_job_is_refused_and_nothing_written(string policy, string reason)
    {
        WriteSchedule(policy);
        CliRun run = await _set.RunAsync("schedule", "export", "systemd", "s.yaml", "--to", "units", "--timers");
        Assert.Equal(78, run.ExitCode);
        Assert.StartsWith($"s.yaml: error: job 'night': {reason}", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_set["units"]));
    }

    private void WriteSchedule(string policy)
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }", "set: { write.coco: { file: set.json } }");
        _set.WriteFile("s.yaml", "segpipe_schedule: 1\nhistory: h.db\njobs:\n" +
            $"  night: {{ pipeline: p.yaml, releases: out, cron: '0 3 * * *', time_zone: Europe/Berlin, {policy} }}\n");
    }

    private static async Task<string> AnalyzeAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("systemd-analyze", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TZ"] = "UTC" },
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return told + await error;
    }
}
