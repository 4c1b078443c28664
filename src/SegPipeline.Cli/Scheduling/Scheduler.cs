using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Cli.Scheduling.Running;

namespace SegPipeline.Cli.Scheduling;

/// <summary>
/// Runs the jobs of a schedule when they are due. Every decision is in the history before it is acted upon, so that a
/// scheduler that was killed goes on where it was; what it decides depends on history, clock and file alone.
/// </summary>
/// <remarks>Not thread-safe: all is called from one thread; the runs are tasks that it looks at.</remarks>
internal sealed class Scheduler
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Schedule _schedule;
    private readonly HistoryDatabase _history;
    private readonly TimeProvider _clock;
    private readonly Action<string> _log;
    private readonly DuePlanner _planner;
    private readonly Attempts _attempts;
    private readonly List<GoingRun> _going = [];

    /// <summary>Takes up a schedule: what was going on when the last scheduler ended is resumed.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="history">Its history, which this scheduler alone works with.</param>
    /// <param name="runner">Does the work.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="log">Told what happens, a line each.</param>
    public Scheduler(
        Schedule schedule, HistoryDatabase history, IJobRunner runner, TimeProvider clock, Action<string> log)
    {
        _schedule = schedule;
        _history = history;
        _clock = clock;
        _log = log;
        _planner = new DuePlanner(history, log);
        _attempts = new Attempts(history, runner, clock, log);
        history.KeepPlansOf(schedule.Jobs);
        foreach (RunRow row in history.NotOver()) TakeUp(row);
    }

    /// <summary>The runs that go on at this moment.</summary>
    public IEnumerable<Task> Going => _going.Select(run => run.Work);

    /// <summary>What is being removed of old releases.</summary>
    public Task Removing => _attempts.Removing;

    /// <summary>Works until it is told to stop; what goes on then ends such that it can be resumed.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            DateTimeOffset? next = Step(stop);
            // Runs asked for by hand are found within the longest wait, and so is a clock that was set.
            TimeSpan wait = next - _clock.GetUtcNow() ?? LongestWait;
            Task alarm = Task.Delay(Clamp(wait), _clock, stop);
            await Task.WhenAny([alarm, .. Going]).ConfigureAwait(false);
        }
        // How they ended is looked at below.
        await ((Task)Task.WhenAll(Going)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        EndRuns(stop);
    }

    /// <summary>Ends what is over, plans what is due, begins what can begin.</summary>
    /// <param name="stop">Ends runs such that they can be resumed.</param>
    /// <returns>When there is something to do at the latest, but for runs that come to their end; null for nothing.
    /// </returns>
    public DateTimeOffset? Step(CancellationToken stop)
    {
        EndRuns(stop);
        if (stop.IsCancellationRequested) return null;
        DateTimeOffset now = _clock.GetUtcNow();
        foreach (ScheduledJob job in _schedule.Jobs) _planner.Plan(job, now);
        List<RunRow> rows = _history.NotOver();
        foreach (RunRow row in rows.DistinctBy(r => r.Job, StringComparer.Ordinal))
        {
            if (_going.Count >= _schedule.Parallel) break;
            if (_schedule.Find(row.Job) is { } job && CanBegin(job, row, now))
                _going.Add(_attempts.Begin(job, row, stop));
        }
        return _schedule.Jobs.Select(job => job.Times.After(now))
            .Concat(rows.Where(r => r.NextAttempt > now).Select(r => r.NextAttempt)).Min();
    }

    // Nothing waits longer than the longest delay, but for a clock that was put back.
    private static bool CanBegin(ScheduledJob job, RunRow row, DateTimeOffset now) => row.State != RunState.Running &&
        (row.NextAttempt is not { } next || next <= now || next - now > job.Policy.Retry.MostDelay.Span);

    private void EndRuns(CancellationToken stop)
    {
        _attempts.NoteRemoved();
        foreach (GoingRun run in _going.FindAll(r => r.Work.IsCompleted))
        {
            _going.Remove(run);
            _attempts.End(run, stop);
        }
    }

    private void TakeUp(RunRow row)
    {
        if (_schedule.Find(row.Job) is null)
        {
            RunRow over = _history.Save(
                row.Over(RunState.Failed, _clock.GetUtcNow(), "the job is no longer in the schedule"));
            _log($"{row.Job}: {over.Reason}; its run due at {HistoryText.Of(row.Due)} ends here");
        }
        else if (row.State == RunState.Running)
        {
            _history.Save(Attempts.Interrupted(row, "the scheduler ended while it ran"));
            _log($"{row.Job}: the run due at {HistoryText.Of(row.Due)} was interrupted");
        }
    }

    private static TimeSpan Clamp(TimeSpan wait) =>
        wait > LongestWait ? LongestWait : wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
