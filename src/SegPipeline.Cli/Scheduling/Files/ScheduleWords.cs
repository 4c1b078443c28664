namespace SegPipeline.Cli.Scheduling.Files;

/// <summary>What to do when a job is due and its last run is not over.</summary>
internal enum Overlap
{
    /// <summary>Skip what is due.</summary>
    Forbid,

    /// <summary>Run it when the other is over.</summary>
    Queue,
}

/// <summary>Which missed runs are run.</summary>
internal enum Missed
{
    /// <summary>None.</summary>
    None,

    /// <summary>The latest, for all of them.</summary>
    One,

    /// <summary>All, one after the other.</summary>
    All,
}

/// <summary>What to do when nothing has changed since the last release.</summary>
internal enum Unchanged
{
    /// <summary>Make no release.</summary>
    Skip,

    /// <summary>Make one all the same.</summary>
    Run,
}

/// <summary>What tells that an input is unchanged.</summary>
internal enum CompareBy
{
    /// <summary>Names, sizes and times of change of the files.</summary>
    Times,

    /// <summary>Names and bytes of the files; all are read before each run.</summary>
    Content,
}
