using System.CommandLine;
using System.Globalization;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schedule next</c>: tells when jobs are due.</summary>
internal static class ScheduleNextCommand
{
    private const int Standard = 5;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = ScheduleCommand.FileArgument();
        Option<int> count = Numbers.Above(0, "--count", "due times of each job", Standard);
        var command = new Command("next", "show when the jobs are due next") { file, count };
        command.SetAction(parsed =>
        {
            if (ScheduleInput.LoadSound(parsed.GetRequiredValue(file), terminal) is not { } schedule)
                return (int)ExitCode.BadConfig;
            Write(schedule, parsed.GetValue(count), terminal);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static void Write(Schedule schedule, int count, Terminal terminal)
    {
        var table = new TextTable("job", "due", "time zone", "UTC");
        DateTimeOffset now = terminal.Clock.GetUtcNow();
        foreach (ScheduledJob job in schedule.Jobs)
            foreach (DateTimeOffset due in job.Times.Between(now, DateTimeOffset.MaxValue).Take(count))
                table.Add(job.Name,
                    TimeZoneInfo.ConvertTime(due, job.Times.Zone).ToString("ddd yyyy-MM-dd HH:mm:ss zzz",
                        CultureInfo.InvariantCulture),
                    job.Times.Zone.Id,
                    due.UtcDateTime.ToString("u", CultureInfo.InvariantCulture));
        table.Write(terminal.Out);
    }
}
