using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Cli.Scheduling.Running;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schedule now</c>: runs one job at once.</summary>
internal static class ScheduleNowCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = ScheduleCommand.FileArgument();
        var job = new Argument<string>("job") { Description = "name of the job" };
        var ifChanged = new Option<bool>("--if-changed")
        {
            Description = "as when it is due: not if nothing has changed (unchanged: skip)",
        };
        var command = new Command("now",
            "run a job at once; a scheduler that is running takes it on") { file, job, ifChanged };
        command.SetAction(async (parsed, stop) =>
        {
            string name = parsed.GetRequiredValue(job);
            if (ScheduleInput.LoadSound(parsed.GetRequiredValue(file), terminal) is not { } schedule)
                return (int)ExitCode.BadConfig;
            RunCause cause = parsed.GetValue(ifChanged) ? RunCause.Scheduled : RunCause.ByHand;
            if (schedule.Find(name) is { } found)
                return (int)await RunAsync(schedule, found, cause, terminal, stop).ConfigureAwait(false);
            string hint = DidYouMean.HintOrList(name, [.. schedule.Jobs.Select(j => j.Name)]) ?? "see the schedule";
            terminal.WriteError("", $"there is no job '{name}' in the schedule; {hint}");
            return (int)ExitCode.Usage;
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        Schedule schedule, ScheduledJob job, RunCause cause, Terminal terminal, CancellationToken stop)
    {
        var log = new ScheduleLog(terminal);
        using HistoryLock? locked =
            await TakeLockAsync(schedule.HistoryFile, terminal.Clock, stop).ConfigureAwait(false);
        using HistoryDatabase history = HistoryDatabase.Open(schedule.HistoryFile);
        RunRow NewRun() => history.Save(DuePlanner.NewRun(job, terminal.Clock.GetUtcNow(), cause));
        if (locked is null)
        {
            NewRun();
            // One that was started while the job was not in its file does not know it, and has forgotten its plan.
            string who = history.PlannedUntil(job) is null
                ? "the scheduler that is running takes it on if it knows the job, else after it is started again"
                : "the scheduler that is running takes it on";
            log.Write($"{job.Name}: {who}; see 'segpipe history'");
            return ExitCode.Ok;
        }
        RunRow row = Attempts.LeftOver(history, job) is { } left ? history.Save(left) : NewRun();
        var attempts = new Attempts(
            history, new ChildRunner(schedule, terminal.Clock, log.Write), terminal.Clock, log.Write);
        return await ToItsEndAsync(attempts, job, row, terminal.Clock, stop).ConfigureAwait(false);
    }

    /// <summary>Waits for other jobs that are run by hand, but not for a scheduler.</summary>
    private static async Task<HistoryLock?> TakeLockAsync(
        string historyFile, TimeProvider clock, CancellationToken stop)
    {
        while (true)
        {
            if (HistoryLock.TryTake(historyFile) is { } taken) return taken;
            if (HistoryLock.HasScheduler(historyFile)) return null;
            await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
        }
    }

    private static async Task<ExitCode> ToItsEndAsync(
        Attempts attempts, ScheduledJob job, RunRow row, TimeProvider clock, CancellationToken stop)
    {
        while (!row.IsOver && !stop.IsCancellationRequested)
        {
            if (row.NextAttempt - clock.GetUtcNow() is { Ticks: > 0 } delay)
                await Task.Delay(delay, clock, stop).ConfigureAwait(false);
            GoingRun going = attempts.Begin(job, row, stop);
            await ((Task)going.Work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            row = attempts.End(going, stop);
        }
        await attempts.Removing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        attempts.NoteRemoved();
        return row switch
        {
            { State: RunState.Failed, ExitCode: { } code } => (ExitCode)code,
            { IsOver: true } => ExitCode.Ok,
            _ => ExitCode.Cancelled,
        };
    }
}
