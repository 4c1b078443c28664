using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Cli.Scheduling.Running;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schedule run</c>: the scheduler, in the foreground.</summary>
internal static class ScheduleRunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = ScheduleCommand.FileArgument();
        var command = new Command("run", "run the jobs when they are due, until a signal ends it") { file };
        command.SetAction(async (parsed, stop) =>
            (int)await RunAsync(parsed.GetRequiredValue(file), terminal, stop).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(string file, Terminal terminal, CancellationToken stop)
    {
        if (ScheduleInput.LoadSound(file, terminal) is not { } schedule) return ExitCode.BadConfig;
        using HistoryLock? locked = HistoryLock.TryTakeForScheduler(schedule.HistoryFile);
        if (locked is null)
        {
            terminal.WriteError(terminal.Shorten(schedule.HistoryFile), "another scheduler, or a job run by hand, " +
                "works with this history; end it first, or name another file under 'history' [SCHEDULER_RUNNING]");
            return ExitCode.Temporary;
        }
        using HistoryDatabase history = HistoryDatabase.Open(schedule.HistoryFile);
        var log = new ScheduleLog(terminal);
        log.Write($"{Quantity.Count(schedule.Jobs.Length, "job")}, history in {schedule.HistoryFile}");
        var runner = new ChildRunner(schedule, terminal.Clock, log.Write);
        await new Scheduler(schedule, history, runner, terminal.Clock, log.Write).RunAsync(stop).ConfigureAwait(false);
        log.Write("stopped");
        return ExitCode.Ok;
    }
}
