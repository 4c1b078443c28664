using System.Diagnostics;
using System.Globalization;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>
/// Runs each job as <c>segpipe run</c> in a process of its own: its memory is its own, and whatever happens to it ends
/// with an exit code. The child ends in order when its standard input does: when the scheduler closes it, and also when
/// the scheduler is no more.
/// </summary>
/// <param name="schedule">The schedule.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="log">Takes what the child writes to its error stream.</param>
internal sealed class ChildRunner(Schedule schedule, TimeProvider clock, Action<string> log) : IJobRunner
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public Task<string?> DigestAsync(ScheduledJob job, CancellationToken stop) => Task.Run(() =>
    {
        LoadedPipeline pipeline = Load(job);
        bool isSound = pipeline.Problems.Count == 0 && pipeline.CheckInputs().Count == 0;
        return isSound ? InputsDigest.Of(pipeline, job.Policy.Compare, stop) : null;
    }, stop);

    /// <inheritdoc/>
    public async Task<RunOutcome> RunAsync(
        ScheduledJob job, string release, JournalStart start, CancellationToken stop)
    {
        if (start == JournalStart.Resume)
            await WaitForWriterAsync(job.Releases.PathOf(release), stop).ConfigureAwait(false);
        ChildOutcome outcome = await RunChildAsync(job, release, start, stop).ConfigureAwait(false);
        if (start == JournalStart.Resume && outcome.CannotResume)
        {
            log($"{job.Name}: cannot be resumed, begins anew");
            outcome = await RunChildAsync(job, release, JournalStart.Anew, stop).ConfigureAwait(false);
        }
        return outcome.ToRunOutcome();
    }

    private LoadedPipeline Load(ScheduledJob job) =>
        JobPipeline.Load(job.PipelineFile, job.Policy.Set, schedule.Folder, job.Releases.Folder);

    /// <summary>Waits for the child of a scheduler that was killed, which ends by itself.</summary>
    private async Task WaitForWriterAsync(string releaseFolder, CancellationToken stop)
    {
        string lockFile = ReleaseShelf.LockOf(releaseFolder);
        DateTimeOffset end = clock.GetUtcNow() + LongestWait;
        while (File.Exists(lockFile) && ReleaseLeases.IsLocked(lockFile) && clock.GetUtcNow() < end)
            await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
    }

    private async Task<ChildOutcome> RunChildAsync(
        ScheduledJob job, string release, JournalStart start, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using Process child = Process.Start(StartInfo(job, release, start))!;
        // Whoever waits for an answer of the child gets one: it ends at the next commit.
        await using CancellationTokenRegistration closing = stop.Register(() => child.StandardInput.Close());
        Task errors = RelayAsync(job, child);
        string? last = null;
        while (await child.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            last = line;
        await errors.ConfigureAwait(false);
        await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return ChildOutcome.Of(child.ExitCode, last);
    }

    private async Task RelayAsync(ScheduledJob job, Process child)
    {
        while (await child.StandardError.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            if (!line.StartsWith("resume with: ", StringComparison.Ordinal)) log($"{job.Name}: {line}");
    }

    private ProcessStartInfo StartInfo(ScheduledJob job, string release, JournalStart start)
    {
        var info = new ProcessStartInfo(OwnProgram.CommandLine[0], OwnProgram.CommandLine.Skip(1));
        foreach (string word in (string[])["run", job.PipelineFile, "--to", job.Releases.PathOf(release), "--json"])
            info.ArgumentList.Add(word);
        if (start == JournalStart.Resume) info.ArgumentList.Add("--resume");
        foreach (var (name, value) in job.Policy.Set)
        {
            info.ArgumentList.Add("--set");
            info.ArgumentList.Add($"{name}={value}");
        }
        if (job.Policy.Workers is { } workers)
        {
            info.ArgumentList.Add("--workers");
            info.ArgumentList.Add(workers.ToString(CultureInfo.InvariantCulture));
        }
        info.WorkingDirectory = schedule.Folder;
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        info.Environment[EndOfInput.Variable] = "1";
        return info;
    }
}
