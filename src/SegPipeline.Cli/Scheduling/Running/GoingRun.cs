using SegPipeline.Cli.Scheduling.History;

namespace SegPipeline.Cli.Scheduling.Running;

/// <summary>A run that goes on.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Row">As the history has it.</param>
/// <param name="Work">Ends when it does.</param>
internal sealed record GoingRun(ScheduledJob Job, RunRow Row, Task<AttemptEnd> Work);

/// <summary>How an attempt ended.</summary>
/// <param name="Outcome">What the run said; null when there was no need for one, as nothing has changed.</param>
/// <param name="InputDigest">Digest of inputs, config and version when it began; null when it was not taken.</param>
internal sealed record AttemptEnd(RunOutcome? Outcome, string? InputDigest);
