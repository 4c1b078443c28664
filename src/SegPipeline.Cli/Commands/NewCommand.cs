using System.CommandLine;
using SegPipeline.Cli.Drafts;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe new</c>: writes a commented pipeline to begin with.</summary>
internal sealed class NewCommand
{
    private readonly Terminal _terminal;
    private readonly NewOptions _options;

    private readonly Option<bool> _force = new("--force") { Description = "replace a file that is there" };

    private readonly Option<bool> _yes = new("--yes", "-y")
    {
        Description = "ask nothing: what no option says is as usual; so too where nobody is at a terminal",
    };

    private NewCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _options = NewOptions.AddTo(command, terminal);
        command.Add(_force);
        command.Add(_yes);
        command.SetAction(async (parsed, cancel) => (int)await WriteAsync(parsed, cancel).ConfigureAwait(false));
    }

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("new", "write a commented pipeline to begin with; asks at a terminal for what no " +
            "option says");
        _ = new NewCommand(command, terminal);
        return command;
    }

    private async Task<ExitCode> WriteAsync(ParseResult parsed, CancellationToken cancel)
    {
        Questions? questions =
            _terminal.IsAnswered && !parsed.GetValue(_yes) ? new Questions(_terminal, cancel) : null;
        bool force = parsed.GetValue(_force);
        PipelineDraft draft = await new NewInterview(_options, parsed, _terminal, questions)
            .DraftAsync(file => force || !Path.Exists(file) ? null : NewFile.RefusalOf(file)).ConfigureAwait(false);
        string shown = _terminal.Shorten(draft.File), text = PipelineText.Of(draft);
        LoadedPipeline loaded = PipelineFile.Parse(text, draft.File);
        if (loaded.Problems.Count > 0)
        {
            _terminal.WriteProblems(loaded.Problems);
            return ExitCode.BadConfig;
        }
        if (!NewFile.MayWrite(draft.File, text, force))
        {
            _terminal.WriteError(shown, NewFile.RefusalOf(draft.File));
            return ExitCode.Usage;
        }
        NewFile.Write(draft.File, text);
        string word = ShellWord.Quoted(shown);
        _terminal.Out.WriteLine($"{shown}: written; next: segpipe check {word} --inputs, segpipe run {word}");
        return ExitCode.Ok;
    }
}
