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
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        Argument<string> file = ScheduleCommand.FileArgument();
        var job = new Argument<string>("job") { Description = "name of the job" };
        var command = new Command("now",
            "run a job at once, even if nothing has changed; a scheduler that is running takes it on") { file, job };
        command.SetAction(async (parsed, stop) =>
        {
            string name = parsed.GetRequiredValue(job);
            if (ScheduleInput.LoadSound(parsed.GetRequiredValue(file), terminal) is not { } schedule)
                return (int)ExitCode.BadConfig;
            if (schedule.Find(name) is { } found)
                return (int)await RunAsync(schedule, found, terminal, stop).ConfigureAwait(false);
            string hint = DidYouMean.HintOrList(name, [.. schedule.Jobs.Select(j => j.Name)]) ?? "see the schedule";
            terminal.WriteError("", $"there is no job '{name}' in the schedule; {hint}");
            return (int)ExitCode.Usage;
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        Schedule schedule, ScheduledJob job, Terminal terminal, CancellationToken stop)
    {
        var log = new ScheduleLog(terminal);
        using HistoryLock? locked = HistoryLock.TryTake(schedule.HistoryFile);
        using HistoryDatabase history = HistoryDatabase.Open(schedule.HistoryFile);
        RunRow row = history.Save(
            new DuePlanner(history, log.Write).NewRun(job, terminal.Clock.GetUtcNow(), RunCause.ByHand));
        if (locked is null)
        {
            log.Write($"{job.Name}: the scheduler that is running takes it on; see 'segpipe history'");
            return ExitCode.Ok;
        }
        var attempts = new Attempts(
            history, new ChildRunner(schedule, terminal.Clock, log.Write), terminal.Clock, log.Write);
        while (!row.IsOver && !stop.IsCancellationRequested)
        {
            if (row.NextAttempt - terminal.Clock.GetUtcNow() is { Ticks: > 0 } delay)
                await Task.Delay(delay, terminal.Clock, stop).ConfigureAwait(false);
            GoingRun going = attempts.Begin(job, row, stop);
            await going.Work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None,
                TaskScheduler.Default).ConfigureAwait(false);
            row = attempts.End(going, stop);
        }
        return row switch
        {
            { State: RunState.Failed, ExitCode: { } code } => (ExitCode)code,
            { IsOver: true } => ExitCode.Ok,
            _ => ExitCode.Cancelled,
        };
    }
}
