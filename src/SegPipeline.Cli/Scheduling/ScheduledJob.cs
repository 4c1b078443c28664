using System.Collections.Immutable;
using SegPipeline.Cli.Scheduling.Files;

namespace SegPipeline.Cli.Scheduling;

/// <summary>A job, free of problems.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PipelineFile">Full path of the pipeline file.</param>
/// <param name="Releases">The folder of its releases.</param>
/// <param name="Times">When it is due.</param>
/// <param name="Policy">How it is run.</param>
internal sealed record ScheduledJob(
    string Name, string PipelineFile, ReleaseShelf Releases, CronTimes Times, JobSection Policy)
{
    /// <summary>What tells, when it changes, that due times of the past say nothing any more.</summary>
    public string TimesText => $"{Times.Text} {Times.Zone.Id}";
}

/// <summary>A schedule, free of problems.</summary>
/// <param name="File">Full path of the schedule file.</param>
/// <param name="HistoryFile">Full path of the database.</param>
/// <param name="Parallel">Most jobs that run at once.</param>
/// <param name="Jobs">The jobs in the order of the file.</param>
internal sealed record Schedule(string File, string HistoryFile, int Parallel, ImmutableArray<ScheduledJob> Jobs)
{
    /// <summary>The folder that relative paths are relative to.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>A job by name; null when there is none.</summary>
    public ScheduledJob? Find(string name) => Jobs.FirstOrDefault(job => job.Name == name);
}
