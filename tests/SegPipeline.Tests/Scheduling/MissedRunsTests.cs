using SegPipeline.Cli;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Cli.Scheduling.Running;
using SegPipeline.Engine.Journal;

namespace SegPipeline.Tests.Scheduling;

/// <summary>What happens to runs when the scheduler is not there, or is there no more.</summary>
public sealed class MissedRunsTests : IDisposable
{
    private readonly TestSchedule _schedule = new("2026-03-01 00:30");

    public void Dispose() => _schedule.Dispose();

    [Theory]
    [InlineData("none", 10, "7d", "05:00 skipped x5")]
    [InlineData("one", 10, "7d", "05:00 skipped x4|05:00 running")]
    [InlineData("all", 10, "7d", "01:00 running|02:00 waiting|03:00 waiting|04:00 waiting|05:00 waiting")]
    [InlineData("all", 2, "7d", "05:00 skipped x3|04:00 running|05:00 waiting")]
    [InlineData("all", 10, "89m", "05:00 skipped x4|05:00 running")]
    [InlineData("one", 10, "20m", "05:00 skipped x5")]
    public void Runs_that_were_missed_are_caught_up_as_the_job_says(
        string missed, int atMost, string within, string told)
    {
        var policy = new CatchUpSection
        {
            Missed = HistoryText.To<Missed>(missed),
            AtMost = atMost,
            Within = Duration.Parse(within),
        };
        _schedule.Add("0 * * * *", job => job with { CatchUp = policy });
        _schedule.Step();
        _schedule.Kill();
        _schedule.StepAt("2026-03-01 05:30");
        Assert.Equal(told.Split('|'), _schedule.Told);
        Assert.All(_schedule.Rows, row => Assert.Equal(RunCause.CaughtUp, row.Cause));
        _schedule.Kill();
        _schedule.StepAt("2026-03-01 05:40");
        Assert.Equal(told.Split('|').Length, _schedule.Rows.Count);
    }

    [Fact]
    public void A_new_job_and_one_with_other_due_times_have_missed_nothing()
    {
        _schedule.Add("0 * * * *");
        _schedule.Step();
        _schedule.Kill();
        _schedule.Jobs.Clear();
        _schedule.Add("*/5 * * * *");
        _schedule.StepAt("2026-03-01 05:31");
        Assert.Empty(_schedule.Rows);
    }

    [Fact]
    public async Task A_run_that_was_killed_with_the_scheduler_is_resumed_into_the_same_release()
    {
        ScheduledJob job = _schedule.Add("0 1 * * *");
        _schedule.Runner.Digest = "one";
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        await _schedule.Runner.BegunAsync();
        _schedule.Kill();
        _schedule.StepAt("2026-03-01 09:00");
        BegunRun again = await _schedule.Runner.BegunAsync();
        Assert.Equal(("20260301T010000Z", JournalStart.Resume), (again.Release, again.Start));
        again.Succeed();
        await _schedule.StepAfterRunAsync();
        RunRow row = Assert.Single(_schedule.Rows);
        Assert.Equal((RunState.Released, 2, 1, 0), (row.State, row.Attempts, row.Interruptions, row.Failures));
        Assert.Equal("20260301T010000Z", job.Releases.Current);
    }

    [Fact]
    public async Task A_release_that_was_whole_when_the_scheduler_was_killed_is_not_made_again()
    {
        ScheduledJob job = _schedule.Add("0 1 * * *");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        _schedule.Kill();
        _schedule.StepAt("2026-03-01 01:05");
        await _schedule.StepAfterRunAsync();
        Assert.False(_schedule.Runner.HasMore);
        Assert.Equal(["01:00 released"], _schedule.Told);
        Assert.Equal("20260301T010000Z", job.Releases.Current);
    }

    [Fact]
    public async Task A_scheduler_that_is_told_to_stop_leaves_its_run_to_be_resumed()
    {
        _schedule.Add("0 1 * * *");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        await _schedule.Runner.BegunAsync();
        await _schedule.StopAsync();
        RunRow row = Assert.Single(_schedule.Rows);
        Assert.Equal((RunState.Interrupted, 1, 0), (row.State, row.Interruptions, row.Failures));
        Assert.Equal("the scheduler was stopped", row.Reason);
    }

    [Theory]
    [InlineData("running", "interrupted", 1)]
    [InlineData("interrupted", "interrupted", 0)]
    [InlineData("retrying", "retrying", 0)]
    [InlineData("waiting", null, 0)]
    [InlineData("failed", null, 0)]
    public void A_run_that_was_left_unfinished_is_gone_on_with_when_the_job_is_run_by_hand(
        string left, string? taken, int interruptions)
    {
        ScheduledJob job = _schedule.Add("0 1 * * *");
        ScheduledJob other = _schedule.Add("0 1 * * *", name: "other");
        _schedule.ByHand(job);
        _schedule.ByHand(other);
        RunRow row = _schedule.Rows.Single(r => r.Job == job.Name);
        _schedule.History.Save(row with { State = HistoryText.To<RunState>(left), NextAttempt = row.Due.AddHours(1) });
        RunRow? found = Attempts.LeftOver(_schedule.History, job);
        Assert.Equal(taken, found is null ? null : HistoryText.Of(found.State));
        Assert.Null(found?.NextAttempt);
        if (taken is not null) Assert.Equal((row.Id, interruptions), (found!.Id, found.Interruptions));
    }

    [Theory]
    [InlineData(130)]
    [InlineData(129)]
    [InlineData(143)]
    public async Task A_run_that_somebody_else_cancelled_is_tried_again_later(int code)
    {
        _schedule.Add("0 1 * * *");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).End((ExitCode)code, "cancelled");
        await _schedule.StepAfterRunAsync();
        Assert.Equal(["01:00 retrying"], _schedule.Told);
        _schedule.StepAt("2026-03-01 01:01");
        Assert.Equal(JournalStart.Resume, (await _schedule.Runner.BegunAsync()).Start);
    }

    [Fact]
    public async Task A_run_of_a_job_that_is_no_longer_there_ends()
    {
        _schedule.Add("0 1 * * *");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        await _schedule.Runner.BegunAsync();
        _schedule.Kill();
        _schedule.Jobs.Clear();
        _schedule.Add("0 1 * * *", name: "other");
        _schedule.Step();
        RunRow row = Assert.Single(_schedule.Rows);
        Assert.Equal((RunState.Failed, "the job is no longer in the schedule"), (row.State, row.Reason));
    }
}
