using System.Buffers;
using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Progress;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe run</c>: runs a pipeline into its release.</summary>
internal sealed class RunCommand
{
    /// <summary>What a shell would not take as it stands.</summary>
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create(" '\"\\$&|;<>()*?[]#~`\t\n");

    private readonly Terminal _terminal;
    private readonly PipelineInput _input;

    private readonly Option<string?> _to = new("--to")
    {
        Description = "write the release here instead of where the pipeline says",
        HelpName = "folder",
    };

    private readonly Option<int> _workers = PositiveNumber("--workers",
        "chunks to work on at once; changes the speed, never the result", Environment.ProcessorCount);

    private readonly Option<int> _window = PositiveNumber("--window",
        "most chunks between their start and their turn to be written", 4 * Environment.ProcessorCount);

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

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "go on where an interrupted run ended; begins anew when there is none",
    };

    private readonly Option<bool> _noJournal = new("--no-journal")
    {
        Description = "keep no journal: the run cannot be resumed",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "tell progress and outcome as JSON, one object a line",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "tell only warnings and errors" };

    private readonly bool _resumes;

    private RunCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _resumes = command.Name == "resume";
        _input = PipelineInput.AddTo(command);
        foreach (Option option in (Option[])[_to, _workers, _window, _memory, _json, _quiet]) command.Add(option);
        if (!_resumes)
        {
            command.Add(_resume);
            command.Add(_noJournal);
            command.Validators.Add(result =>
            {
                if (result.GetValue(_resume) && result.GetValue(_noJournal))
                    result.AddError("--resume needs the journal that --no-journal forgoes");
            });
        }
        command.SetAction(async (parsed, cancel) => (int)await RunAsync(parsed, cancel).ConfigureAwait(false));
    }

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("run", "run a pipeline and publish its release");
        _ = new RunCommand(command, terminal);
        return command;
    }

    /// <summary>The command <c>resume</c>, short for <c>run --resume</c>.</summary>
    public static Command CreateResume(Terminal terminal)
    {
        var command = new Command("resume", "go on with a run that was interrupted; short for run --resume");
        _ = new RunCommand(command, terminal);
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        IRunReport report = parsed.GetValue(_json) ? new RunEvents(_terminal)
            : parsed.GetValue(_quiet) ? new QuietReport(_terminal)
            : new RunReport(_terminal);
        LoadedPipeline pipeline = _input.Load(parsed, _terminal, parsed.GetValue(_to));
        if (pipeline.Problems.Count > 0) return Refuse(ExitCode.BadConfig, pipeline.Problems, report);
        if (pipeline.ReleaseFolder is null) return Refuse(ExitCode.BadConfig, [WritesNothing(pipeline)], report);
        if (pipeline.CheckInputs() is { Count: > 0 } missing) return Refuse(ExitCode.BadData, missing, report);
        var settings = new RunSettings(
            parsed.GetValue(_workers), parsed.GetValue(_window), parsed.GetValue(_memory) ?? 256L << 20,
            JournalOf(parsed));
        return await RunAsync(pipeline, settings, report, ResumeLine(parsed), cancel).ConfigureAwait(false);
    }

    private async Task<ExitCode> RunAsync(
        LoadedPipeline pipeline, RunSettings settings, IRunReport report, string resumeLine, CancellationToken cancel)
    {
        FinishedRun run;
        var execution = new PipelineExecution(pipeline, settings, _terminal.Clock);
        try
        {
            using var display = new ProgressDisplay(report.ProgressView, _terminal.Clock);
            run = await execution.RunAsync(display.Report, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ExitCode code = Failure.Report(e, _terminal);
            _terminal.Error.WriteLine(Directory.Exists(pipeline.ReleaseFolder)
                ? $"{_terminal.Shorten(pipeline.ReleaseFolder)} is as it was before this run."
                : "Nothing was released.");
            if (execution.IsResumable) _terminal.Error.WriteLine("resume with: " + resumeLine);
            report.Failed(code, Failure.ProblemsOf(e).Select(p => p.ToString()));
            return code;
        }
        WriteRecord(run);
        report.Finished(pipeline, run);
        return ExitCode.Ok;
    }

    private JournalStart? JournalOf(ParseResult parsed)
    {
        if (_resumes || parsed.GetValue(_resume)) return JournalStart.Resume;
        return parsed.GetValue(_noJournal) ? null : JournalStart.Anew;
    }

    /// <summary>The command line that goes on with this run: the same options, whatever they were.</summary>
    private string ResumeLine(ParseResult parsed)
    {
        IEnumerable<string> words = parsed.Tokens.Select(token => token.Value).Where(word => word != _resume.Name);
        return "segpipe run --resume " + string.Join(' ', words.Skip(1).Select(Quoted));
    }

    private static string Quoted(string word) => word.AsSpan().ContainsAny(ShellCharacters)
        ? "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"
        : word;

    private void WriteRecord(FinishedRun run)
    {
        try
        {
            run.Record.Write(run.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The release is out; that nobody can see how fast it was made is no reason to fail.
            _terminal.WriteWarning(_terminal.Shorten(RunRecord.PathFor(run.Folder)), e.Message);
        }
    }

    private ExitCode Refuse(ExitCode code, IReadOnlyList<ConfigProblem> problems, IRunReport report)
    {
        _terminal.WriteProblems(problems);
        report.Failed(code, problems.Select(p => p.ToString()));
        return code;
    }

    private static ConfigProblem WritesNothing(LoadedPipeline pipeline) =>
        new(pipeline.File, 1, 1, "the pipeline has no stage that writes, so there is nothing to release");

    private static Option<int> PositiveNumber(string name, string description, int standard)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} takes a number above 0, found '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
