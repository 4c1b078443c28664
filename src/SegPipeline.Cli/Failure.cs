using SegPipeline.Cli.Commands;
using SegPipeline.Cli.Output;
using SegPipeline.Engine.Tracing;
using SegPipeline.Model;
using SegPipeline.Releases;

namespace SegPipeline.Cli;

/// <summary>Turns what a command threw into messages and an exit code.</summary>
internal static class Failure
{
    /// <summary>Tells the user about a failure.</summary>
    /// <returns>The exit code.</returns>
    public static ExitCode Report(Exception failure, Terminal terminal)
    {
        foreach (Problem problem in ProblemsOf(failure)) terminal.WriteProblem(problem);
        if (failure is UsageException) terminal.WriteError("", failure.Message);
        ExitCode code = CodeOf(failure);
        if (code == ExitCode.Cancelled) terminal.Error.WriteLine("segpipe: cancelled");
        if (code != ExitCode.Fault) return code;
        // What stages did is of no help where two runs of them differ.
        if (failure is not RunsDifferException) terminal.Error.WriteLine(failure);
        terminal.Error.WriteLine(
            $"Please report it with the lines above, the pipeline file and the version: segpipe {Segpipe.Version}.");
        return code;
    }

    /// <summary>What is wrong, in terms that say what to do; nothing for what the user did on purpose.</summary>
    public static IReadOnlyList<Problem> ProblemsOf(Exception failure) => failure switch
    {
        BadDataException bad => bad.Problems,
        BadKeysException keys => keys.Problems,
        UsageException => [],
        ReleaseLockedException locked => [locked.Problem],
        RunsDifferException differ => [new Problem("RUNS_DIFFER", differ.Message)
        {
            Remedy = "a stage depends on more than its input, or its data was changed meanwhile",
        }],
        OperationCanceledException => [],
        OutOfMemoryException => [new Problem("OUT_OF_MEMORY", "there is not enough memory")
        {
            Remedy = "try a smaller --memory or fewer --workers",
        }],
        IOException or UnauthorizedAccessException => [new Problem("FILE_SYSTEM", failure.Message)],
        _ => [new Problem("FAULT", "this is a fault of segpipe, not of your data or your pipeline")],
    };

    /// <summary>The exit code that a failure ends with.</summary>
    public static ExitCode CodeOf(Exception failure) => failure switch
    {
        BadDataException { Problems: [{ Code: InputDigests.Changed }] } => ExitCode.Temporary,
        BadDataException or PathTooLongException or UnauthorizedAccessException => ExitCode.BadData,
        BadKeysException => ExitCode.BadConfig,
        UsageException => ExitCode.Usage,
        OperationCanceledException => ExitCode.Cancelled,
        ReleaseLockedException or IOException or OutOfMemoryException => ExitCode.Temporary,
        _ => ExitCode.Fault,
    };
}
