namespace SegPipeline.Cli.Scheduling.History;

/// <summary>How far a run has come. The words stand in the database.</summary>
internal enum RunState
{
    /// <summary>Due, and not begun.</summary>
    Waiting,

    /// <summary>Going on.</summary>
    Running,

    /// <summary>Failed for a reason that passes; tried again later.</summary>
    Retrying,

    /// <summary>Ended with its scheduler; resumed when one starts.</summary>
    Interrupted,

    /// <summary>Over, with a release.</summary>
    Released,

    /// <summary>Over without having been begun, for a stated reason.</summary>
    Skipped,

    /// <summary>Over without a release.</summary>
    Failed,
}

/// <summary>Why a run was due.</summary>
internal enum RunCause
{
    /// <summary>Its time had come.</summary>
    Scheduled,

    /// <summary>Its time had come while no scheduler was there.</summary>
    CaughtUp,

    /// <summary>Somebody asked for it.</summary>
    ByHand,
}
