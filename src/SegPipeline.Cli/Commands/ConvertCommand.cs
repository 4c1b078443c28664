using System.CommandLine;
using SegPipeline.Cli.Converting;
using SegPipeline.Cli.Drafts;
using SegPipeline.Cli.Output;
using SegPipeline.Detection;
using SegPipeline.Engine.Journal;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Stages;
using SegPipeline.Transforms;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe convert</c>: a dataset of one format becomes one of another, without a pipeline file.</summary>
internal sealed class ConvertCommand
{
    private readonly Terminal _terminal;
    private readonly RunChoices _choices;
    private readonly DatasetInput _input;
    private readonly Argument<string> _out = new("out") { Description = "folder of the release that is made" };

    private readonly Option<string?> _to = new("--to")
    {
        Description = "format to write; else what the name of the folder ends in, e.g. out-yolo",
    };

    private readonly Option<string?> _photos = new("--photos")
    {
        Description = "how photos get into the release; hardlink where they were found, unless told",
    };

    private readonly Option<string[]> _write = new("--write")
    {
        Description = "set a key of the writer, e.g. ids=dense; may be given several times",
        HelpName = "key=value",
    };

    private readonly Option<string?> _save = new("--save-pipeline")
    {
        Description = "write the pipeline that does the same, with comments",
        HelpName = "file",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "let --save-pipeline replace a file that is there",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "go on where an interrupted run ended; begins anew when there is none",
    };

