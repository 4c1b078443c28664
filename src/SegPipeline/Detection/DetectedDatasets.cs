using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Detection;

/// <summary>All that a path may be, the surest first.</summary>
/// <param name="Path">The path as the user named it.</param>
/// <param name="Candidates">What was found; empty when nothing known is there.</param>
public sealed record DetectedDatasets(string Path, IReadOnlyList<DetectedDataset> Candidates)
{
    private const int MostListed = 8;

    /// <summary>What was looked at when nothing was found, as sentences.</summary>
    internal string Seen { get; init; } = "";

    /// <summary>Why nothing was found, where something would be a dataset if it were written otherwise.</summary>
    internal DatasetObstacle? Obstacle { get; init; }

    /// <summary>What can be read as a format, and only for who names it.</summary>
    internal IReadOnlyList<DetectedDataset> WhenNamed { get; init; } = [];

    /// <summary>Only what is of a format, or can be read as if it were.</summary>
    /// <param name="format">The format, e.g. <c>coco</c> or <c>read.coco</c>.</param>
    /// <exception cref="BadDataException"><c>UNKNOWN_DATASET</c>: nothing is.</exception>
    public DetectedDatasets OfFormat(string format)
    {
        DetectedDataset[] fitting = Fitting(format);
        return fitting.Length > 0 ? this with { Candidates = fitting } : throw NotThat(Short(format));
    }

    /// <summary>True when something is of a format, or can be read as if it were.</summary>
    internal bool Has(string format) => Fitting(format).Length > 0;

    /// <summary>The dataset that is meant.</summary>
    /// <exception cref="BadDataException">There is none (<c>UNKNOWN_DATASET</c>), several are as likely
    /// (<c>AMBIGUOUS_DATASET</c>), or it cannot be read without more being told
    /// (<c>INCOMPLETE_DATASET</c>).</exception>
    public DetectedDataset Chosen()
    {
        DetectedDataset found = Best();
        return found.Missing is null ? found : throw Fault("INCOMPLETE_DATASET", $"{Describe(found)}: {found.Missing}",
            "give it with --read, or write a pipeline with 'segpipe new'");
    }

    /// <summary>Those that are each as likely to be meant, more than all others.</summary>
    public IEnumerable<DetectedDataset> Surest => Candidates.Where(c => c.Certainty == Candidates[0].Certainty);

    /// <summary>As <see cref="Chosen"/>, but the dataset may lack what the user is about to give.</summary>
    /// <exception cref="BadDataException">There is none, or several are as likely.</exception>
    public DetectedDataset Best()
    {
        if (Candidates.Count == 0) throw Unknown();
        DetectedDataset[] best = [.. Surest];
        return best.Length == 1 ? best[0] : throw Ambiguous(best);
    }

    /// <summary>Only what is of one part of the dataset: files and folders whose name tells it, or datasets that say
    /// themselves what belongs to it.</summary>
    /// <param name="split">Name of the part, e.g. <c>train</c>; <c>val</c> and <c>validation</c> are one.</param>
    /// <exception cref="BadDataException"><c>UNKNOWN_SPLIT</c>: there is no such part; names those there
    /// are.</exception>
    public DetectedDatasets OfSplit(string split)
    {
        DetectedDataset[] named = [.. Candidates.Where(c => SplitName.IsIn(NameOf(c), split))];
        if (named.Length > 0) return this with { Candidates = named };
        DetectedDataset[] parts = [.. Candidates.SelectMany(c => c.Splits
            .Where(s => s.Key == split || SplitName.IsSame(s.Key, split)).Take(1).Select(s => c.ReadBy(s.Value)))];
        if (parts.Length > 0) return this with { Candidates = parts };
        string[] known = [.. Candidates.SelectMany(c => c.Splits.Keys).Concat(Candidates
            .Select(c => SplitName.Of(NameOf(c))).OfType<string>()).Distinct(StringComparer.Ordinal)];
        throw Candidates.Count == 0 ? Unknown() : Fault("UNKNOWN_SPLIT", $"there is no part '{split}' in it; " +
            (known.Length == 0 ? "it tells of none" : $"found {string.Join(", ", known)}"),
            known.Length == 0 ? "leave --split out, or name the file of the part"
            : split.Contains(',', StringComparison.Ordinal) ? "choose one; only 'segpipe convert' takes several"
            : "choose one, or name its file");
    }

