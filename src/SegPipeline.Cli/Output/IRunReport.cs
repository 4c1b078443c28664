using SegPipeline.Cli.Progress;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Output;

/// <summary>How the user hears of a run.</summary>
internal interface IRunReport
{
    /// <summary>Shows how it comes on.</summary>
    IProgressView ProgressView { get; }

    /// <summary>Tells what it made.</summary>
    void Finished(LoadedPipeline pipeline, FinishedRun run);

    /// <summary>Tells that it failed; why has been written to the error stream.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="problems">What was wrong.</param>
    void Failed(ExitCode code, IEnumerable<string> problems);
}
