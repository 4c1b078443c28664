using System.Threading.Channels;
using SegPipeline.Cli;
using SegPipeline.Cli.Scheduling;
using SegPipeline.Cli.Scheduling.Running;
using SegPipeline.Engine.Journal;
using SegPipeline.Releases;
using SegPipeline.Tests.Releases;

namespace SegPipeline.Tests.Scheduling;

/// <summary>A run that a scheduler began, and that ends when a test says so.</summary>
internal sealed record BegunRun(ScheduledJob Job, string Release, JournalStart Start)
{
    private readonly TaskCompletionSource<RunOutcome> _end = new();

    public Task<RunOutcome> Outcome => _end.Task;

    /// <summary>Makes a release and ends well.</summary>
    public void Succeed()
    {
        TestRelease.Make(Job.Releases.PathOf(Release), ("a.json", Release));
        File.WriteAllText(ReleaseSiblings.TraceOf(Job.Releases.PathOf(Release)), "");
        File.WriteAllText(ReleaseSiblings.JournalOf(Job.Releases.PathOf(Release)), "");
        End(ExitCode.Ok, null);
    }

    public void End(ExitCode code, string? reason) => _end.SetResult(new RunOutcome(code, reason));
}

/// <summary>Begins runs, and leaves it to the test how they end.</summary>
internal sealed class FakeRunner : IJobRunner
{
    private readonly Channel<BegunRun> _begun = Channel.CreateUnbounded<BegunRun>();

    /// <summary>What the inputs look like at this moment.</summary>
    public string? Digest { get; set; }

    /// <summary>True when runs have begun that the test has not asked for.</summary>
    public bool HasMore => _begun.Reader.TryPeek(out _);

    public Task<string?> DigestAsync(ScheduledJob job, CancellationToken stop) => Task.FromResult(Digest);

    public async Task<RunOutcome> RunAsync(
        ScheduledJob job, string release, JournalStart start, CancellationToken stop)
    {
        var run = new BegunRun(job, release, start);
        await using CancellationTokenRegistration stopped =
            stop.Register(() => run.End(ExitCode.Cancelled, "cancelled"));
        _begun.Writer.TryWrite(run);
        return await run.Outcome;
    }

    /// <summary>The next run that was begun.</summary>
    public async Task<BegunRun> BegunAsync() =>
        await _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
}
