using System.Collections.Immutable;
using SegPipeline.Cli.Scheduling.Files;

namespace SegPipeline.Cli.Scheduling;

/// <summary>What a job has become due for since it was last looked at.</summary>
/// <param name="Missed">Due while nobody was there, in order; bounded by what may be caught up.</param>
/// <param name="MissedCount">How many were missed; more than <see cref="Missed"/> where not all may be caught
/// up.</param>
/// <param name="LastMissed">The last of them; null when there is none.</param>
/// <param name="Punctual">Due at this moment.</param>
internal sealed record DuePlan(
    ImmutableArray<DateTimeOffset> Missed, long MissedCount, DateTimeOffset? LastMissed,
    ImmutableArray<DateTimeOffset> Punctual)
{
    /// <summary>What is due for longer than this was missed: the scheduler, or the machine, was not there.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Looks what is due.</summary>
    /// <param name="job">The job.</param>
    /// <param name="after">Up to when it has been planned.</param>
    /// <param name="now">This moment.</param>
    public static DuePlan Of(ScheduledJob job, DateTimeOffset after, DateTimeOffset now)
    {
        CatchUpSection policy = job.Policy.CatchUp;
        int most = policy.Missed switch
        {
            Files.Missed.None => 0,
            Files.Missed.One => 1,
            _ => policy.AtMost,
        };
        var latest = new Queue<DateTimeOffset>();
        var punctual = ImmutableArray.CreateBuilder<DateTimeOffset>();
        long missed = 0;
        DateTimeOffset? lastMissed = null;
        foreach (DateTimeOffset due in job.Times.Between(after, now))
        {
            if (now - due <= Grace)
            {
                punctual.Add(due);
                continue;
            }
            missed++;
            lastMissed = due;
            if (now - due > policy.Within.Span) continue;
            latest.Enqueue(due);
            if (latest.Count > most) latest.Dequeue();
        }
        return new DuePlan([.. latest], missed, lastMissed, punctual.ToImmutable());
    }
}
