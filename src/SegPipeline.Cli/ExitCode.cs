namespace SegPipeline.Cli;

/// <summary>How a command ended; the numbers are those of <c>sysexits.h</c> where it has one.</summary>
internal enum ExitCode
{
    /// <summary>All went well.</summary>
    Ok = 0,

    /// <summary>The program is at fault.</summary>
    Fault = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>The data is bad.</summary>
    BadData = 65,

    /// <summary>It may work later: no space left, another run is writing the release.</summary>
    Temporary = 75,

    /// <summary>The pipeline file is wrong.</summary>
    BadConfig = 78,

    /// <summary>Cancelled by the user.</summary>
    Cancelled = 130,
}
