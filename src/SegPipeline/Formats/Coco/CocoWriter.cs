using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>
/// Writes a COCO file. What no stage has changed is written back as its source has it: every member, in its order,
/// numbers as they stood; annotations in the order of their source.
/// </summary>
/// <example>
/// out: { write.coco: { file: annotations/instances_val.json, images: hardlink, images_dir: images } }
/// </example>
[Stage("write.coco")]
public sealed record CocoWriter : Writer
{
    /// <summary>Name of the JSON file in the release.</summary>
    public required ReleaseName File { get; init; }

    /// <summary>Which ids images and annotations have.</summary>
    public RecordNumbering Ids { get; init; }

    /// <summary>Name of a file that lists new and old ids; nothing is listed without it.</summary>
    public ReleaseName? IdMap { get; init; }

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>Folder of the release that the pictures go into, under their file names.</summary>
    public ReleaseName ImagesDir { get; init; } = ReleaseName.From("images");

    /// <summary>What the file is: a dataset, or a list of results.</summary>
    public FileContent As { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    private AnnotationTarget Target => new(AnnotationLayout.Images, File)
    {
        Ids = Ids,
        IdMap = IdMap,
        As = As,
        Media = Images,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Check() => Target.Check();

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => As == FileContent.Dataset
        ? new CocoReader { Annotations = release.Below(File) }
        : null;

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
    {
        if (input.Kind == SampleKind.Video)
            throw new BadDataException(new Problem("NOT_IMAGES", "write.coco writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it, or use write.ytvis",
            });
        return new AnnotationOutput(Target, new CocoMembers(this), input, release, context.Warn);
    }
}
