using SegPipeline.Detection;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Converting;

/// <summary>How one dataset becomes one of another format: the stages in between, or why it cannot be.</summary>
internal sealed record Conversion(DetectedDataset Source, ConversionTarget Target, IReadOnlyList<ConversionStep> Steps)
{
    /// <summary>Plans a conversion. Opens the dataset only where its folders have to be seen.</summary>
    /// <exception cref="BadDataException"><c>CANNOT_CONVERT</c>: the one has not what the other needs.</exception>
    public static Conversion Plan(DetectedDataset source, ConversionTarget target)
    {
        if (source.Reader is null)
            throw Refusal(source, "it is a pipeline file, which says itself what it writes", "use 'segpipe run'");
        CheckClassFolders(source, target);
        if (target.NeedsPhotos && !source.Reader.FindsPhotos)
            throw Refusal(source, $"no photos were found, and {target.Format} cannot be read without them",
                "name their folder, e.g. --read images=FOLDER");
        var steps = new List<ConversionStep>();
        SampleKind? kind = source.Reader.OutputKind(null);
        if (target.Kind is { } wanted)
        {
            kind ??= KindOf(source);
            if (kind != wanted && wanted == SampleKind.Video) CheckFolders(source, target);
            if (kind != wanted)
                steps.Add(wanted == SampleKind.Video ? ConversionStep.ToVideo
                    : target.HasOneFolder ? ConversionStep.ToFlatFrames : ConversionStep.ToFrames);
        }
        if (target.IsRecordFormat && source.Reader.Objects == ObjectSource.Pictures)
            steps.Add(ConversionStep.EncodeRle);
        steps.AddRange(target.OwnSteps);
        return new Conversion(source, target, steps);
    }

    /// <summary>The same when objects of another dataset come in as well.</summary>
    public Conversion Including(Reader other) =>
        !Target.IsRecordFormat || other.Objects != ObjectSource.Pictures || Steps.Contains(ConversionStep.EncodeRle)
            ? this
            : this with { Steps = [.. Steps, ConversionStep.EncodeRle] };

    private static void CheckClassFolders(DetectedDataset source, ConversionTarget target)
    {
        if (source.Reader!.Objects != ObjectSource.Folders) return;
        if (!target.NeedsMasks && target.Kind != SampleKind.Video) return;
        throw Refusal(source, target.NeedsMasks
                ? $"class folders have no masks, and {target.Format} needs a mask for each object"
                : $"class folders hold single photos, and {target.Format} holds videos",
            "convert to coco or parquet, where the category of an image is a box around it");
    }

    private static SampleKind KindOf(DetectedDataset source)
    {
        using PipelinePlan plan = Open(source);
        return plan.Infos[source.Output.Node].Kind;
    }

    private static void CheckFolders(DetectedDataset source, ConversionTarget target)
    {
        // Keys that do not go together are told with the pipeline.
        if (source.Reader!.Check().Any()) return;
        using OpenDataset opened = source.Reader!.Open(new StageContext(DetectedDataset.NodeName, 0));
        if (opened.Plan.Any(e => e.Key.Contains('/', StringComparison.Ordinal))) return;
        throw Refusal(source,
            $"{target.Format} holds videos, and no folders tell which of these images are frames of one video",
            "name frames VIDEO/FRAME, or write a pipeline with to_video: { by: member, member: video_id }");
    }

    private static PipelinePlan Open(DetectedDataset source) =>
        PipelinePlan.Open(new PipelineGraph("look", source.Seed, source.Nodes));

    private static BadDataException Refusal(DetectedDataset source, string why, string remedy) =>
        new(new Problem("CANNOT_CONVERT", why) { File = source.Path, Remedy = remedy });
}