    /// <summary>A format's name without <c>read.</c>.</summary>
    public static string Short(string format) =>
        format.StartsWith("read.", StringComparison.Ordinal) ? format["read.".Length..] : format;

    private DetectedDataset[] Fitting(string format)
    {
        string wanted = Short(format);
        DetectedDataset[] told = [.. Candidates.Where(c => c.Format == wanted)];
        return told.Length > 0 ? told : [.. WhenNamed.Where(c => c.Format == wanted)];
    }

    private BadDataException Unknown() => Fault("UNKNOWN_DATASET",
        "this is no dataset that is known here; " + (Obstacle?.Found ?? Seen), Obstacle?.Remedy ??
        (WhenNamed is [{ Format: var format }, ..] ? $"if it is {format}, say so with --format {format}; else " : "") +
        "name its annotation file or its folder of masks, or choose a reader from 'segpipe stages' in a pipeline");

    private BadDataException NotThat(string wanted)
    {
        string found = Candidates.Count > 0 ? "found " + List(Candidates) : Obstacle?.Found ?? Seen;
        StageEntry? reader = StageCatalog.Default.Find("read." + wanted);
        if (reader?.Recognise is not null)
        {
            string needed = string.Join(' ', reader.Keys.Where(k => k.IsRequired).Select(k => $"--read {k.Name}=..."));
            return Fault("UNKNOWN_DATASET", $"expected a dataset of the format {wanted}; {found}",
                $"correct the path, leave --format out, or say where it is with {needed}");
        }
        var known = StageCatalog.Default.Stages.Where(s => s.Recognise is not null).Select(s => Short(s.Name));
        return Fault("UNKNOWN_DATASET", $"there is no format {wanted} that is read; {found}",
            DidYouMean.HintOrList(wanted, [.. known]) ?? "leave --format out");
    }

    private BadDataException Ambiguous(DetectedDataset[] best)
    {
        bool formats = best.Select(b => b.Format).Distinct(StringComparer.Ordinal).Count() == best.Length;
        string? split = best.Select(b => SplitName.Of(NameOf(b))).OfType<string>()
            .FirstOrDefault(s => best.Count(b => SplitName.IsIn(NameOf(b), s)) == 1);
        string one = (split is null ? "" : $"choose one with --split {split}, or ") +
            $"name one of them, e.g. '{Relative(best[0])}'";
        return Fault("AMBIGUOUS_DATASET", $"there are {best.Length} datasets that it could be: {List(best)}",
            formats ? $"choose one with --format {best[0].Format}" : one);
    }

    private BadDataException Fault(string code, string message, string remedy) =>
        new(new Problem(code, message) { File = Path, Remedy = remedy });

    private string List(IReadOnlyList<DetectedDataset> found) =>
        string.Join("; ", found.Take(MostListed).Select(Describe)) +
        (found.Count > MostListed ? $"; and {found.Count - MostListed} more" : "");

    private string Describe(DetectedDataset found)
    {
        string part = PartOf(found);
        string where = part == "." ? "" : $" in '{part.Replace('\\', '/')}'";
        return $"{found.Format}{where} ({found.Why})";
    }

    private string Relative(DetectedDataset found)
    {
        string part = PartOf(found);
        return part == "." ? Path : System.IO.Path.Join(Path, part);
    }

    /// <summary>What may tell the split: the path within the one that was named; of a file that was named, its
    /// name.</summary>
    private string NameOf(DetectedDataset found) =>
        PartOf(found) is var part && part != "." ? part : System.IO.Path.GetFileName(found.Path);

    private string PartOf(DetectedDataset found) =>
        System.IO.Path.GetRelativePath(System.IO.Path.GetFullPath(Path), found.Path);
}
