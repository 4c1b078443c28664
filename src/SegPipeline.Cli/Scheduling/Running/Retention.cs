using SegPipeline.Cli.Scheduling.Files;
using SegPipeline.Cli.Scheduling.History;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>Removes old releases; never the current one, nor one whose lock somebody holds.</summary>
/// <param name="history">Knows the releases, and keeps their rows.</param>
/// <param name="log">Told what is removed.</param>
internal sealed class Retention(HistoryDatabase history, Action<string> log)
{
    /// <summary>Removes the releases of a job that are not kept.</summary>
    public void Apply(ScheduledJob job, DateTimeOffset now)
    {
        KeepSection keep = job.Policy.Keep;
        if (keep is { Releases: null, Days: null }) return;
        string? current = job.Releases.Current;
        foreach ((int index, RunRow row) in history.Releases(job.Name).Index())
        {
            bool isKept = row.Release == current || index < (keep.Releases ?? 0) ||
                (keep.Days is { } days && row.Ended > now.AddDays(-days));
            if (isKept) continue;
            if (job.Releases.TryRemove(row.Release!))
            {
                history.Save(row with { Removed = now });
                log($"{job.Name}: removed the old release {row.Release}");
            }
            else log($"{job.Name}: kept the old release {row.Release}: somebody reads it, or it cannot be removed");
        }
    }
}
