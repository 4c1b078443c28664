using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;
using SegPipeline.Cli.Scheduling.Running;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Scheduling;

/// <summary>A schedule over a clock that a test moves.</summary>
internal sealed class TestSchedule : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualClock _clock = new();
    private Scheduler? _scheduler;

    /// <param name="start">This moment, UTC.</param>
    public TestSchedule(string start)
    {
        At(start);
        History = HistoryDatabase.Open(HistoryFile);
    }

    public string HistoryFile => _temp["history.db"];

    public HistoryDatabase History { get; private set; }

    public FakeRunner Runner { get; private set; } = new();

    public List<string> Log { get; } = [];

    public List<ScheduledJob> Jobs { get; } = [];

    public int Parallel { get; init; } = 1;

    /// <summary>All runs, the latest first.</summary>
    public List<RunRow> Rows => History.Latest(null, [], 1000);

    /// <summary>All runs in the order in which they came, a word or two each.</summary>
    public string[] Told =>
    [
        .. Rows.OrderBy(r => r.Id).Select(r =>
            $"{r.Due:HH:mm} {HistoryText.Of(r.State)}{(r.DueTimes > 1 ? $" x{r.DueTimes}" : "")}"),
    ];

    /// <summary>Adds a job.</summary>
    public ScheduledJob Add(string cron, Func<JobSection, JobSection>? with = null, string name = "job")
    {
        var policy = new JobSection
        {
            Pipeline = new Located<InputPath>(InputPath.Of("p.yaml"), default),
            Releases = new Located<string>("releases", default),
            Cron = new Located<string>(cron, default),
        };
        if (with is not null) policy = with(policy);
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(policy.TimeZone?.Value ?? "UTC");
        var job = new ScheduledJob(
            name, _temp["p.yaml"], new ReleaseShelf(_temp[name]), CronTimes.Parse(cron, zone), policy);
        Directory.CreateDirectory(job.Releases.Folder);
        Jobs.Add(job);
        return job;
    }

    /// <summary>Moves the clock and lets the scheduler do what is to be done then.</summary>
    public void StepAt(string moment)
    {
        At(moment);
        Step();
    }

    public DateTimeOffset? Step()
    {
        _scheduler ??= new Scheduler(new Schedule(_temp["s.yaml"], HistoryFile, Parallel, [.. Jobs]), History, Runner,
            _clock, Log.Add);
        return _scheduler.Step(_stop.Token);
    }

    /// <summary>Waits until a run is over that has been ended, and lets the scheduler see it.</summary>
    public async Task StepAfterRunAsync()
    {
        await Task.WhenAny(_scheduler!.Going).WaitAsync(TimeSpan.FromSeconds(20));
        Step();
    }

    /// <summary>Waits until what is to be removed is removed, and lets the scheduler see it.</summary>
    public async Task StepAfterRemovalAsync()
    {
        await _scheduler!.Removing.WaitAsync(TimeSpan.FromSeconds(20));
        Step();
    }

    /// <summary>The scheduler vanishes as if it were killed; the next step is that of a new one.</summary>
    public void Kill()
    {
        History.Dispose();
        History = HistoryDatabase.Open(HistoryFile);
        _scheduler = null;
        Runner = new FakeRunner { Digest = Runner.Digest };
    }

    /// <summary>Tells the scheduler to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _scheduler!.RunAsync(_stop.Token);
    }

    public void ByHand(ScheduledJob job) =>
        History.Save(DuePlanner.NewRun(job, _clock.GetUtcNow(), RunCause.ByHand));

    public void Dispose()
    {
        History.Dispose();
        _stop.Dispose();
        _temp.Dispose();
    }

    private void At(string moment) => _clock.Advance(
        DateTimeOffset.Parse(moment + "Z", System.Globalization.CultureInfo.InvariantCulture) - _clock.GetUtcNow());
}
