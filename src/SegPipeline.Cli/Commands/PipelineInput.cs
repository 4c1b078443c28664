using System.CommandLine;
using System.CommandLine.Parsing;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;

namespace SegPipeline.Cli.Commands;

/// <summary>What every command that works on a pipeline takes: the file, and values for its parameters.</summary>
internal sealed class PipelineInput
{
    private readonly Func<ParseResult, string[]> _files;

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "set a parameter of the pipeline; may be given several times",
        HelpName = "name=value",
    };

    private PipelineInput(Command command, Argument argument, Func<ParseResult, string[]> files)
    {
        _files = files;
        _set.Validators.Add(CheckSet);
        command.Add(argument);
        command.Add(_set);
    }

    /// <summary>Adds the argument, one pipeline file, and the option to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="description">What the argument is.</param>
    public static PipelineInput AddTo(Command command, string description = "the pipeline file")
    {
        var file = new Argument<string>("pipeline") { Description = description };
        return new PipelineInput(command, file, parsed => [parsed.GetRequiredValue(file)]);
    }

    /// <summary>Adds the argument, one or more pipeline files, and the option to a command.</summary>
    public static PipelineInput AddSeveralTo(Command command)
    {
        var files = new Argument<string[]>("pipelines")
        {
            Description = "the pipeline files",
            Arity = ArgumentArity.OneOrMore,
        };
        return new PipelineInput(command, files, parsed => parsed.GetRequiredValue(files));
    }

    /// <summary>The pipeline file as the user named it.</summary>
    public string FileOf(ParseResult parsed) => _files(parsed)[0];

    /// <summary>The file and the parameters as words of a command line, as the user wrote them.</summary>
    public IEnumerable<string> Words(ParseResult parsed) =>
        [.. _files(parsed), .. (parsed.GetValue(_set) ?? []).SelectMany(setting => (string[])["--set", setting])];

    /// <summary>Loads the pipeline, or everything that is wrong with it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Knows the current folder.</param>
    /// <param name="releaseTo">Where the release goes instead of where the file says; null to go by the file.</param>
    public LoadedPipeline Load(ParseResult parsed, Terminal terminal, string? releaseTo = null)
    {
        var options = new LoadOptions
        {
            Set = Values(parsed),
            ReleaseTo = releaseTo is null ? null : terminal.Resolve(releaseTo),
        };
        return PipelineFile.Load(terminal.Resolve(FileOf(parsed)), options);
    }

    /// <summary>Loads the pipeline, and tells the user about everything that is wrong with it.</summary>
    /// <returns>The pipeline; null when there were problems.</returns>
    public LoadedPipeline? LoadSound(ParseResult parsed, Terminal terminal) =>
        Sound(Load(parsed, terminal), terminal);

    /// <summary>Loads all pipelines, does something with each that is sound, and tells what is wrong with the
    /// others.</summary>
    /// <returns>The first exit code that is not <see cref="ExitCode.Ok"/>.</returns>
    public async Task<ExitCode> ForEachAsync(
        ParseResult parsed, Terminal terminal, Func<LoadedPipeline, Task<ExitCode>> action)
    {
        var options = new LoadOptions { Set = Values(parsed) };
        ExitCode outcome = ExitCode.Ok;
        foreach (string file in _files(parsed))
        {
            LoadedPipeline? pipeline = Sound(PipelineFile.Load(terminal.Resolve(file), options), terminal);
            ExitCode code = pipeline is null ? ExitCode.BadConfig : await action(pipeline).ConfigureAwait(false);
            if (outcome == ExitCode.Ok) outcome = code;
        }
        return outcome;
    }

    private static LoadedPipeline? Sound(LoadedPipeline pipeline, Terminal terminal)
    {
        terminal.WriteProblems(pipeline.Problems);
        return pipeline.Problems.Count == 0 ? pipeline : null;
    }

    private Dictionary<string, string> Values(ParseResult parsed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string setting in parsed.GetValue(_set) ?? [])
        {
            string[] parts = setting.Split('=', 2);
            values[parts[0]] = parts[1];
        }
        return values;
    }

    private static void CheckSet(OptionResult result)
    {
        foreach (Token token in result.Tokens)
            if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                result.AddError($"--set takes name=value, found '{token.Value}'");
    }
}
