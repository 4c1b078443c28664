using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>
/// Removes old releases; never the current one, nor one whose lock somebody holds. A release of a million files takes
/// minutes to remove: that is done aside, so that no job begins late.
/// </summary>
/// <param name="history">Knows the releases, and keeps their rows.</param>
/// <param name="log">Told what is removed.</param>
internal sealed class Retention(HistoryDatabase history, Action<string> log)
{
    private readonly List<(ScheduledJob Job, RunRow Row, DateTimeOffset Since, Task<bool> Work)> _going = [];

    /// <summary>What is being removed.</summary>
    public Task Removing { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to remove the releases of a job that are not kept.</summary>
    public void Apply(ScheduledJob job, DateTimeOffset now)
    {
        KeepSection keep = job.Policy.Keep;
        if (keep is { Releases: null, Days: null }) return;
        string? current = job.Releases.Current;
        foreach ((int index, RunRow row) in history.Releases(job.Name).Index())
        {
            bool isKept = row.Release == current || index < (keep.Releases ?? 0) ||
                (keep.Days is { } days && row.Ended > now.AddDays(-days));
            if (!isKept && _going.TrueForAll(g => g.Row.Id != row.Id))
                _going.Add((job, row, now, Begin(() => job.Releases.TryRemove(row.Release!))));
        }
    }

    /// <summary>Begins to remove what a run left that has failed.</summary>
    public void Discard(ScheduledJob job, string release) =>
        Begin(() => job.Releases.TryRemoveRemains(release));

    /// <summary>Writes down what has been removed since. What the end of this program interrupts is taken up after the
    /// next release.</summary>
    public void NoteRemoved()
    {
        foreach (var (job, row, since, work) in _going.FindAll(g => g.Work.IsCompleted))
        {
            if (work.Result) history.Save(row with { Removed = since });
            log($"{job.Name}: " + (work.Result
                ? $"removed the old release {row.Release}"
                : $"kept the old release {row.Release}: somebody reads it, or it cannot be removed"));
        }
        _going.RemoveAll(g => g.Work.IsCompleted);
    }

    /// <summary>One after the other: disks do not like more.</summary>
    private Task<bool> Begin(Func<bool> remove)
    {
        Task before = Removing;
        Task<bool> work = Task.Run(async () =>
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return remove();
        });
        Removing = work;
        return work;
    }
}
