using System.CommandLine;
using System.CommandLine.Parsing;
using SegPipeline.Cli.Output;
using SegPipeline.Detection;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary>What a command takes that works on any dataset: its path, and what detection is to be told.</summary>
internal sealed class DatasetInput
{
    private readonly Terminal _terminal;
    private readonly Argument<string> _path = new("in")
    {
        Description = "the dataset: a file or folder of any format that a reader knows",
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "the dataset's format, where several would fit, e.g. coco or palette",
    };

    private readonly Option<string[]> _keys = new("--read")
    {
        Description = "set a key of the reader, e.g. ground_truth=FILE; may be given several times",
        HelpName = "key=value",
    };

    private DatasetInput(Command command, Terminal terminal)
    {
        _terminal = terminal;
        command.Add(_path);
        command.Add(_format);
        _keys.Validators.Add(CheckKeys);
        command.Add(_keys);
    }

    /// <summary>Adds the argument and the options to a command.</summary>
    public static DatasetInput AddTo(Command command, Terminal terminal) => new(command, terminal);

    /// <summary>Finds the dataset.</summary>
    /// <exception cref="BadDataException">There is none, or more has to be told.</exception>
    public DetectedDataset Detect(ParseResult parsed)
    {
        DetectedDatasets found = DatasetDetection.Detect(_terminal.Resolve(parsed.GetRequiredValue(_path)));
        string? format = parsed.GetValue(_format);
        Dictionary<string, string> keys = Keys(parsed);
        return keys.Count > 0 ? WithKeys(found.Best(format), keys) : found.Chosen(format);
    }

    /// <summary>The dataset as its reader reads it with further keys; as it was when they do not fit, which whoever
    /// loads the pipeline is told.</summary>
    private DetectedDataset WithKeys(DetectedDataset found, Dictionary<string, string> keys)
    {
        if (found.Reader is null) return found;
        string[] unused = [.. found.Reader.OutputPorts.Skip(1)];
        string reader = StageText.Of(found.Reader, _terminal.CurrentFolder, keys) +
            (unused.Length == 0 ? "" : $", drop: [{string.Join(", ", unused)}]");
        string file = Path.Combine(_terminal.CurrentFolder, "look.yaml");
        LoadedPipeline look = PipelineFile.Parse($$"""
            segpipe: 1
            name: look
            stages:
              dataset: { {{reader}} }
              lines: { write.jsonl: { file: lines.jsonl } }
            release: { to: release }
            """, file);
        return look.Graph?.Nodes[0] is { } node
            ? found with { Reader = (Reader)node.Stage, Nodes = [node], Missing = null }
            : found;
    }

    /// <summary>The keys that the user gives; paths in full.</summary>
    public Dictionary<string, string> Keys(ParseResult parsed) => Keys(parsed, _keys);

    /// <summary>The keys that an option gives, paths in full.</summary>
    public Dictionary<string, string> Keys(ParseResult parsed, Option<string[]> option)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string setting in parsed.GetValue(option) ?? [])
        {
            string[] parts = setting.Split('=', 2);
            string path = _terminal.Resolve(parts[1]);
            keys[parts[0]] = Path.Exists(path) ? path : parts[1];
        }
        return keys;
    }

    /// <summary>Refuses what is no key with a value.</summary>
    public static void CheckKeys(OptionResult result)
    {
        foreach (Token token in result.Tokens)
            if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                result.AddError($"{result.Option.Name} takes key=value, found '{token.Value}'");
    }
}
