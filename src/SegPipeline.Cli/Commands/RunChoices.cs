using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary>What every command takes that runs something: how to work, and how to tell of it.</summary>
internal sealed class RunChoices
{
    private readonly Terminal _terminal;

    private readonly Option<int> _workers = Numbers.Above(0, "--workers",
        "chunks to work on at once; changes the speed, never the result", Environment.ProcessorCount);

    private readonly Option<int> _window = Numbers.Above(0, "--window",
        "most chunks between their start and their turn to be written", new WorkOptions().Window);

    private readonly Option<long?> _memory = new("--memory")
    {
        Description = "memory for chunks being worked on, e.g. 512M or 2G; 256M unless told",
        HelpName = "size",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Quantity.ParseBytes(text) is { } bytes) return bytes;
            result.AddError($"--memory takes a size such as 512M or 2G, found '{text}'");
            return null;
        },
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "tell progress and outcome as JSON, one object a line",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "tell only warnings and errors" };

    private RunChoices(Command command, Terminal terminal)
    {
        _terminal = terminal;
        foreach (Option option in (Option[])[_workers, _window, _memory, _json, _quiet]) command.Add(option);
    }

    /// <summary>Adds the options to a command.</summary>
    public static RunChoices AddTo(Command command, Terminal terminal) => new(command, terminal);

    /// <summary>How the user wants to hear of it.</summary>
    public IRunReport Report(ParseResult parsed) => parsed.GetValue(_json) ? new RunEvents(_terminal)
        : parsed.GetValue(_quiet) ? new QuietReport(_terminal)
        : new RunReport(_terminal);

    /// <summary>How to work.</summary>
    public RunSettings Settings(ParseResult parsed, JournalStart? journal) => new(
        parsed.GetValue(_workers), parsed.GetValue(_window), parsed.GetValue(_memory) ?? 256L << 20, journal);

    /// <summary>Tells the user about everything that keeps a pipeline from being run.</summary>
    /// <returns>The pipeline; null when it cannot be run, with the exit code for that.</returns>
    public static (LoadedPipeline? Pipeline, ExitCode Code) Ready(
        LoadedPipeline pipeline, Terminal terminal, IRunReport report)
    {
        if (pipeline.Problems.Count > 0) return Refuse(ExitCode.BadConfig, pipeline.Problems, terminal, report);
        if (pipeline.ReleaseFolder is null)
            return Refuse(ExitCode.BadConfig, [WritesNothing(pipeline)], terminal, report);
        if (pipeline.CheckInputs() is { Count: > 0 } missing)
            return Refuse(ExitCode.BadData, missing, terminal, report);
        return (pipeline, ExitCode.Ok);
    }

    private static (LoadedPipeline?, ExitCode) Refuse(
        ExitCode code, IReadOnlyList<ConfigProblem> problems, Terminal terminal, IRunReport report)
    {
        terminal.WriteProblems(problems);
        report.Failed(code, problems.Select(p => p.ToString()));
        return (null, code);
    }

    /// <summary>What is wrong with a pipeline that has no release.</summary>
    public static ConfigProblem WritesNothing(LoadedPipeline pipeline) =>
        new(pipeline.File, 1, 1, "the pipeline has no stage that writes, so there is nothing to release");
}
