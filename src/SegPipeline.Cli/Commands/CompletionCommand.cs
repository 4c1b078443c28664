using System.CommandLine;
using SegPipeline.Cli.Completion;
using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe completion</c>: what makes a shell complete the words of this command.</summary>
internal static class CompletionCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion",
            "print a script by which a shell completes segpipe: source <(segpipe completion bash)") { shell };
        command.SetAction(parsed =>
        {
            IShellDialect dialect = parsed.GetRequiredValue(shell) == "bash" ? new BashDialect() : new ZshDialect();
            terminal.Out.Write(CompletionScript.Of(CommandWords.Of(Segpipe.Root(terminal)), dialect));
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
