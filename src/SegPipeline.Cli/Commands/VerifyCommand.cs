using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Model;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe verify</c>: checks a release against its manifest and checksums.</summary>
internal static class VerifyCommand
{
    private const int MostShown = 100;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("release") { Description = "folder of the release" };
        var command = new Command("verify", "check that a release is complete and unchanged") { folder };
        command.SetAction((parsed, cancel) =>
            Task.FromResult((int)Verify(parsed.GetRequiredValue(folder), terminal, cancel)));
        return command;
    }

    private static ExitCode Verify(string folder, Terminal terminal, CancellationToken cancel)
    {
        ReleaseVerdict verdict = ReleaseCheck.Verify(terminal.Resolve(folder), cancel);
        foreach (Problem finding in verdict.Findings.Take(MostShown))
            terminal.WriteProblem(finding with { File = Path.Combine(folder, finding.File ?? "") });
        string size = $"{Quantity.Count(verdict.Files, "file")}, {Quantity.Bytes(verdict.Bytes)}";
        if (verdict.Findings.IsEmpty)
        {
            terminal.Out.WriteLine($"{folder}: complete and unchanged ({size})");
            return ExitCode.Ok;
        }
        string more = verdict.Findings.Length > MostShown ? $", the first {MostShown} shown" : "";
        terminal.Error.WriteLine($"{folder}: {Quantity.Count(verdict.Findings.Length, "finding")}{more} ({size})");
        return ExitCode.BadData;
    }
}
