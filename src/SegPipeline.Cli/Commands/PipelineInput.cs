using System.CommandLine;
using System.CommandLine.Parsing;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;

namespace SegPipeline.Cli.Commands;

/// <summary>What every command that works on a pipeline takes: the file, and values for its parameters.</summary>
internal sealed class PipelineInput
{
    private readonly Argument<string> _file = new("pipeline") { Description = "the pipeline file" };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "set a parameter of the pipeline; may be given several times",
        HelpName = "name=value",
    };

    private PipelineInput() => _set.Validators.Add(CheckSet);

    /// <summary>Adds the argument and the option to a command.</summary>
    public static PipelineInput AddTo(Command command)
    {
        var input = new PipelineInput();
        command.Add(input._file);
        command.Add(input._set);
        return input;
    }

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
        return PipelineFile.Load(terminal.Resolve(parsed.GetRequiredValue(_file)), options);
    }

    /// <summary>Loads the pipeline, and tells the user about everything that is wrong with it.</summary>
    /// <returns>The pipeline; null when there were problems.</returns>
    public LoadedPipeline? LoadSound(ParseResult parsed, Terminal terminal)
    {
        LoadedPipeline pipeline = Load(parsed, terminal);
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
