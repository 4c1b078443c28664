using System.CommandLine;
using SegPipeline.Cli.Converting;
using SegPipeline.Cli.Drafts;
using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Commands;

/// <summary>What <c>segpipe new</c> can be told: the file it writes, and all that it would ask for else.</summary>
internal sealed class NewOptions
{
    private NewOptions(Command command, Terminal terminal)
    {
        Task.AcceptOnlyFromAmong([.. Tasks.Select(t => t.Word)]);
        To.AcceptOnlyFromAmong([.. ConversionTarget.All.Select(t => t.Format)]);
        Photos.AcceptOnlyFromAmong(PhotoChoice.Words);
        Parts.Validators.Add(result =>
        {
            if (result.Tokens is [var shares] && SplitShares.FaultOf(shares.Value) is { } fault)
                result.AddError($"--parts: {fault}");
        });
        command.Add(_words);
        foreach (Option option in (Option[])[Task, With, To, Count, Parts, Seed, Photos, Release])
            command.Add(option);
        Input = DatasetInput.AddOptionsTo(command, terminal);
    }

    /// <summary>What can be made of a dataset, each with what it means.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> Tasks { get; } =
    [
        ("subset", "some of its samples, drawn at random"),
        ("convert", "all of it in another format"),
        ("split", "divided into parts, e.g. train and val"),
        ("score", "how well predictions fit it"),
        ("merge", "the union with another dataset"),
        ("generate", "made-up scenes; no dataset is needed"),
    ];

    /// <summary>What the dataset's reader is to be told.</summary>
    public DatasetInput Input { get; }

    private readonly Argument<string[]> _words = new("dataset and file")
    {
        Description = "the dataset to begin from, a file or folder of any format that a reader knows, and the " +
            "pipeline file to write (*.yaml), DATASET-TASK.yaml unless told",
        Arity = new ArgumentArity(0, 2),
    };

    /// <summary>The pipeline file; null when none was told.</summary>
    public string? FileOf(ParseResult parsed) => Words(parsed).LastOrDefault(IsPipelineFile);

    /// <summary>The dataset; null when none was told.</summary>
    /// <exception cref="UsageException">Two were told, or two pipeline files.</exception>
    public string? DataOf(ParseResult parsed)
    {
        string[] words = Words(parsed);
        if (words.Length == 2 && IsPipelineFile(words[0]) == IsPipelineFile(words[1]))
            throw new UsageException("expected one dataset and one pipeline file to write (*.yaml), " +
                $"found '{words[0]}' and '{words[1]}'");
        return Array.Find(words, w => !IsPipelineFile(w));
    }

    private string[] Words(ParseResult parsed) => parsed.GetValue(_words) ?? [];

    private static bool IsPipelineFile(string path) => Path.GetExtension(path) is ".yaml" or ".yml";

    /// <summary>What is made of it.</summary>
    public Option<string?> Task { get; } = new("--task", "-t")
    {
        Description = "what is made of the dataset; unless told, what the other options are for, else a subset",
    };

    /// <summary>The other dataset.</summary>
    public Option<string?> With { get; } = new("--with")
    {
        Description = "the predictions to score, or the dataset to merge with",
        HelpName = "path",
    };

    /// <summary>The format that is written.</summary>
    public Option<string?> To { get; } = new("--to")
    {
        Description = "format to write; that of the dataset unless told",
    };

    /// <summary>How many samples.</summary>
    public Option<int> Count { get; } = Numbers.Above(0, "--count", "how many samples are drawn or generated");

    /// <summary>The parts of a split.</summary>
    public Option<string?> Parts { get; } = new("--parts")
    {
        Description = "the parts of a split and their shares, e.g. train=0.8,val=0.1,test=0.1",
        HelpName = "shares",
    };

    /// <summary>The seed.</summary>
    public Option<int> Seed { get; } = Numbers.Above(-1, "--seed", "seed of the draw");

    /// <summary>What becomes of photos.</summary>
    public Option<string?> Photos { get; } = new("--photos")
    {
        Description = "how photos get into the release; hardlink where they were found, unless told",
    };

    /// <summary>The release.</summary>
    public Option<string?> Release { get; } = new("--release")
    {
        Description = "folder of the release; releases/NAME beside the pipeline unless told",
        HelpName = "folder",
    };

    /// <summary>The task that options are of use to; null when they do not tell.</summary>
    public string? ImpliedTask(ParseResult parsed) =>
        IsGiven(parsed, Count) ? "subset" : IsGiven(parsed, Parts) ? "split" : IsGiven(parsed, To) ? "convert" : null;

    /// <summary>An option that was given and is of no use to a task; null when all are.</summary>
    public string? Unused(ParseResult parsed, PipelineTask task)
    {
        bool draws = task is PipelineTask.Subset or PipelineTask.Generate;
        (Option Option, bool IsOfUse)[] uses =
        [
            (Count, draws), (Parts, task == PipelineTask.Split), (Seed, draws || task == PipelineTask.Split),
            (With, task is PipelineTask.Score or PipelineTask.Merge), (To, task != PipelineTask.Score),
            (Photos, task != PipelineTask.Score),
        ];
        if (task == PipelineTask.Generate && DataOf(parsed) is not null) return "a dataset";
        return uses.FirstOrDefault(use => !use.IsOfUse && IsGiven(parsed, use.Option)).Option?.Name;
    }

    private static bool IsGiven(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false };

    /// <summary>Adds the argument and the options to a command.</summary>
    public static NewOptions AddTo(Command command, Terminal terminal) => new(command, terminal);
}
