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

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A job that is run by hand looks for a scheduler by holding its lock for a moment.
    private static async Task<HistoryLock?> TakeLockAsync(
        string historyFile, TimeProvider clock, CancellationToken stop)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            if (HistoryLock.TryTakeForScheduler(historyFile) is { } taken) return taken;
            if (waited >= Patience) return null;
            await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
        }
    }

    private static async Task<ExitCode> RunAsync(string file, Terminal terminal, CancellationToken stop)
    {
        if (ScheduleInput.LoadSound(file, terminal) is not { } schedule) return ExitCode.BadConfig;
        using HistoryLock? locked =
            await TakeLockAsync(schedule.HistoryFile, terminal.Clock, stop).ConfigureAwait(false);
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
