using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Ytvis;

/// <summary>
/// Writes a YouTube-VIS file. What no stage has changed is written back as its source has it: every member, in its
/// order, numbers as they stood; annotations in the order of their source. Void pixels and palettes of frames that were
/// label images are kept as members of the video.
/// </summary>
/// <remarks>
/// Shapes keep their form: polygons, counts or strings; those that came from label images become strings. Put
/// <c>encode_rle</c> before it to have all in one form.
/// </remarks>
/// <example>
/// out: { write.ytvis: { file: annotations/val_instances.json, frames: hardlink, frames_dir: JPEGImages } }
/// </example>
[Stage("write.ytvis")]
public sealed record YtvisWriter : Writer
{
    /// <summary>Name of the JSON file in the release.</summary>
    public required ReleaseName File { get; init; }

    /// <summary>Which ids videos and annotations have.</summary>
    public RecordNumbering Ids { get; init; }

    /// <summary>Name of a file that lists new and old ids; nothing is listed without it.</summary>
    public ReleaseName? IdMap { get; init; }

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Frames { get; init; }

    /// <summary>Folder of the release that the pictures go into, each in the folder of its video.</summary>
    public ReleaseName FramesDir { get; init; } = ReleaseName.From("JPEGImages");

    /// <summary>What the file is: a dataset, or a list of results.</summary>
    public FileContent As { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Video;

    private AnnotationTarget Target => new(AnnotationLayout.Videos, File)
    {
        Ids = Ids,
        IdMap = IdMap,
        As = As,
        Media = Frames,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Check() => Target.Check();

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => As == FileContent.Dataset
        ? new YtvisReader { Annotations = release.Below(File) }
        : null;

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
    {
        if (input.Kind == SampleKind.Image)
            throw new BadDataException(new Problem("NOT_VIDEOS", "write.ytvis writes videos, the dataset has images")
            {
                Remedy = "put to_video before it, or use write.coco",
            });
        return new AnnotationOutput(Target, new YtvisMembers(this), input, release, context.Warn);
    }
}
