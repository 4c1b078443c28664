using SegPipeline.Cli.Progress;
using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Output;

/// <summary>Tells of a run while it goes on, and how it ended.</summary>
internal static class RunTelling
{
    /// <summary>Tells of something that makes a release.</summary>
    /// <param name="report">How to tell.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="terminal">Where messages go.</param>
    /// <param name="run">Does it.</param>
    /// <param name="advice">What the user can do after a failure, a line each.</param>
    public static async Task<ExitCode> TellAsync(this IRunReport report, LoadedPipeline pipeline, Terminal terminal,
        Func<Action<RunProgress>, Task<FinishedRun>> run, Func<Exception, IEnumerable<string>> advice)
    {
        FinishedRun finished;
        try
        {
            using var display = new ProgressDisplay(report.ProgressView, terminal.Clock);
            finished = await run(display.Report).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return report.Failed(e, terminal, [
                Directory.Exists(pipeline.ReleaseFolder)
                    ? $"{terminal.Shorten(pipeline.ReleaseFolder)} is as it was before this run."
                    : "Nothing was released.",
                .. advice(e)]);
        }
        WriteRecord(finished, terminal);
        report.Finished(pipeline, finished);
        return ExitCode.Ok;
    }

    /// <summary>Tells of a failure.</summary>
    /// <param name="report">How to tell.</param>
    /// <param name="failure">What was thrown.</param>
    /// <param name="terminal">Where messages go.</param>
    /// <param name="lines">What more there is to say.</param>
    public static ExitCode Failed(
        this IRunReport report, Exception failure, Terminal terminal, ReadOnlySpan<string> lines)
    {
        ExitCode code = Failure.Report(failure, terminal);
        foreach (string line in lines) terminal.Error.WriteLine(line);
        report.Failed(code, Failure.ProblemsOf(failure).Select(p => p.ToString()));
        return code;
    }

    private static void WriteRecord(FinishedRun run, Terminal terminal)
    {
        try
        {
            run.Record.Write(run.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The release is out; that nobody can see how fast it was made is no reason to fail.
            terminal.WriteWarning(terminal.Shorten(ReleaseSiblings.RecordOf(run.Folder)), e.Message);
        }
    }
}
