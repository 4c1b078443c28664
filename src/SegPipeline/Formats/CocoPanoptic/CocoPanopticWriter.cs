using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>Which ids the segments of an image get.</summary>
public enum SegmentNumbering
{
    /// <summary>Their <c>object_id</c>; the lowest free number where they have none.</summary>
    Keep,

    /// <summary>1, 2, 3, ... in the order of the image's segments.</summary>
    Dense,

    /// <summary>The number of their category's colour, or the next free one: PNGs that people can look at.</summary>
    Color,
}

/// <summary>How stuff is written: categories whose <c>isthing</c> is 0.</summary>
public enum StuffSegments
{
    /// <summary>Each instance is a segment.</summary>
    Keep,

    /// <summary>All instances of a category in an image are one segment, as COCO panoptic demands.</summary>
    Merge,
}

/// <summary>
/// Writes COCO panoptic segmentations: a JSON file with the segments of each image, and a PNG per image whose colours
/// are their ids. Records that no stage has changed are written back as their source has them; pixels of no segment are
/// void, 0.
/// </summary>
/// <example>out: { write.coco_panoptic: { file: annotations/panoptic_val.json, images: hardlink } }</example>
[Stage("write.coco_panoptic")]
public sealed record CocoPanopticWriter : Writer
{
    /// <summary>Name of the JSON file in the release.</summary>
    public required ReleaseName File { get; init; }

    /// <summary>Folder of the release that the PNGs go into; without it the name of the file without
    /// <c>.json</c>.</summary>
    public ReleaseName? Panoptic { get; init; }

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>Folder of the release that the pictures go into, under their file names.</summary>
    public ReleaseName ImagesDir { get; init; } = ReleaseName.From("images");

    /// <summary>Which ids segments get.</summary>
    public SegmentNumbering Ids { get; init; }

    /// <summary>Which segment keeps a pixel that several cover.</summary>
    public OverlapRule Overlap { get; init; } = OverlapRule.Fail;

    /// <summary>How stuff is written.</summary>
    public StuffSegments Stuff { get; init; }

    /// <summary>How hard the PNGs are compressed; it decides their bytes.</summary>
    public PngCompression Compression { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <summary>Where the PNGs go.</summary>
    internal ReleaseName Folder => Panoptic ?? ReleaseName.From(Path.ChangeExtension(File.Value, null));

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Panoptic is null && !File.Value.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            yield return "'panoptic' must name the folder of the PNGs, since 'file' does not end in .json";
    }

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => new CocoPanopticReader
    {
        Annotations = release.Below(File),
        Panoptic = Panoptic is { } folder ? release.Below(folder) : null,
    };

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Image
            ? new PanopticOutput(this, input, release, context)
            : throw new BadDataException(new Problem("NOT_IMAGES",
                "write.coco_panoptic writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it",
            });
}
