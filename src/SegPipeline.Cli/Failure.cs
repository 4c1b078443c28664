using SegPipeline.Cli.Output;
using SegPipeline.Model;
using SegPipeline.Releases;

namespace SegPipeline.Cli;

/// <summary>Turns what a command threw into messages and an exit code.</summary>
internal static class Failure
{
    /// <summary>The exit code of a failure.</summary>
    public static ExitCode CodeOf(Exception failure) => failure switch
    {
        BadDataException or PathTooLongException or UnauthorizedAccessException => ExitCode.BadData,
        OperationCanceledException => ExitCode.Cancelled,
        ReleaseLockedException or IOException or OutOfMemoryException => ExitCode.Temporary,
        _ => ExitCode.Fault,
    };

    /// <summary>Tells the user about a failure.</summary>
    public static ExitCode Report(Exception failure, Terminal terminal)
    {
        switch (failure)
        {
            case BadDataException bad:
                foreach (Problem problem in bad.Problems) terminal.WriteProblem(problem);
                break;
            case ReleaseLockedException locked:
                terminal.WriteProblem(locked.Problem);
                break;
            case OperationCanceledException:
                terminal.Error.WriteLine("segpipe: cancelled");
                break;
            case OutOfMemoryException:
                terminal.WriteError("", "there is not enough memory; try a smaller --memory or fewer --workers");
                break;
            case IOException or UnauthorizedAccessException:
                terminal.WriteError("", failure.Message);
                break;
            default:
                ReportFault(failure, terminal);
                break;
        }
        return CodeOf(failure);
    }

    private static void ReportFault(Exception failure, Terminal terminal)
    {
        terminal.WriteError("", "this is a fault of segpipe, not of your data or your pipeline");
        terminal.Error.WriteLine(failure);
        terminal.Error.WriteLine(
            $"Please report it with the lines above, the pipeline file and the version: segpipe {Segpipe.Version}.");
    }
}
