using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using SegPipeline.Cli.Converting;
using SegPipeline.Cli.Output;
using SegPipeline.Detection;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Cli.Commands;

/// <summary>What a command takes that works on any dataset: its path, and what detection is to be told.</summary>
internal sealed class DatasetInput
{
    private readonly Terminal _terminal;
    private readonly Argument<string>? _path;

    private readonly Option<string?> _format = new("--format")
    {
        Description = "the dataset's format, where several would fit, e.g. coco or palette",
        HelpName = "format",
    };

    private readonly Option<string?> _split = new("--split")
    {
        Description = "the part to take, where the dataset has several, e.g. train or val; convert takes train,val too",
        HelpName = "name",
    };

    private readonly Option<string[]> _keys = new("--read")
    {
        Description = "set a key of the reader, e.g. ground_truth=FILE; may be given several times",
        HelpName = "key=value",
    };

    private DatasetInput(Command command, Terminal terminal, Argument<string>? path)
    {
        _terminal = terminal;
        _path = path;
        if (path is not null)
        {
            path.Validators.Add(CheckNamed);
            command.Add(path);
        }
        _format.CompletionSources.Add(_ => Formats().Select(f => new CompletionItem(f)));
        command.Add(_format);
        command.Add(_split);
        _keys.Validators.Add(CheckKeys);
        command.Add(_keys);
    }

    /// <summary>Adds the options to a command, and the argument that is the dataset.</summary>
    /// <param name="command">The command.</param>
    /// <param name="terminal">Knows the current folder.</param>
    /// <param name="argument">Name of the argument.</param>
    /// <param name="description">What the argument is.</param>
    public static DatasetInput AddTo(
        Command command, Terminal terminal, string argument = "in",
        string description = "the dataset: a file or folder of any format that a reader knows") =>
        new(command, terminal, new Argument<string>(argument) { Description = description });

    /// <summary>Adds only the options to a command, which has its own way to name datasets.</summary>
    public static DatasetInput AddOptionsTo(Command command, Terminal terminal) => new(command, terminal, path: null);

    /// <summary>The dataset as the user named it.</summary>
    public string PathOf(ParseResult parsed) => parsed.GetRequiredValue(_path!);

    /// <summary>The part of the dataset that is taken; null for all of it.</summary>
    public string? SplitOf(ParseResult parsed) => parsed.GetValue(_split);

    /// <summary>Finds the dataset that the argument names.</summary>
    /// <exception cref="BadDataException">There is none, or more has to be told.</exception>
    /// <exception cref="BadKeysException">A key that <c>--read</c> gives is none of the reader.</exception>
    public DetectedDataset Detect(ParseResult parsed) => Detect(parsed, PathOf(parsed));

    /// <summary>Finds the dataset at a path.</summary>
    /// <exception cref="BadDataException">There is none, or more has to be told.</exception>
    /// <exception cref="BadKeysException">A key that <c>--read</c> gives is none of the reader.</exception>
    public DetectedDataset Detect(ParseResult parsed, string path) => Detect(parsed, path, SplitOf(parsed));

    /// <summary>Finds a part of the dataset that the argument names.</summary>
    /// <exception cref="BadDataException">There is none, or more has to be told.</exception>
    /// <exception cref="BadKeysException">A key that <c>--read</c> gives is none of the reader.</exception>
    public DetectedDataset DetectPart(ParseResult parsed, string split) => Detect(parsed, PathOf(parsed), split);

    private DetectedDataset Detect(ParseResult parsed, string path, string? split)
    {
        DetectedDatasets found = DatasetDetection.Detect(_terminal.Resolve(path));
        Dictionary<string, string> keys = Keys(parsed);
        if (parsed.GetValue(_format) is { } format)
        {
            if (split is null && !found.Has(format) && Told(format, found.Path, keys) is { } told) return told;
            found = found.OfFormat(format);
        }
        if (split is not null) found = found.OfSplit(split);
        return keys.Count > 0 ? WithKeys(found.Best(), keys) : found.Chosen();
    }

    /// <summary>The dataset that a format and the keys of its reader name, where nothing else tells it; null when they
    /// do not either.</summary>
    private DetectedDataset? Told(string format, string path, Dictionary<string, string> keys)
    {
        string name = DetectedDatasets.Short(format);
        if (StageCatalog.Default.Find("read." + name) is not { Recognise: not null } reader ||
            reader.Keys.Any(k => k.IsRequired && !keys.ContainsKey(k.Name))) return null;
        var values = keys.Select(k => $"{k.Key}: " +
            (Path.Exists(k.Value) ? StageText.Path(k.Value, _terminal.CurrentFolder) : k.Value));
        string text = $"{reader.Name}: {{ {string.Join(", ", values)} }}, " +
            $"drop: [{string.Join(", ", reader.Ports.Skip(1))}]";
        return DetectedDataset.Of(name, path, new Recognition(ReaderOf(text), Certainty.WhenNamed, "as --read says"));
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

    /// <summary>Refuses an empty path, as of a variable that is not set: it would be the current folder.</summary>
    public static void CheckNamed(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: "" }]) result.AddError($"<{result.Argument.Name}> is empty; name a path");
    }

    /// <summary>Refuses what is no key with a value.</summary>
    public static void CheckKeys(OptionResult result)
    {
        foreach (Token token in result.Tokens)
            if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                result.AddError($"{result.Option.Name} takes key=value, found '{token.Value}'");
    }

    /// <summary>The dataset as its reader reads it with further keys.</summary>
    private DetectedDataset WithKeys(DetectedDataset found, Dictionary<string, string> keys)
    {
        if (found.Reader is null)
            throw new BadKeysException(_keys.Name, ["a pipeline file says itself how it reads; change it there"]);
        Reader reader = ReaderOf(ReaderText.Of(found.Reader, _terminal.CurrentFolder, keys));
        return found.ReadBy(reader) with { Missing = null };
    }

    private Reader ReaderOf(string text)
    {
        LoadedPipeline look = PipelineFile.Parse($$"""
            segpipe: 1
            name: look
            stages:
              dataset: { {{text}} }
              lines: { write.jsonl: { file: lines.jsonl } }
            release: { to: release }
            """, Path.Combine(_terminal.CurrentFolder, "look.yaml"));
        return look.Graph?.Nodes[0] is { } node ? (Reader)node.Stage : throw BadKeysException.Of(_keys.Name, look);
    }

    private static IEnumerable<string> Formats() => StageCatalog.Default.Stages
        .Where(s => s.Recognise is not null).Select(s => DetectedDatasets.Short(s.Name));
}
