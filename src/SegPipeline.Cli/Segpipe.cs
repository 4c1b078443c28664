using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Runtime.InteropServices;
using SegPipeline.Cli.Commands;
using SegPipeline.Cli.Output;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Cli;

/// <summary>The command <c>segpipe</c>.</summary>
internal static class Segpipe
{
    /// <summary>Version and commit of this program.</summary>
    public static string Version { get; } = typeof(Segpipe).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The program for people: its version, the commit it was built from, the runtime it runs on.</summary>
    public static string Description { get; } = Describe(ToolVersion.Parse(Version));

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancel">Cancelled when the user wants the command to end.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(string[] args, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            ParseResult parsed = Root(terminal).Parse(args);
            if (parsed.Action is ParseErrorAction) return (int)ReportUsage(parsed, terminal);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return (int)Failure.Report(e, terminal);
        }
    }

    /// <summary>What is wrong with a command line; empty when it can be run.</summary>
    internal static string[] FaultsOf(string[] args) =>
        [.. Root(Terminal.OfProcess()).Parse(args).Errors.Select(e => e.Message)];

    /// <summary>The command with all others below it.</summary>
    internal static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            "Builds segmentation dataset releases from pipelines written in YAML. The same bytes every time.\n\n" +
            "Exit codes: 0 ok, 1 fault of segpipe, 2 usage, 65 bad data, 75 try again later, 78 bad pipeline, " +
            "130 cancelled (to be resumed).")
        {
            RunCommand.Create(terminal),
            RunCommand.CreateResume(terminal),
            RunCommand.CreateReplay(terminal),
            CheckCommand.Create(terminal),
            PlanCommand.Create(terminal),
            GraphCommand.Create(terminal),
            DiffCommand.Create(terminal),
            ConfigCommand.Create(terminal),
            TestCommand.Create(terminal),
            ConvertCommand.Create(terminal),
            NewCommand.Create(terminal),
            StagesCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            ShardCommand.Create(terminal),
            MergeCommand.Create(terminal),
            ExportCommand.Create(terminal),
            InspectCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            ViewCommand.Create(terminal),
            ChecksumCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            ScheduleCommand.Create(terminal),
            HistoryCommand.Create(terminal),
        };
        // The one that comes with the library tells the version of whatever program is running, in tests another.
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(terminal);
        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return (int)ExitCode.Usage;
        });
        return root;
    }

    // The words that an argument takes come one a line.
    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Describe(ToolVersion tool) =>
        $"segpipe {tool.Version} ({tool.Commit ?? "no commit"}), " +
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";

    private static ExitCode ReportUsage(ParseResult parsed, Terminal terminal)
    {
        // What stands behind a word that is no command is not wrong; nobody knows yet.
        bool wantsCommand = parsed.CommandResult.Command.Subcommands.Count > 0;
        string? noCommand = wantsCommand && parsed.UnmatchedTokens is [var word, ..] ? word : null;
        foreach (ParseError error in parsed.Errors)
            if (noCommand is null || error.Message.Contains($"'{noCommand}'", StringComparison.Ordinal))
                terminal.WriteError("", Sentence(error, parsed));
        terminal.Error.WriteLine($"See '{PathOf(parsed.CommandResult)} --help'.");
        return ExitCode.Usage;
    }

    private static string Sentence(ParseError error, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] known = [.. command.Subcommands.Select(c => c.Name), .. command.Options.Select(o => o.Name)];
        string? unknown = parsed.UnmatchedTokens
            .FirstOrDefault(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal));
        string? hint = unknown is null ? null : DidYouMean.Hint(unknown.Split('=')[0], known);
        string sentence = OnOneLine(error.Message);
        return hint is null ? sentence : $"{sentence.TrimEnd('.')}; {hint}";
    }

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "segpipe";

    private sealed class ShowVersion(Terminal terminal) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.WriteLine(Description);
            return (int)ExitCode.Ok;
        }
    }
}
