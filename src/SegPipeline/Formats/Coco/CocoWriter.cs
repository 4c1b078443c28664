using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>Which ids images and annotations have.</summary>
public enum CocoNumbering
{
    /// <summary>Those they came with; what has none gets a free one.</summary>
    Keep,

    /// <summary>1, 2, 3, ... in the order of the file.</summary>
    Dense,
}

/// <summary>What the file is.</summary>
public enum CocoLayout
{
    /// <summary>An object with images, annotations and categories.</summary>
    Dataset,

    /// <summary>A list of results.</summary>
    Results,
}

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
    public CocoNumbering Ids { get; init; }

    /// <summary>Name of a file that lists new and old ids; nothing is listed without it.</summary>
    public ReleaseName? IdMap { get; init; }

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>Folder of the release that the pictures go into, under their file names.</summary>
    public ReleaseName ImagesDir { get; init; } = ReleaseName.From("images");

    /// <summary>What the file is: a dataset, or a list of results.</summary>
    public CocoLayout As { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (As == CocoLayout.Results && Ids == CocoNumbering.Dense)
            yield return "'ids: dense' has no meaning in a list of results, which refers to images by their ids";
    }

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
    {
        if (input.Kind == SampleKind.Video)
            throw new BadDataException(new Problem("NOT_IMAGES", "write.coco writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it, or use write.ytvis",
            });
        return new CocoOutput(this, input, release);
    }
}