    private ConvertCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _input = DatasetInput.AddTo(command, terminal);
        _to.AcceptOnlyFromAmong([.. ConversionTarget.All.Select(t => t.Format)]);
        _photos.AcceptOnlyFromAmong(PhotoChoice.Words);
        _out.Validators.Add(DatasetInput.CheckNamed);
        command.Add(_out);
        _write.Validators.Add(DatasetInput.CheckKeys);
        foreach (Option option in (Option[])[_to, _photos, _write, _save, _force, _resume]) command.Add(option);
        _choices = RunChoices.AddTo(command, terminal);
        command.SetAction(async (parsed, cancel) => (int)await ConvertAsync(parsed, cancel).ConfigureAwait(false));
    }

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("convert", "convert a dataset into another format");
        _ = new ConvertCommand(command, terminal);
        return command;
    }

    private async Task<ExitCode> ConvertAsync(ParseResult parsed, CancellationToken cancel)
    {
        string release = _terminal.Resolve(parsed.GetRequiredValue(_out));
        string source = _terminal.Resolve(_input.PathOf(parsed));
        if ($"{source}/".StartsWith(release.TrimEnd('/') + "/", StringComparison.Ordinal))
            return Refuse(parsed.GetRequiredValue(_out),
                "what is to be converted lies in it and would be replaced; name another folder");
        string? format = parsed.GetValue(_to);
        if ((format is null ? ConversionTarget.AtEndOf(Path.GetFileName(release)) : ConversionTarget.Find(format))
            is not { } target) return Refuse(parsed.GetRequiredValue(_out), "say with --to which format to write: " +
            string.Join(", ", ConversionTarget.All.Select(t => t.Format)));
        string? saved = parsed.GetValue(_save);
        string file = _terminal.Resolve(saved ?? Path.GetFileName(release) + ".yaml");
        DraftPart[] parts = Parts(parsed, target);
        DraftPart first = parts[0];
        string text = PipelineText.Of(new PipelineDraft(file, release, PipelineTask.Convert, first.Input)
        {
            Conversion = first.Conversion,
            ConvertedParts = [.. parts],
            Part = _input.SplitOf(parsed),
            WriterKeys = _input.Keys(parsed, _write),
            Photos = parsed.GetValue(_photos),
        });
        if (saved is not null && !NewFile.MayWrite(file, text, parsed.GetValue(_force)))
            return Refuse(saved, NewFile.RefusalOf(file));
        LoadedPipeline loaded = PipelineFile.Parse(text, file);
        // There is no file to name a place in.
        if (saved is null && loaded.Problems.Count > 0) throw BadKeysException.Of(_write.Name, loaded);
        return await RunAsync(parsed, parts, loaded, saved is null ? null : text, cancel).ConfigureAwait(false);
    }

    /// <summary>What is converted: the dataset, or several parts of it that are kept apart.</summary>
    private DraftPart[] Parts(ParseResult parsed, ConversionTarget target)
    {
        string[] names = _input.SplitOf(parsed)?.Split(',') ?? [];
        if (names.Length < 2) return [Part("", _input.Detect(parsed))];
        foreach (string name in names)
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                throw new UsageException(
                    $"--split takes names of letters and digits, parted by commas, found '{name}'");
        if (SplitName.FirstSame(names) is var (one, same))
            throw new UsageException($"--split takes each part once; '{one}' and '{same}' are the same part");
        DraftPart[] parts = [.. names.Select(name => Part(name, _input.DetectPart(parsed, name)))];
        CheckCategories(parts);
        return parts;

        DraftPart Part(string name, DetectedDataset source)
        {
            var conversion = Conversion.Plan(source, target);
            return new DraftPart(name, DraftInput.Found(source, _input.Keys(parsed)), conversion);
        }
    }

    // Formats number classes by their place in the list, which must be one for all parts.
    private static void CheckCategories(DraftPart[] parts)
    {
        DatasetInfo[] infos = [.. parts.Select(InfoOf)];
        for (int i = 1; i < parts.Length; i++)
        {
            SameTaxonomy.Check(infos[0], infos[i], $"the images of {parts[0].Name}", $"those of {parts[i].Name}");
            SameTaxonomy.Check(infos[i], infos[0], $"the images of {parts[i].Name}", $"those of {parts[0].Name}");
        }
    }

    private static DatasetInfo InfoOf(DraftPart part)
    {
        using OpenDataset opened = part.Input.Reader.Open(new StageContext(part.Name, 0));
        return opened.Info;
    }

    private async Task<ExitCode> RunAsync(
        ParseResult parsed, DraftPart[] parts, LoadedPipeline loaded, string? saved, CancellationToken cancel)
    {
        IRunReport report = _choices.Report(parsed);
        (LoadedPipeline? pipeline, ExitCode code) = RunChoices.Ready(loaded, _terminal, report);
        if (pipeline is null) return code;
        if (saved is not null) NewFile.Write(loaded.File, saved);
        if (report is RunReport) Array.ForEach(parts, part => Tell(part.Conversion, parsed.GetValue(_photos)));
        var settings = _choices.Settings(parsed, parsed.GetValue(_resume) ? JournalStart.Resume : JournalStart.Anew);
        var execution = new PipelineExecution(pipeline, settings, _terminal.Clock);
        return await report.TellAsync(pipeline, _terminal, progress => execution.RunAsync(progress, cancel),
            failure => Advice(failure, execution, parsed, parts)).ConfigureAwait(false);
    }

    private IEnumerable<string> Advice(
        Exception failure, PipelineExecution execution, ParseResult parsed, DraftPart[] parts)
    {
        IReadOnlyList<Problem> problems = [.. Failure.ProblemsOf(failure)];
        if (problems.Any(p => p.Code == "MEDIA_MISSING") &&
            MissingPhotos.In(parts.Select(part => part.Input.Reader)) is { } missing) yield return missing;
        if (problems.Any(p => p.Code is "MEDIA_MISSING" or "NO_PICTURE"))
            yield return $"With {_photos.Name} none it is done without photos.";
        if (problems.Any(p => AsksForKey(p.Remedy)))
            yield return
                $"Keys of the writer are set with {_write.Name} KEY=VALUE, those of the reader with --read KEY=VALUE.";
        if (execution.IsResumable) yield return "resume with: " + ResumeLine(parsed);
    }

    /// <summary>True when a stage says which of its keys to set; here they stand in no file.</summary>
    internal static bool AsksForKey(string? remedy) => remedy is not null &&
        (remedy.StartsWith("set ", StringComparison.Ordinal) || remedy.Contains(" set ", StringComparison.Ordinal));

    private void Tell(Conversion conversion, string? photos)
    {
        DetectedDataset source = conversion.Source;
        _terminal.Out.WriteLine($"{_terminal.Shorten(source.Path)}: {source.Format} ({source.Why})");
        foreach (ConversionStep step in conversion.Steps)
            _terminal.Out.WriteLine($"  {step.Yaml[..step.Yaml.IndexOf(':', StringComparison.Ordinal)]}: {step.Why}");
        if (photos is null && conversion.Target.PhotoKey is not null &&
            PhotoChoice.MissingKey(source.Reader!) is { } key)
            _terminal.Out.WriteLine($"  no photos were found; --read {key}=FOLDER brings them along");
        if (!conversion.Target.KeepsAll)
            _terminal.Out.WriteLine($"  write.{conversion.Target.Format}: not kept: {conversion.Target.Loses}");
    }

    private string ResumeLine(ParseResult parsed) => "segpipe convert --resume " + string.Join(' ',
        parsed.Tokens.Select(token => token.Value).Where(word => word != _resume.Name).Skip(1)
            .Select(ShellWord.Quoted));

    private ExitCode Refuse(string place, string message)
    {
        _terminal.WriteError(place, message);
        return ExitCode.Usage;
    }
}
