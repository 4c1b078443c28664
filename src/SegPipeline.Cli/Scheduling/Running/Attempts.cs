using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Engine.Journal;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>Begins runs, and draws from how they ended what becomes of them.</summary>
/// <param name="history">Told before a run begins, and when it has ended.</param>
/// <param name="runner">Does the work.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="log">Told what happens.</param>
internal sealed class Attempts(HistoryDatabase history, IJobRunner runner, TimeProvider clock, Action<string> log)
{
    private readonly Retention _retention = new(history, log);

    /// <summary>What is being removed: releases that are no longer kept, and what failed runs left.</summary>
    public Task Removing => _retention.Removing;

    /// <summary>Writes down what has been removed since.</summary>
    public void NoteRemoved() => _retention.NoteRemoved();

    /// <summary>The run as one that ended with its scheduler, to be resumed.</summary>
    public static RunRow Interrupted(RunRow row, string reason) => row with
    {
        State = RunState.Interrupted,
        Interruptions = row.Interruptions + 1,
        NextAttempt = null,
        Reason = reason,
    };

    /// <summary>
    /// The run of a job that a program left unfinished which is no more, to be gone on with at once; null when there is
    /// none. A run that is resumed makes what a new one would: it begins anew where its inputs have changed.
    /// </summary>
    /// <param name="history">The history, whose lock the caller holds: what stands there as running is dead.</param>
    /// <param name="job">The job.</param>
    public static RunRow? LeftOver(HistoryDatabase history, ScheduledJob job) =>
        history.NotOver(job.Name).FindLast(r => r.State != RunState.Waiting) switch
        {
            { State: RunState.Running } row => Interrupted(row, "the program that ran it ended"),
            { } row => row with { NextAttempt = null },
            null => null,
        };

    /// <summary>Begins a run, or goes on with it.</summary>
    public GoingRun Begin(ScheduledJob job, RunRow row, CancellationToken stop)
    {
        DateTimeOffset now = clock.GetUtcNow();
        RunRow going = history.Save(row with
        {
            State = RunState.Running,
            Started = row.Started ?? now,
            Attempts = row.Attempts + 1,
            NextAttempt = null,
            Reason = null,
        });
        string what = row.Attempts == 0 ? "begins"
            : row.State == RunState.Interrupted ? "is resumed"
            : "is tried again";
        log($"{job.Name}: the run due at {HistoryText.Of(row.Due)} {what}");
        RunRow? last = history.Releases(job.Name).Find(r => r.Release == job.Releases.Current);
        return new GoingRun(job, going, Task.Run(() => WorkAsync(job, going, last, stop), CancellationToken.None));
    }

    /// <summary>Writes down what became of a run that ended.</summary>
    /// <returns>The run as it is now.</returns>
    public RunRow End(GoingRun run, CancellationToken stop)
    {
        RunRow row = After(run, stop);
        row = row.State == RunState.Skipped ? history.SaveSkipped(row) : history.Save(row);
        log($"{run.Job.Name}: {Told(row)}");
        if (row.State == RunState.Failed) _retention.Discard(run.Job, row.Release!);
        if (row.State == RunState.Released) _retention.Apply(run.Job, clock.GetUtcNow());
        return row;
    }

    private async Task<AttemptEnd> WorkAsync(ScheduledJob job, RunRow row, RunRow? last, CancellationToken stop)
    {
        bool isFirst = row.Attempts == 1;
        // Killed after its very last step, a run has its release already; of which inputs, nobody has written down.
        if (!isFirst && job.Releases.Has(row.Release!)) return new AttemptEnd(new RunOutcome(ExitCode.Ok, null), null);
        // Anew for each attempt: inputs may have changed since the one before.
        string? digest = job.Policy.Unchanged == Unchanged.Skip
            ? await runner.DigestAsync(job, stop).ConfigureAwait(false)
            : null;
        bool isSame = isFirst && digest is not null && digest == last?.InputDigest;
        if (isSame && row.Cause != RunCause.ByHand) return new AttemptEnd(null, digest);
        JournalStart start = isFirst ? JournalStart.Anew : JournalStart.Resume;
        RunOutcome outcome = await runner.RunAsync(job, row.Release!, start, stop).ConfigureAwait(false);
        return new AttemptEnd(outcome, digest);
    }

    private RunRow After(GoingRun run, CancellationToken stop)
    {
        try
        {
            AttemptEnd end = run.Work.GetAwaiter().GetResult();
            return After(run.Job, run.Row with { InputDigest = end.InputDigest }, end.Outcome, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted(run.Row, "the scheduler was stopped");
        }
        catch (Exception e)
        {
            ExitCode code = Failure.CodeOf(e);
            return After(run.Job, run.Row, new RunOutcome(code, e.Message), stop);
        }
    }

    private RunRow After(ScheduledJob job, RunRow row, RunOutcome? outcome, CancellationToken stop)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (outcome is null)
            return row.Over(
                RunState.Skipped, now, $"nothing has changed since {job.Releases.Current} (unchanged: skip)");
        row = row with { ExitCode = outcome.ExitCode };
        if (outcome.ExitCode == (int)ExitCode.Ok) return Released(job, row, now);
        if (outcome.IsCancelled && stop.IsCancellationRequested)
            return Interrupted(row, "the scheduler was stopped");
        string reason = outcome.Reason ?? $"exit code {outcome.ExitCode}";
        if (!outcome.IsTemporary) return row.Over(RunState.Failed, now, reason);
        row = row with { Failures = row.Failures + 1 };
        if (row.Failures >= job.Policy.Retry.Attempts)
            return row.Over(RunState.Failed, now, $"given up after {row.Failures} attempts: {reason}");
        return row with
        {
            State = RunState.Retrying,
            NextAttempt = now + job.Policy.Retry.DelayAfter(row.Failures),
            Reason = reason,
        };
    }

    private static RunRow Released(ScheduledJob job, RunRow row, DateTimeOffset now)
    {
        ReleaseFigures figures = ManifestFigures.Read(job.Releases.PathOf(row.Release!));
        job.Releases.SwitchTo(row.Release!);
        return row.Over(RunState.Released, now, null) with { Figures = figures };
    }

    private static string Told(RunRow row) => row.State switch
    {
        RunState.Released => $"released {row.Release}",
        RunState.Retrying => $"{row.Reason}; to be tried again at {HistoryText.Of(row.NextAttempt!.Value)}",
        RunState.Interrupted => $"interrupted: {row.Reason}; to be resumed",
        // What was wrong has been told as it came; the history keeps it.
        RunState.Failed when row.ExitCode is { } code => $"failed with exit code {code}",
        _ => $"{HistoryText.Of(row.State)}: {row.Reason}",
    };
}
