using SegPipeline.Cli;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Engine.Journal;
using SegPipeline.Tests.Releases;

namespace SegPipeline.Tests.Scheduling;

public sealed class SchedulerTests : IDisposable
{
    private readonly TestSchedule _schedule = new("2026-03-01 00:30");

    public void Dispose() => _schedule.Dispose();

    [Fact]
    public async Task A_job_runs_when_it_is_due_and_its_release_becomes_the_current_one()
    {
        ScheduledJob job = _schedule.Add("0 * * * *");
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero), _schedule.Step());
        Assert.Empty(_schedule.Rows);
        _schedule.StepAt("2026-03-01 01:00");
        Assert.Equal(["01:00 running"], _schedule.Told);
        BegunRun run = await _schedule.Runner.BegunAsync();
        Assert.Equal(("20260301T010000Z", JournalStart.Anew), (run.Release, run.Start));
        run.Succeed();
        await _schedule.StepAfterRunAsync();
        RunRow row = Assert.Single(_schedule.Rows);
        Assert.Equal((RunState.Released, 1, RunCause.Scheduled), (row.State, row.Attempts, row.Cause));
        Assert.Equal(64, row.Figures!.ManifestSha256.Length);
        Assert.Equal("20260301T010000Z", job.Releases.Current);
        Assert.True(File.Exists(Path.Combine(job.Releases.CurrentLink, "a.json")));
    }

    [Fact]
    public async Task What_is_due_while_a_run_goes_on_is_skipped_and_counted_in_one_row()
    {
        _schedule.Add("0 * * * *");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        BegunRun run = await _schedule.Runner.BegunAsync();
        _schedule.StepAt("2026-03-01 02:00");
        _schedule.StepAt("2026-03-01 03:00");
        Assert.Equal(["01:00 running", "03:00 skipped x2"], _schedule.Told);
        Assert.Equal("the last run was not over (overlap: forbid)", _schedule.Rows[0].Reason);
        run.Succeed();
        await _schedule.StepAfterRunAsync();
        Assert.False(_schedule.Runner.HasMore);
        _schedule.StepAt("2026-03-01 04:00");
        Assert.Equal("20260301T040000Z", (await _schedule.Runner.BegunAsync()).Release);
    }

    [Fact]
    public async Task What_is_due_while_a_run_goes_on_waits_where_the_job_says_so_but_not_without_bound()
    {
        _schedule.Add("0 * * * *", job => job with { Overlap = Overlap.Queue, MostWaiting = 2 });
        _schedule.Step();
        for (int hour = 1; hour <= 4; hour++) _schedule.StepAt($"2026-03-01 0{hour}:00");
        Assert.Equal(["01:00 running", "02:00 waiting", "03:00 waiting", "04:00 skipped"], _schedule.Told);
        Assert.Equal("2 runs waited (most_waiting)", _schedule.Rows[0].Reason);
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        BegunRun second = await _schedule.Runner.BegunAsync();
        Assert.Equal("20260301T020000Z", second.Release);
        Assert.False(_schedule.Runner.HasMore);
    }

    [Fact]
    public async Task No_more_jobs_run_at_once_than_the_schedule_allows()
    {
        _schedule.Add("0 1 * * *", name: "one");
        _schedule.Add("0 1 * * *", name: "two");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        BegunRun first = await _schedule.Runner.BegunAsync();
        Assert.Equal("one", first.Job.Name);
        Assert.Equal(["01:00 running", "01:00 waiting"], _schedule.Told);
        first.Succeed();
        await _schedule.StepAfterRunAsync();
        Assert.Equal("two", (await _schedule.Runner.BegunAsync()).Job.Name);
    }

    [Fact]
    public async Task A_failure_that_passes_is_tried_again_with_growing_delays_up_to_a_cap_and_then_given_up()
    {
        ScheduledJob job = _schedule.Add("0 1 * * *", job => job with
        {
            Retry = new RetrySection
            {
                Attempts = 4,
                FirstDelay = Duration.Parse("10m"),
                Factor = 3,
                MostDelay = Duration.Parse("1h"),
            },
        });
        _schedule.Step();
        foreach (string moment in (string[])["01:00", "01:10", "01:40", "02:40"])
        {
            _schedule.StepAt($"2026-03-01 {moment}");
            BegunRun run = await _schedule.Runner.BegunAsync();
            Assert.Equal(moment == "01:00" ? JournalStart.Anew : JournalStart.Resume, run.Start);
            run.End(ExitCode.Temporary, "the disk is full");
            await _schedule.StepAfterRunAsync();
            Assert.False(_schedule.Runner.HasMore);
        }
        RunRow row = Assert.Single(_schedule.Rows);
        Assert.Equal((RunState.Failed, 4, 75), (row.State, row.Attempts, row.ExitCode));
        Assert.Equal("given up after 4 attempts: the disk is full", row.Reason);
        Assert.Null(job.Releases.Current);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(78)]
    [InlineData(1)]
    public async Task A_failure_that_does_not_pass_is_not_tried_again_and_leaves_the_current_release(int code)
    {
        ScheduledJob job = _schedule.Add("0 * * * *");
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 02:00");
        (await _schedule.Runner.BegunAsync()).End((ExitCode)code, "bad");
        await _schedule.StepAfterRunAsync();
        Assert.Equal(["01:00 released", "02:00 failed"], _schedule.Told);
        Assert.Equal("20260301T010000Z", job.Releases.Current);
        _schedule.StepAt("2026-03-01 02:59");
        Assert.False(_schedule.Runner.HasMore);
    }

    [Fact]
    public async Task Nothing_is_made_while_nothing_has_changed_unless_it_is_asked_for_by_hand()
    {
        ScheduledJob job = _schedule.Add("0 * * * *");
        _schedule.Runner.Digest = "one";
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 02:00");
        await _schedule.StepAfterRunAsync();
        Assert.Equal(["01:00 released", "02:00 skipped"], _schedule.Told);
        Assert.Equal("nothing has changed since 20260301T010000Z (unchanged: skip)", _schedule.Rows[0].Reason);

        _schedule.ByHand(job);
        _schedule.StepAt("2026-03-01 02:10");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.Runner.Digest = "two";
        _schedule.StepAt("2026-03-01 03:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        // Without its release, there is nothing that is unchanged.
        Directory.Delete(job.Releases.PathOf("20260301T030000Z"), recursive: true);
        _schedule.StepAt("2026-03-01 04:00");
        Assert.Equal("20260301T040000Z", (await _schedule.Runner.BegunAsync()).Release);
    }

    [Fact]
    public async Task What_is_skipped_again_and_again_for_one_reason_is_one_row()
    {
        _schedule.Add("0 * * * *");
        _schedule.Runner.Digest = "one";
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        for (int hour = 2; hour <= 4; hour++)
        {
            _schedule.StepAt($"2026-03-01 0{hour}:00");
            await _schedule.StepAfterRunAsync();
        }
        Assert.Equal(["01:00 released", "04:00 skipped x3"], _schedule.Told);
        _schedule.Runner.Digest = "two";
        _schedule.StepAt("2026-03-01 05:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 06:00");
        await _schedule.StepAfterRunAsync();
        Assert.Equal(
            ["01:00 released", "04:00 skipped x3", "05:00 released", "06:00 skipped"], _schedule.Told);
    }

    [Fact]
    public async Task A_job_can_want_a_release_although_nothing_has_changed()
    {
        _schedule.Add("0 * * * *", job => job with { Unchanged = Unchanged.Run });
        _schedule.Runner.Digest = "one";
        _schedule.Step();
        for (int hour = 1; hour <= 2; hour++)
        {
            _schedule.StepAt($"2026-03-01 0{hour}:00");
            (await _schedule.Runner.BegunAsync()).Succeed();
            await _schedule.StepAfterRunAsync();
        }
        Assert.Equal(["01:00 released", "02:00 released"], _schedule.Told);
    }

    [Fact]
    public async Task What_was_run_is_not_run_again_after_the_clock_was_set_back_by_an_hour()
    {
        _schedule.Add("0 * * * *", job => job with { Unchanged = Unchanged.Run });
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 00:10");
        _schedule.StepAt("2026-03-01 01:00");
        Assert.Equal(["01:00 released"], _schedule.Told);
        _schedule.StepAt("2026-03-01 02:00");
        Assert.Equal("20260301T020000Z", (await _schedule.Runner.BegunAsync()).Release);
    }

    [Fact]
    public async Task A_clock_that_was_ahead_for_years_stops_neither_what_is_due_nor_what_is_to_be_tried_again()
    {
        _schedule.Add("0 * * * *", job => job with { Unchanged = Unchanged.Run });
        _schedule.Step();
        _schedule.StepAt("2031-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).End(ExitCode.Temporary, "the disk is full");
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 00:40");
        Assert.Contains("job: was planned until 2031-03-01T01:00:00.000Z: the clock was ahead; planned from now on",
            _schedule.Log);
        BegunRun again = await _schedule.Runner.BegunAsync();
        Assert.Equal(JournalStart.Resume, again.Start);
        again.Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 01:00");
        Assert.Equal("20260301T010000Z", (await _schedule.Runner.BegunAsync()).Release);
    }

    [Fact]
    public async Task A_release_counts_for_the_inputs_of_the_attempt_that_made_it()
    {
        _schedule.Add("0 * * * *");
        _schedule.Runner.Digest = "one";
        _schedule.Step();
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).End(ExitCode.Temporary, "an input changed");
        await _schedule.StepAfterRunAsync();
        _schedule.Runner.Digest = "two";
        _schedule.StepAt("2026-03-01 01:01");
        (await _schedule.Runner.BegunAsync()).Succeed();
        await _schedule.StepAfterRunAsync();
        _schedule.StepAt("2026-03-01 02:00");
        await _schedule.StepAfterRunAsync();
        Assert.Equal(["01:00 released", "02:00 skipped"], _schedule.Told);
        _schedule.Runner.Digest = "one";
        _schedule.StepAt("2026-03-01 03:00");
        Assert.Equal("20260301T030000Z", (await _schedule.Runner.BegunAsync()).Release);
    }

    [Fact]
    public async Task A_run_that_fails_removes_what_it_left_and_no_release_of_its_name()
    {
        ScheduledJob job = _schedule.Add("0 1 * * *");
        _schedule.Step();
        // Made with a history that was lost since.
        TestRelease.Make(job.Releases.PathOf("20260301T010000Z"), ("a.json", "kept"));
        job.Releases.SwitchTo("20260301T010000Z");
        string left = Path.Combine(job.Releases.Folder, ".20260301T010000Z.partial-1");
        Directory.CreateDirectory(left);
        _schedule.StepAt("2026-03-01 01:00");
        (await _schedule.Runner.BegunAsync()).End(ExitCode.BadData, "bad");
        await _schedule.StepAfterRunAsync();
        await _schedule.StepAfterRemovalAsync();
        Assert.Equal("20260301T010000Z", job.Releases.Current);
        Assert.True(job.Releases.Has("20260301T010000Z"));
        Assert.False(Directory.Exists(left));
    }
}
