using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe run</c>: runs a pipeline into its release.</summary>
internal sealed class RunCommand
{
    private readonly Terminal _terminal;
    private readonly RunInput _input;

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "go on where an interrupted run ended; begins anew when there is none",
    };

    private readonly Option<bool> _noJournal = new("--no-journal")
    {
        Description = "keep no journal: the run cannot be resumed",
    };

    private readonly Option<bool> _twice = new("--twice")
    {
        Description = "run twice, slowly and widely, and publish only when both made the same bytes; " +
            "else name the first chunk, port and sample that differ",
    };

    private readonly bool _resumes;
    private readonly bool _replays;

    private RunCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _resumes = command.Name == "resume";
        _replays = command.Name == "replay";
        _input = RunInput.AddTo(command, terminal);
        if (!_resumes && !_replays)
        {
            command.Add(_resume);
            command.Add(_noJournal);
            command.Add(_twice);
            command.Validators.Add(result =>
            {
                if (result.GetValue(_resume) && result.GetValue(_noJournal))
                    result.AddError("--resume needs the journal that --no-journal forgoes");
                if (result.GetValue(_resume) && result.GetValue(_twice))
                    result.AddError("--twice compares two whole runs, so it cannot --resume one");
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

    /// <summary>The command <c>replay</c>: a run that takes from the run before what cannot have changed.</summary>
    public static Command CreateReplay(Terminal terminal)
    {
        var command = new Command("replay", "after bad data was corrected, run just what a run rejected and merge it " +
            "into the release; the result is that of a whole run");
        _ = new RunCommand(command, terminal);
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        IRunReport report = _input.Report(parsed);
        (LoadedPipeline? pipeline, ExitCode code) = _input.LoadReady(parsed, report);
        if (pipeline is null) return code;
        if (_replays && !File.Exists(ReleaseSiblings.JournalOf(pipeline.ReleaseFolder!)))
            throw NothingToReplay(pipeline.ReleaseFolder!);
        if (!_resumes && !_replays && parsed.GetValue(_twice))
            return await RunTwiceAsync(pipeline, _input.Settings(parsed, journal: null), report, cancel)
                .ConfigureAwait(false);
        return await RunAsync(pipeline, _input.Settings(parsed, JournalOf(parsed)), report, ResumeLine(parsed), cancel)
            .ConfigureAwait(false);
    }

    private async Task<ExitCode> RunAsync(
        LoadedPipeline pipeline, RunSettings settings, IRunReport report, string resumeLine, CancellationToken cancel)
    {
        var execution = new PipelineExecution(pipeline, settings, _terminal.Clock);
        string reused = "";
        ExitCode code = await report.TellAsync(pipeline, _terminal, async progress =>
        {
            FinishedRun run = await execution.RunAsync(progress, cancel).ConfigureAwait(false);
            reused = Reused(run.Result);
            return run;
        }, _ => execution.IsResumable ? ["resume with: " + resumeLine] : []).ConfigureAwait(false);
        if (_replays && code == ExitCode.Ok) _terminal.Error.WriteLine(reused);
        return code;
    }

    private async Task<ExitCode> RunTwiceAsync(
        LoadedPipeline pipeline, RunSettings settings, IRunReport report, CancellationToken cancel)
    {
        var execution = new TwiceExecution(pipeline, settings, _terminal.Clock);
        ExitCode code = await report.TellAsync(
            pipeline, _terminal, progress => execution.RunAsync(progress, cancel), _ => []).ConfigureAwait(false);
        if (code == ExitCode.Ok) _terminal.Error.WriteLine($"same bytes in two runs: {execution.Settings}");
        return code;
    }

    private JournalStart? JournalOf(ParseResult parsed)
    {
        if (_replays) return JournalStart.Replay;
        if (_resumes || parsed.GetValue(_resume)) return JournalStart.Resume;
        return parsed.GetValue(_noJournal) ? null : JournalStart.Anew;
    }

    private static string Reused(RunResult result) => result.NothingReused is { } why
        ? $"replay: everything was run again, as {why}"
        : $"replay: {Quantity.Count(result.ChunksReused)} of {Quantity.Count(result.Chunks, "chunk")} " +
            "were taken from the run before";

    private BadDataException NothingToReplay(string release) =>
        new(new Problem("NOTHING_TO_REPLAY", "the run that made the release kept no journal: " +
            (Directory.Exists(release) ? "it rejected nothing, or was told to keep none" : "there is no release"))
        {
            File = _terminal.Shorten(release),
            Remedy = "run the whole pipeline: segpipe run",
        });

    /// <summary>The command line that goes on with this run: the same options, whatever they were.</summary>
    private string ResumeLine(ParseResult parsed)
    {
        IEnumerable<string> words = parsed.Tokens.Select(token => token.Value).Where(word => word != _resume.Name);
        return "segpipe run --resume " + string.Join(' ', words.Skip(1).Select(ShellWord.Quoted));
    }
}
