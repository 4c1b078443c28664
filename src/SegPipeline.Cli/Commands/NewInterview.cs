using System.CommandLine;
using System.Globalization;
using SegPipeline.Cli.Converting;
using SegPipeline.Cli.Drafts;
using SegPipeline.Cli.Output;
using SegPipeline.Detection;
using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary>Finds out which pipeline is meant: what options say, else what the person at the terminal answers, else
/// what is usual.</summary>
/// <param name="options">The options.</param>
/// <param name="parsed">The command line.</param>
/// <param name="terminal">Knows the current folder.</param>
/// <param name="questions">Asks; null to ask nothing.</param>
internal sealed class NewInterview(
    NewOptions options, ParseResult parsed, Terminal terminal, Questions? questions)
{
    private const string ExampleData = "data/annotations.json";

    /// <summary>The pipeline that is meant.</summary>
    /// <param name="fileFault">Says of the full path of a file why it cannot be written; null when it can.</param>
    /// <exception cref="BadDataException">There is no such dataset, or it cannot become what is meant.</exception>
    public async Task<PipelineDraft> DraftAsync(Func<string, string?> fileFault)
    {
        bool isGenerated = parsed.GetValue(options.Task) == "generate";
        DraftInput? input = isGenerated ? null : await InputAsync().ConfigureAwait(false);
        PipelineTask task = await TaskAsync(input).ConfigureAwait(false);
        DraftInput? other = await OtherAsync(task, input).ConfigureAwait(false);
        string count = await TellAsync(Told(options.Count), task is PipelineTask.Subset or PipelineTask.Generate,
            "How many samples", Text(PipelineDraft.UsualCount), text => NumberFault(text, 1)).ConfigureAwait(false);
        string parts = await TellAsync(parsed.GetValue(options.Parts), task == PipelineTask.Split,
            "Which parts, with their shares", SplitShares.Usual, SplitShares.FaultOf).ConfigureAwait(false);
        string seed = await TellAsync(Told(options.Seed), task is not (PipelineTask.Convert or PipelineTask.Score or
            PipelineTask.Merge), "Seed of the draw", "1", text => NumberFault(text, 0)).ConfigureAwait(false);
        Conversion? conversion = await ConversionAsync(task, input).ConfigureAwait(false);
        if (other is not null) conversion = conversion?.Including(other.Reader);
        string file = await FileAsync(task, input, fileFault).ConfigureAwait(false);
        input ??= task == PipelineTask.Generate ? DraftInput.Generated(conversion!.Target.Kind) : Example(file);
        return new PipelineDraft(file, await ReleaseAsync(file).ConfigureAwait(false), task, input)
        {
            Conversion = conversion,
            Part = options.Input.SplitOf(parsed),
            Other = other,
            Count = int.Parse(count, CultureInfo.InvariantCulture),
            Parts = SplitShares.Parse(parts),
            Seed = int.Parse(seed, CultureInfo.InvariantCulture),
            Photos = parsed.GetValue(options.Photos),
        };
    }

    private async Task<DraftInput?> InputAsync()
    {
        if (options.DataOf(parsed) is { } path) return Found(path);
        if (questions is null) return null;
        string answer = await questions.AskAsync("Which dataset, a file or folder (none: made-up scenes)", "none",
            given => given == "none" || Several(given).Length > 0 ? null : FaultOf(() => Found(given)))
            .ConfigureAwait(false);
        if (answer == "none") return null;
        if (Several(answer) is [var first, ..] several)
        {
            string part = await questions.ChooseAsync("Which of these", several, first.Word,
                given => FaultOf(() => Found(Path.Join(answer, given)))).ConfigureAwait(false);
            answer = Path.Join(answer, part);
        }
        DraftInput found = Found(answer);
        terminal.Error.WriteLine($"  {found.Dataset.Format}: {found.Dataset.Why}; " +
            (found.Reader.FindsPhotos ? "the photos are there" : "no photos were found"));
        return found;
    }

    /// <summary>The files or folders within a path that are each as likely to be meant; none when it is clear, or the
    /// user has said more.</summary>
    private (string Word, string Meaning)[] Several(string path)
    {
        if (options.Input.SplitOf(parsed) is not null) return [];
        string full = Full(path);
        if (!Directory.Exists(full)) return [];
        DetectedDataset[] surest = [.. DatasetDetection.Detect(full).Surest];
        return surest.Length > 1 && surest.All(d => d.Path != full)
            ? [.. surest.Select(d => (Path.GetRelativePath(full, d.Path), $"{d.Format}: {d.Why}"))]
            : [];
    }

    private async Task<PipelineTask> TaskAsync(DraftInput? input)
    {
        string? implied = options.ImpliedTask(parsed);
        // Without a dataset the format is that of the scenes or of the example.
        if (input is null && implied == "convert") implied = null;
        string? told = parsed.GetValue(options.Task) ?? implied;
        if (told is null && questions is not null)
            told = input is null ? "generate" : await questions.ChooseAsync("What is to be made of it",
                [.. NewOptions.Tasks.Where(t => t.Word != "generate")], "subset").ConfigureAwait(false);
        PipelineTask task = Enum.Parse<PipelineTask>(told ?? "subset", ignoreCase: true);
        if (options.Unused(parsed, task) is { } option)
            throw new UsageException($"{option} is of no use to --task {task.ToString().ToLowerInvariant()}");
        if (input is null && task is not (PipelineTask.Generate or PipelineTask.Subset))
            throw new UsageException($"--task {told} needs a dataset");
        if (task == PipelineTask.Score && input!.Reader.Objects == ObjectSource.Folders)
            throw new BadDataException(new Problem("CANNOT_SCORE", "class folders have no masks to be scored")
            { File = input.Dataset.Path });
        return task;
    }

    private async Task<DraftInput?> OtherAsync(PipelineTask task, DraftInput? input)
    {
        if (task is not (PipelineTask.Score or PipelineTask.Merge)) return null;
        if (parsed.GetValue(options.With) is { } path) return FoundBeside(path, input!);
        if (task == PipelineTask.Score && HasPredictions(input!.Reader)) return null;
        if (questions is null)
            throw new UsageException($"--task {parsed.GetValue(options.Task)} needs --with, the " +
                (task == PipelineTask.Merge ? "dataset to merge with"
                    : "predictions" + (DraftStages.PredictionsPort(input!.Reader) is { } port
                        ? $": no masks of '{port}' lie beside the truth" : "")));
        string answer = await questions.AskAsync(
            task == PipelineTask.Score ? "Which predictions, a file or folder" : "Which dataset to merge with", null,
            given => FaultOf(() => FoundBeside(given, input!))).ConfigureAwait(false);
        return FoundBeside(answer, input!);
    }

    /// <summary>True when masks to be judged lie beside the truth.</summary>
    private static bool HasPredictions(Reader reader)
    {
        if (reader.OutputPorts.Count < 2) return false;
        using OpenDataset opened = reader.Open(new StageContext(DetectedDataset.NodeName, 0));
        return opened.HasAny(port: 1);
    }

    private async Task<Conversion?> ConversionAsync(PipelineTask task, DraftInput? input)
    {
        if (task == PipelineTask.Score) return null;
        string? format = parsed.GetValue(options.To);
        string usual = ConversionTarget.Find(input?.Dataset.Format ?? "coco")?.Format ?? "coco";
        if (format is null && questions is not null)
            format = await questions.ChooseAsync("Which format is to be written",
                [.. ConversionTarget.All.Select(
                    t => (t.Format, t.KeepsAll ? "keeps everything" : $"not kept: {t.Loses}"))],
                usual, given => FaultOf(() => Planned(given))).ConfigureAwait(false);
        return Planned(format ?? usual);

        Conversion Planned(string name)
        {
            ConversionTarget target = ConversionTarget.Find(name)!;
            DraftInput source = input ?? (task == PipelineTask.Generate
                ? DraftInput.Generated(target.Kind)
                : Example(terminal.CurrentFolder));
            return Conversion.Plan(source.Dataset, target);
        }
    }

    private async Task<string> FileAsync(PipelineTask task, DraftInput? input, Func<string, string?> faultOf)
    {
        string data = input is null ? "my" : PipelineText.NameOf(input.Dataset.Path);
        string usual = FreeName($"{data}-{task.ToString().ToLowerInvariant()}", faultOf);
        string answer = await TellAsync(options.FileOf(parsed), isWanted: true, "Pipeline file to write", usual,
            given => faultOf(terminal.Resolve(given))).ConfigureAwait(false);
        return terminal.Resolve(answer);
    }

    private string FreeName(string name, Func<string, string?> faultOf)
    {
        string free = name + ".yaml";
        for (int number = 2; faultOf(terminal.Resolve(free)) is not null; number++)
            free = FormattableString.Invariant($"{name}-{number}.yaml");
        return free;
    }

    private async Task<string> ReleaseAsync(string file)
    {
        string usual = Path.Combine(Path.GetDirectoryName(file)!, "releases", PipelineText.NameOf(file));
        return terminal.Resolve(await TellAsync(parsed.GetValue(options.Release), isWanted: true,
            "Folder of the release", terminal.Shorten(usual), _ => null).ConfigureAwait(false));
    }

    private DraftInput Found(string path)
    {
        DetectedDataset found = options.Input.Detect(parsed, Full(path));
        return found.Reader is null ? throw IsPipeline(path) : DraftInput.Found(found, options.Input.Keys(parsed));
    }

    // What the first dataset's reader was told holds of another of its format; a list of results lacks what the truth
    // has.
    private DraftInput FoundBeside(string path, DraftInput first)
    {
        DetectedDatasets found = DatasetDetection.Detect(Full(path));
        DetectedDataset best = found.Best();
        if (best.Reader is null) throw IsPipeline(path);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        if (best.Format == first.Dataset.Format)
        {
            keys = new(first.Keys, StringComparer.Ordinal);
            string reader = StageAttribute.NameOf(best.Reader);
            bool takesTruth = StageCatalog.Default.Find(reader)!.Keys.Any(k => k.Name == "ground_truth");
            if (best.Missing is not null && takesTruth) keys["ground_truth"] = first.Dataset.Path;
        }
        return DraftInput.Found(keys.Count > 0 ? best : found.Chosen(), keys);
    }

    // No shell has been over what is typed as an answer.
    private string Full(string path) => path.StartsWith("~/", StringComparison.Ordinal) &&
        terminal.Variable("HOME") is { Length: > 0 } home
        ? Path.Join(home, path[2..])
        : terminal.Resolve(path);

    private DraftInput Example(string file) =>
        DraftInput.Example(Path.Combine(Path.GetDirectoryName(file) ?? terminal.CurrentFolder, ExampleData));

    private static BadDataException IsPipeline(string path) =>
        new(new Problem("IS_PIPELINE", "it is a pipeline file itself") { File = path, Remedy = "use 'segpipe run'" });

    private static string? FaultOf(Func<object> action)
    {
        try
        {
            _ = action();
            return null;
        }
        catch (BadDataException e)
        {
            Problem problem = e.Problems[0];
            return problem.Message + (problem.Remedy is null ? "" : "; " + problem.Remedy);
        }
        catch (BadKeysException e)
        {
            return e.Problems[0].Message;
        }
    }

    private async Task<string> TellAsync(
        string? told, bool isWanted, string question, string usual, Func<string, string?> faultOf) =>
        told ?? (isWanted && questions is not null
            ? await questions.AskAsync(question, usual, faultOf).ConfigureAwait(false)
            : usual);

    private string? Told(Option<int> option) =>
        parsed.GetResult(option) is null ? null : Text(parsed.GetValue(option));

    private static string? NumberFault(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? null
            : $"expected a whole number of at least {least}, found '{text}'";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
