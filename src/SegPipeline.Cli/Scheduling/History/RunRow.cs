namespace SegPipeline.Cli.Scheduling.History;

/// <summary>A run in the history.</summary>
internal sealed record RunRow
{
    /// <summary>Its number; 0 until it is in the database.</summary>
    public long Id { get; init; }

    /// <summary>Name of the job.</summary>
    public required string Job { get; init; }

    /// <summary>Why it was due.</summary>
    public required RunCause Cause { get; init; }

    /// <summary>When it was due; of several due times that one row stands for, the last.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Number of due times that the row stands for.</summary>
    public long DueTimes { get; init; } = 1;

    /// <summary>How far it has come.</summary>
    public required RunState State { get; init; }

    /// <summary>Name of its release folder; null for one that was skipped before it had any.</summary>
    public string? Release { get; init; }

    /// <summary>When it first began; null when it did not.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it was over; null before.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>How often it failed for a reason that passes.</summary>
    public int Failures { get; init; }

    /// <summary>How often it ended with its scheduler.</summary>
    public int Interruptions { get; init; }

    /// <summary>When it is tried again; null when it is not.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Exit code of the last attempt; null before there was one.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it was skipped, failed or waits; null when all went well.</summary>
    public string? Reason { get; init; }

    /// <summary>Digest of inputs, config and version when it began; null when it was not taken.</summary>
    public string? InputDigest { get; init; }

    /// <summary>What it made; null without a release.</summary>
    public ReleaseFigures? Figures { get; init; }

    /// <summary>When its release was removed; null while it is there.</summary>
    public DateTimeOffset? Removed { get; init; }

    /// <summary>True when nothing more will become of it.</summary>
    public bool IsOver => State is RunState.Released or RunState.Skipped or RunState.Failed;

    /// <summary>The row when the run is over.</summary>
    public RunRow Over(RunState state, DateTimeOffset ended, string? reason) =>
        this with { State = state, Ended = ended, Reason = reason, NextAttempt = null };
}

/// <summary>A release in figures.</summary>
/// <param name="ManifestSha256">SHA-256 of its manifest, which identifies it.</param>
/// <param name="Files">Number of its files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Records">Records written by kind (images, annotations, ...), as JSON.</param>
internal sealed record ReleaseFigures(string ManifestSha256, long Files, long Bytes, string Records);
