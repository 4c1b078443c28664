using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Model;

namespace SegPipeline.Cli.Scheduling;

/// <summary>Writes into the history what jobs have become due for, before any of it is run.</summary>
/// <param name="history">The history.</param>
/// <param name="log">Told what is skipped.</param>
internal sealed class DuePlanner(HistoryDatabase history, Action<string> log)
{
    // A clock that is put back repeats moments, whose runs are made already; one that was years ahead has told nothing.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    /// <summary>Plans a job up to this moment.</summary>
    public void Plan(ScheduledJob job, DateTimeOffset now)
    {
        if (history.PlannedUntil(job) is not { } until)
        {
            history.Plan(job, now, []);
            return;
        }
        if (until - now > MostAhead)
        {
            log($"{job.Name}: was planned until {HistoryText.Of(until)}: the clock was ahead; planned from now on");
            history.Plan(job, now, []);
            return;
        }
        if (job.Times.After(until) is not { } next || next > now) return;
        DuePlan plan = DuePlan.Of(job, until, now);
        List<RunRow> rows = [.. Missed(job, plan, now)];
        List<DateTimeOffset> overlapping = [];
        int active = history.NotOver(job.Name).Count + plan.Missed.Length;
        foreach (DateTimeOffset due in plan.Punctual)
        {
            if (ReasonToSkip(job, active) is not null) overlapping.Add(due);
            else
            {
                rows.Add(NewRun(job, due, RunCause.Scheduled));
                active++;
            }
        }
        if (overlapping.Count > 0)
            rows.Add(Overlapping(job, overlapping, now, rows.Count == 0 ? history.Last(job.Name) : null));
        history.Plan(job, now, rows);
        foreach (RunRow row in rows.Where(r => r.State == RunState.Skipped)) log($"{job.Name}: skipped: {row.Reason}");
    }

    /// <summary>A run that is due.</summary>
    public static RunRow NewRun(ScheduledJob job, DateTimeOffset due, RunCause cause) => new()
    {
        Job = job.Name,
        Cause = cause,
        Due = due,
        State = RunState.Waiting,
        Release = ReleaseShelf.NameOf(due),
    };

    private static IEnumerable<RunRow> Missed(ScheduledJob job, DuePlan plan, DateTimeOffset now)
    {
        if (plan.MissedCount > plan.Missed.Length)
            yield return Skipped(job, RunCause.CaughtUp, plan.LastMissed!.Value, plan.MissedCount - plan.Missed.Length,
                now, $"missed while no scheduler ran (catch_up: {HistoryText.Of(job.Policy.CatchUp.Missed)})");
        foreach (DateTimeOffset due in plan.Missed) yield return NewRun(job, due, RunCause.CaughtUp);
    }

    private static string? ReasonToSkip(ScheduledJob job, int active) => job.Policy switch
    {
        { Overlap: Overlap.Forbid } when active > 0 => "the last run was not over (overlap: forbid)",
        // The one that runs does not wait.
        { Overlap: Overlap.Queue, MostWaiting: var most } when active > most =>
            $"{Counted.Of(most, "run")} waited (most_waiting)",
        _ => null,
    };

    /// <summary>One row for all that overlap with one run: a job that is due every second must not fill the
    /// history.</summary>
    private static RunRow Overlapping(
        ScheduledJob job, List<DateTimeOffset> due, DateTimeOffset now, RunRow? last)
    {
        string reason = ReasonToSkip(job, int.MaxValue)!;
        return last is { State: RunState.Skipped } && last.Reason == reason
            ? last with { Due = due[^1], DueTimes = last.DueTimes + due.Count, Ended = now }
            : Skipped(job, RunCause.Scheduled, due[^1], due.Count, now, reason);
    }

    private static RunRow Skipped(
        ScheduledJob job, RunCause cause, DateTimeOffset due, long dueTimes, DateTimeOffset now, string reason) => new()
        {
            Job = job.Name,
            Cause = cause,
            Due = due,
            DueTimes = dueTimes,
            State = RunState.Skipped,
            Ended = now,
            Reason = reason,
        };
}
