using SegPipeline.Cli;
using SegPipeline.Cli.Output;

namespace SegPipeline.Tests.Cli;

/// <summary>What a command line did, run within this process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">What it wrote to the standard output.</param>
/// <param name="Error">What it wrote to the standard error.</param>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Lines of <see cref="Error"/>.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lines of <see cref="Out"/>.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line in a folder.</summary>
    public static Task<CliRun> InAsync(string folder, params string[] args) => InAsync(folder, default, args);

    /// <summary>Runs a command line that is cancelled by a token.</summary>
    public static async Task<CliRun> InAsync(string folder, CancellationToken cancel, params string[] args)
    {
        var terminal = Captured();
        int code = await Segpipe.InvokeAsync(args, terminal with { CurrentFolder = folder }, cancel);
        return new CliRun(code, terminal.Out.ToString()!, terminal.Error.ToString()!);
    }

    /// <summary>A terminal that keeps what is written to it.</summary>
    public static Terminal Captured() => new(new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
}
