using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary>What every command takes that makes a release, or a part of one: the pipeline, where the release goes, how
/// to work, and how to tell of it.</summary>
internal sealed class RunInput
{
    private readonly Terminal _terminal;
    private readonly ReleaseInput _input;
    private readonly RunChoices _choices;

    private RunInput(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _input = ReleaseInput.AddTo(command);
        _choices = RunChoices.AddTo(command, terminal);
    }

    /// <summary>Adds the argument and the options to a command.</summary>
    public static RunInput AddTo(Command command, Terminal terminal) => new(command, terminal);

    /// <summary>How the user wants to hear of it.</summary>
    public IRunReport Report(ParseResult parsed) => _choices.Report(parsed);

    /// <summary>The pipeline and where the release goes as words of a command line, as the user wrote them.</summary>
    public IEnumerable<string> Words(ParseResult parsed) =>
        [.. _input.PipelineWords(parsed), .. _input.ReleaseWords(parsed)];

    /// <summary>How to work.</summary>
    public RunSettings Settings(ParseResult parsed, JournalStart? journal) => _choices.Settings(parsed, journal);

    /// <summary>Loads the pipeline, and tells the user about everything that keeps it from being run.</summary>
    /// <returns>The pipeline; null when it cannot be run, with the exit code for that.</returns>
    public (LoadedPipeline? Pipeline, ExitCode Code) LoadReady(ParseResult parsed, IRunReport report) =>
        RunChoices.Ready(_input.Load(parsed, _terminal), _terminal, report);
}
