using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary>What every command takes that makes a release or prepares for one: the pipeline, and where the release
/// goes.</summary>
internal sealed class ReleaseInput
{
    private readonly PipelineInput _pipeline;

    private readonly Option<string?> _to = new("--to")
    {
        Description = "write the release here instead of where the pipeline says",
        HelpName = "folder",
    };

    private ReleaseInput(Command command)
    {
        _pipeline = PipelineInput.AddTo(command);
        command.Add(_to);
    }

    /// <summary>Adds the argument and the options to a command.</summary>
    public static ReleaseInput AddTo(Command command) => new(command);

    /// <summary>Loads the pipeline, or everything that is wrong with it.</summary>
    public LoadedPipeline Load(ParseResult parsed, Terminal terminal) =>
        _pipeline.Load(parsed, terminal, parsed.GetValue(_to));

    /// <summary>The pipeline file and its parameters as words of a command line, as the user wrote them.</summary>
    public IEnumerable<string> PipelineWords(ParseResult parsed) => _pipeline.Words(parsed);

    /// <summary>Where the release goes as words of a command line; none when the pipeline says.</summary>
    public IEnumerable<string> ReleaseWords(ParseResult parsed) =>
        parsed.GetValue(_to) is { } to ? [_to.Name, to] : [];
}
