using System.ComponentModel.DataAnnotations;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Scheduling.Files;

/// <summary>A schedule file.</summary>
internal sealed record ScheduleSection
{
    /// <summary>Version of the file format: 1.</summary>
    public required Located<int> SegpipeSchedule { get; init; }

    /// <summary>What the schedule is for, in a sentence.</summary>
    public string? Doc { get; init; }

    /// <summary>The database that due times, runs and their outcomes are kept in; made when it is not there.</summary>
    public required Located<string> History { get; init; }

    /// <summary>Time zone of jobs that state none, an IANA name such as `Europe/Berlin`.</summary>
    public Located<string>? TimeZone { get; init; }

    /// <summary>Most jobs that run at once; one run alone uses all processors.</summary>
    [Range(1, 64)]
    public int Parallel { get; init; } = 1;

    /// <summary>The jobs by name; each is a <see cref="JobSection"/>.</summary>
    public required YamlNode Jobs { get; init; }
}

/// <summary>One job of a schedule.</summary>
internal sealed record JobSection
{
    /// <summary>The pipeline file.</summary>
    public required Located<InputPath> Pipeline { get; init; }

    /// <summary>Folder of the job's releases: one folder for each run, and the link `current`.</summary>
    public required Located<string> Releases { get; init; }

    /// <summary>When the job is due: five fields as crontab has them, or six or seven of Quartz, seconds
    /// first.</summary>
    public required Located<string> Cron { get; init; }

    /// <summary>Time zone of <see cref="Cron"/>; that of the schedule when the job states none, else UTC.</summary>
    public Located<string>? TimeZone { get; init; }

    /// <summary>What the job is for, in a sentence.</summary>
    public string? Doc { get; init; }

    /// <summary>Values for parameters of the pipeline.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>What to do when the job is due and its last run is not over.</summary>
    public Overlap Overlap { get; init; } = Overlap.Forbid;

    /// <summary>With `overlap: queue`, most runs that wait; what is due beyond is skipped.</summary>
    [Range(1, 1000)]
    public int MostWaiting { get; init; } = 10;

    /// <summary>What to do about runs that were due while no scheduler was there.</summary>
    public CatchUpSection CatchUp { get; init; } = new();

    /// <summary>What to do when inputs, config and version are those of the last release.</summary>
    public Unchanged Unchanged { get; init; } = Unchanged.Skip;

    /// <summary>What tells that an input is unchanged.</summary>
    public CompareBy Compare { get; init; } = CompareBy.Times;

    /// <summary>How often and when to try again what failed for a reason that passes (exit code 75).</summary>
    public RetrySection Retry { get; init; } = new();

    /// <summary>Which old releases to keep.</summary>
    public KeepSection Keep { get; init; } = new();

    /// <summary>Chunks to work on at once; one for each processor when not given.</summary>
    [Range(1, 1024)]
    public int? Workers { get; init; }
}

/// <summary>What is done about runs that were missed.</summary>
internal sealed record CatchUpSection
{
    /// <summary>Which of them are run.</summary>
    public Missed Missed { get; init; } = Missed.One;

    /// <summary>With `missed: all`, most that are run, the latest ones.</summary>
    [Range(1, 1000)]
    public int AtMost { get; init; } = 10;

    /// <summary>What was due longer ago than this is not run any more.</summary>
    public Duration Within { get; init; } = Duration.Parse("7d");
}

/// <summary>When a run is tried again that ended with exit code 75.</summary>
internal sealed record RetrySection
{
    /// <summary>Times that a run is tried, the first included.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 5;

    /// <summary>Time between the first failure and the second attempt.</summary>
    public Duration FirstDelay { get; init; } = Duration.Parse("1m");

    /// <summary>By how much each delay is longer than the one before.</summary>
    [Range(1.0, 100.0)]
    public double Factor { get; init; } = 2;

    /// <summary>Longest delay.</summary>
    public Duration MostDelay { get; init; } = Duration.Parse("1h");

    /// <summary>The delay after some failure.</summary>
    /// <param name="failures">Number of failures so far, from 1.</param>
    public TimeSpan DelayAfter(int failures)
    {
        double seconds = FirstDelay.Span.TotalSeconds * Math.Pow(Factor, failures - 1);
        return seconds < MostDelay.Span.TotalSeconds ? TimeSpan.FromSeconds(seconds) : MostDelay.Span;
    }
}

/// <summary>Which old releases are kept; one that either key keeps stays. All are when neither is given.</summary>
internal sealed record KeepSection
{
    /// <summary>The latest so many.</summary>
    [Range(1, 100_000)]
    public int? Releases { get; init; }

    /// <summary>Those that were made in the last so many days.</summary>
    [Range(1, 100_000)]
    public int? Days { get; init; }
}
