using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines;

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

    private readonly bool _resumes;

    private RunCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _resumes = command.Name == "resume";
        _input = RunInput.AddTo(command, terminal);
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
        IRunReport report = _input.Report(parsed);
        (LoadedPipeline? pipeline, ExitCode code) = _input.LoadReady(parsed, report);
        if (pipeline is null) return code;
        return await RunAsync(pipeline, _input.Settings(parsed, JournalOf(parsed)), report, ResumeLine(parsed), cancel)
            .ConfigureAwait(false);
    }

    private async Task<ExitCode> RunAsync(
        LoadedPipeline pipeline, RunSettings settings, IRunReport report, string resumeLine, CancellationToken cancel)
    {
        var execution = new PipelineExecution(pipeline, settings, _terminal.Clock);
        return await report.TellAsync(pipeline, _terminal, progress => execution.RunAsync(progress, cancel),
            () => execution.IsResumable ? "resume with: " + resumeLine : null).ConfigureAwait(false);
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
        return "segpipe run --resume " + string.Join(' ', words.Skip(1).Select(ShellWord.Quoted));
    }
}
