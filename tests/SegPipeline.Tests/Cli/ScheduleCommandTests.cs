using System.Text.Json;
using SegPipeline.Cli;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Tests.Scheduling;

namespace SegPipeline.Tests.Cli;

/// <summary>What a user sees of schedules and their history; the runs are processes of their own.</summary>
public sealed class ScheduleCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public ScheduleCommandTests()
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }", "set: { write.coco: { file: set.json } }");
        _set.WriteFile("s.yaml", """
            segpipe_schedule: 1
            history: h.db
            jobs:
              night:
                { pipeline: p.yaml, releases: out, cron: "0 3 * * *", retry: { attempts: 1 }, keep: { releases: 1 } }
            """);
    }

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task A_job_that_is_run_at_once_becomes_the_current_release_and_is_in_the_history()
    {
        Assert.Equal(0, (await _set.RunAsync("schedule", "now", "s.yaml", "night")).ExitCode);
        CliRun second = await _set.RunAsync("schedule", "now", "s.yaml", "night");
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.Single(Directory.GetDirectories(_set["out"], "2*"), folder =>
            File.ReadAllText(Path.Combine(folder, "set.json")) == File.ReadAllText(_set["out/current/set.json"]));
        CliRun verify = await _set.RunAsync("verify", "out/current");
        Assert.Equal(0, verify.ExitCode);

        CliRun table = await _set.RunAsync("history", "s.yaml");
        Assert.Equal((0, 3), (table.ExitCode, table.Lines.Length));
        Assert.Matches(@"^due \(UTC\) +job +outcome +took +digest +what$", table.Lines[0]);
        Assert.Matches(
            @"^20\S+ \S+  night  released  +\d.* s  [0-9a-f]{12}  24 annotations, 12 images, \d files, ",
            table.Lines[1]);
        Assert.Contains("released, removed", table.Lines[2], StringComparison.Ordinal);
        CliRun json = await _set.RunAsync("history", "h.db", "--json", "--limit", "1", "--job", "night");
        using JsonDocument run = JsonDocument.Parse(Assert.Single(json.Lines));
        Assert.Equal("by_hand", run.RootElement.GetProperty("cause").GetString());
        Assert.Equal(24, run.RootElement.GetProperty("records").GetProperty("annotations").GetInt64());
        Assert.Equal("no runs\n", (await _set.RunAsync("history", "s.yaml", "--failed")).Out);
    }

    [Fact]
    public async Task A_job_whose_data_is_bad_fails_with_what_was_wrong_and_its_exit_code()
    {
        _set.WriteFile("instances.json", "{\"images\":[{]}");
        CliRun now = await _set.RunAsync("schedule", "now", "s.yaml", "night");
        Assert.Equal((int)ExitCode.BadData, now.ExitCode);
        // What is wrong with a pipeline now hides nothing of what was.
        _set.WriteFile("p.yaml", "segpipe: 1\nname: broken\n");
        CliRun failed = await _set.RunAsync("history", "s.yaml", "--failed", "--json");
        using JsonDocument run = JsonDocument.Parse(Assert.Single(failed.Lines));
        Assert.Equal("failed", run.RootElement.GetProperty("state").GetString());
        Assert.Contains("instances.json", run.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_set["out/current"]));
    }

    [Fact]
    public async Task A_second_scheduler_is_refused_and_a_job_run_by_hand_is_left_to_the_first()
    {
        using HistoryLock? first = HistoryLock.TryTakeForScheduler(_set["h.db"]);
        CliRun second = await _set.RunAsync("schedule", "run", "s.yaml");
        Assert.Equal(
            ((int)ExitCode.Temporary, "h.db: error: another scheduler, or a job run by hand, works with this " +
                "history; end it first, or name another file under 'history' [SCHEDULER_RUNNING]\n"),
            (second.ExitCode, second.Error));
        CliRun now = await _set.RunAsync("schedule", "now", "s.yaml", "night");
        Assert.Equal(0, now.ExitCode);
        Assert.Contains("takes it on if it knows the job, else after it is started again", now.Out,
            StringComparison.Ordinal);
        using (HistoryDatabase history = HistoryDatabase.Open(_set["h.db"]))
            history.Plan(ScheduleFile.Load(_set["s.yaml"], TimeProvider.System).Schedule!.Jobs[0],
                DateTimeOffset.UnixEpoch, []);
        now = await _set.RunAsync("schedule", "now", "s.yaml", "night");
        Assert.Contains("the scheduler that is running takes it on; see", now.Out, StringComparison.Ordinal);
        Assert.Contains("waiting", (await _set.RunAsync("history", "s.yaml")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_was_out_of_the_file_when_the_scheduler_started_is_not_said_to_be_taken_on()
    {
        Schedule schedule = ScheduleFile.Load(_set["s.yaml"], TimeProvider.System).Schedule!;
        using HistoryDatabase history = HistoryDatabase.Open(_set["h.db"]);
        history.Plan(schedule.Jobs[0], DateTimeOffset.UnixEpoch, []);
        using HistoryLock? running = HistoryLock.TryTakeForScheduler(_set["h.db"]);
        _ = new Scheduler(schedule with { Jobs = [] }, history, new FakeRunner(), TimeProvider.System, _ => { });
        CliRun now = await _set.RunAsync("schedule", "now", "s.yaml", "night");
        Assert.Contains("takes it on if it knows the job, else after it is started again", now.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduler_waits_a_moment_for_one_who_only_looks_whether_there_is_another()
    {
        HistoryLock? looking = HistoryLock.TryTakeForScheduler(_set["h.db"]);
        using var stop = new CancellationTokenSource();
        Task<CliRun> starting = CliRun.InAsync(_set.Path, stop.Token, "schedule", "run", "s.yaml");
        Assert.False(starting.IsCompleted);
        looking!.Dispose();
        while (!File.Exists(_set["h.db"]) && !starting.IsCompleted) await Task.Delay(20);
        await stop.CancelAsync();
        CliRun run = await starting;
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("stopped", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_not_there_and_a_history_that_is_not_there_are_told()
    {
        CliRun job = await _set.RunAsync("schedule", "now", "s.yaml", "nigth");
        Assert.Equal(
            ((int)ExitCode.Usage, "segpipe: error: there is no job 'nigth' in the schedule; did you mean 'night'?\n"),
            (job.ExitCode, job.Error));
        CliRun history = await _set.RunAsync("history", "s.yaml");
        Assert.Equal((int)ExitCode.BadData, history.ExitCode);
        Assert.StartsWith("h.db: error: there is no history yet; ", history.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sound_schedule_is_checked_and_its_due_times_shown()
    {
        CliRun check = await _set.RunAsync("schedule", "check", "s.yaml");
        Assert.Equal(new CliRun(0, "s.yaml: no problems in 1 job\n", ""), check);
        CliRun next = await _set.RunAsync("schedule", "next", "s.yaml", "--count", "2");
        Assert.Equal((0, 3), (next.ExitCode, next.Lines.Length));
        Assert.Matches(@"^night  \w{3} (\d{4}-\d\d-\d\d) 03:00:00 \+00:00  UTC +\1 03:00:00Z$", next.Lines[2]);
        _set.WriteFile("s.yaml", "segpipe_schedule: 1\nhistry: h.db\njobs: {}\n");
        CliRun wrong = await _set.RunAsync("schedule", "check", "s.yaml");
        Assert.Equal((int)ExitCode.BadConfig, wrong.ExitCode);
        Assert.StartsWith("s.yaml:2:1: error: unknown key 'histry' in the schedule; did you mean 'history'?",
            wrong.Error, StringComparison.Ordinal);
    }
}
