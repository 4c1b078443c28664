using SegPipeline.Engine.Journal;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>Does the work of a job.</summary>
internal interface IJobRunner
{
    /// <summary>Takes the digest of the job's inputs, its config and this program's version.</summary>
    /// <returns>The digest; null when the pipeline cannot be loaded or an input read, which a run will tell.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<string?> DigestAsync(ScheduledJob job, CancellationToken stop);

    /// <summary>Runs the job's pipeline into a release.</summary>
    /// <param name="job">The job.</param>
    /// <param name="release">Name of the release.</param>
    /// <param name="start">Whether to go on with an earlier run.</param>
    /// <param name="stop">Ends the run such that it can be resumed.</param>
    Task<RunOutcome> RunAsync(ScheduledJob job, string release, JournalStart start, CancellationToken stop);
}

/// <summary>How an attempt to run a job ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Reason">What was wrong; null when nothing was.</param>
internal sealed record RunOutcome(int ExitCode, string? Reason)
{
    /// <summary>Ends with an exit code of ours.</summary>
    public RunOutcome(ExitCode code, string? reason) : this((int)code, reason) { }

    // A signal that comes before a program listens to signals ends it with 128 and its number.
    private const int HungUp = 128 + 1, Terminated = 128 + 15;

    /// <summary>Whether somebody told the run to end.</summary>
    public bool IsCancelled => ExitCode is (int)Cli.ExitCode.Cancelled or HungUp or Terminated;

    /// <summary>Whether a run ended such that it is worth trying again: a reason that passes, or cancelled by somebody
    /// else.</summary>
    public bool IsTemporary => ExitCode is (int)Cli.ExitCode.Temporary || IsCancelled;
}
