using SegPipeline.Cli.Converting;
using SegPipeline.Model;
using SegPipeline.Stages;
using static System.FormattableString;

namespace SegPipeline.Cli.Drafts;

/// <summary>The stages of a draft.</summary>
/// <param name="draft">The draft.</param>
internal sealed class DraftStages(PipelineDraft draft)
{
    private const string Dataset = "dataset", Other = "other";
    private readonly string _folder = Path.GetDirectoryName(draft.File)!;

    private IReadOnlyList<ConversionStep> Steps => draft.Conversion!.Steps;

    private ConversionTarget Target => draft.Conversion!.Target;

    private string SourceFormat => draft.Conversion!.Source.Format;

    /// <summary>The stages, in the order in which they are written.</summary>
    public IEnumerable<DraftStage> All() => draft.Task switch
    {
        PipelineTask.Subset => [Read(), Chosen(), .. Between(), Write("subset")],
        PipelineTask.Generate => [Read(), .. Between(), Write("generated")],
        PipelineTask.Convert when draft.ConvertedParts.Length > 1 => draft.ConvertedParts.SelectMany(ConvertPart),
        PipelineTask.Convert => [Read(), .. Between(), Write("converted")],
        PipelineTask.Split => [Read(), .. Between(), Sets(), .. draft.Parts.Select(p => WritePart(p.Name))],
        PipelineTask.Merge => [Read(), ReadOther(), Both(), .. Between(), Write("merged")],
        _ => [Read(), .. draft.Other is null ? [] : (DraftStage[])[ReadOther()], Scored(), Scores()],
    };

    private DraftStage Read()
    {
        // Predictions that lie beside the truth leave the same reader by a port of their own.
        string[] used = draft.Task == PipelineTask.Score && draft.Other is null
            ? [PredictionsPort(draft.Input.Reader)!]
            : [];
        return new DraftStage(Dataset, ReaderText.Of(draft.Input.Reader, _folder, draft.Input.Keys, used),
            Printable(draft.Input.Comment));
    }

    private IEnumerable<DraftStage> ConvertPart(DraftPart part) =>
    [
        new DraftStage($"{part.Name}_{Dataset}", ReaderText.Of(part.Input.Reader, _folder, part.Input.Keys, []),
            Printable(part.Input.Comment)),
        .. Between(part.Conversion.Steps).Select(step => step with { Name = $"{part.Name}_{step.Name}" }),
        new DraftStage(part.Name, WriterText(Target.KeysOfPart(
            part.Conversion.Source.Format, part.Name, draft.ConvertedParts.Select(p => p.Name)), part.Input), Losses),
    ];

    private DraftStage ReadOther() => new(Other,
        ReaderText.Of(draft.Other!.Reader, _folder, draft.Other.Keys, []),
        draft.Task == PipelineTask.Score
            ? "The predictions, by the same names as the truth"
            : $"What is added. {Printable(draft.Other.Comment)}");

    private static DraftStage Chosen() => new("chosen", "sample: { count: $size, at_most: true }",
        "The draw is nested: the samples of size 100 are among those of size 1000");

    private DraftStage Sets()
    {
        string shares = string.Join(", ", draft.Parts.Select(p => Invariant($"{p.Name}: {p.Share}")));
        bool cutsVideos = Steps.Any(s => s.Yaml.StartsWith("to_frames", StringComparison.Ordinal));
        return new DraftStage("sets", $"split: {{ ratios: {{ {shares} }}{(cutsVideos ? ", by: video" : "")} }}",
            cutsVideos ? "The frames of a video stay together"
                : "What belongs together can be kept together: by: folder, or by: group");
    }

    private static DraftStage Both() => new("both",
        $"from: [{Dataset}, {Other}], merge: {{ ids: renumber, categories: name }}",
        "Images of one name are one image; 'same_image: never' keeps them apart. Categories are one by their names");

    private DraftStage Scored()
    {
        string predictions = draft.Other is null ? $"{Dataset}.{PredictionsPort(draft.Input.Reader)}" : Other;
        string per = draft.Input.Reader switch
        {
            { Objects: not ObjectSource.Pictures } => "category",
            var reader when reader.OutputKind(null) == SampleKind.Video => "object_id",
            _ => "category",
        };
        return new DraftStage("scored",
            $"from: [{Dataset}, {predictions}], evaluate: {{ metrics: [iou], per: {per}, missing: empty }}",
            "Also to be had: mba, boundary_iou. 'missing: fail' ends the run where there is no prediction");
    }

    private static DraftStage Scores() => new("scores", "write.scores: { file: scores.json, table: scores.md }");

    private IEnumerable<DraftStage> Between() => Between(Steps);

    private static IEnumerable<DraftStage> Between(IEnumerable<ConversionStep> steps) =>
        steps.Select(step => new DraftStage(step.Name, step.Yaml, char.ToUpperInvariant(step.Why[0]) + step.Why[1..]));

    private DraftStage Write(string name) =>
        new(name, WriterText(draft.Part is { } part && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? Target.KeysOfPart(SourceFormat, part, [part])
            : Target.KeysFor(SourceFormat), draft.Input), Losses);

    private string Losses => Target.KeepsAll ? "" : $"Not kept: {Target.Loses}";

    private DraftStage WritePart(string part) => new(part, $"from: sets.{part}, " +
        WriterText(Target.KeysOfPart(SourceFormat, part, [.. draft.Parts.Select(p => p.Name)]), draft.Input),
        part == draft.Parts[0].Name ? Losses : "");

    private string WriterText(IEnumerable<string> keys, DraftInput input)
    {
        IEnumerable<string> own = keys.Append(PhotoChoice.Key(Target, draft.PhotosOf(input)) ?? "")
            .Where(k => k.Length > 0 && !draft.WriterKeys.ContainsKey(k[..k.IndexOf(':', StringComparison.Ordinal)]));
        string all = string.Join(", ", own.Concat(draft.WriterKeys.Select(k => $"{k.Key}: {k.Value}")));
        return all.Length == 0 ? $"write.{Target.Format}: {{}}" : $"write.{Target.Format}: {{ {all} }}";
    }

    /// <summary>The port that masks to be judged leave a reader of the truth by; null when it has none.</summary>
    public static string? PredictionsPort(Reader reader) => reader.OutputPorts.Skip(1).FirstOrDefault();

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
