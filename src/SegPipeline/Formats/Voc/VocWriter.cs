using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Voc;

/// <summary>
/// Writes segmentations as PASCAL VOC has them: indexed PNGs of classes and of objects, 255 where pixels are void, and
/// the list of the set.
/// </summary>
/// <example>out: { write.voc: { set: val, images: hardlink } }</example>
[Stage("write.voc")]
public sealed record VocWriter : Writer
{
    /// <summary>Name of the set, which <c>ImageSets/Segmentation</c> gets a list of.</summary>
    public required string Set { get; init; }

    /// <summary>What is written: masks of objects and of classes, or of classes alone.</summary>
    public VocInstances Of { get; init; }

    /// <summary>How the pictures get into the release, into <c>JPEGImages</c>.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>Which label a category gets.</summary>
    public ClassNumbering Classes { get; init; }

    /// <summary>Which label an object gets.</summary>
    public ObjectNumbering Ids { get; init; }

    /// <summary>Which object keeps a pixel that several cover; of classes, which class.</summary>
    public OverlapRule Overlap { get; init; }

    /// <summary>How hard the images are compressed; it decides their bytes.</summary>
    public PngCompression Compression { get; init; }

    /// <summary>Name of the list of classes, which <c>taxonomy</c> of read.voc takes; <c>classes_SET.csv</c> without
    /// it, so that several sets, or other formats, have room in one release.</summary>
    public ReleaseName? Taxonomy { get; init; }

    /// <summary>The list of classes.</summary>
    internal ReleaseName ClassList => Taxonomy ?? ReleaseName.From($"classes_{Set}.csv");

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (!ReleaseName.TryParse(Set + ".txt", null, out ReleaseName file) || file.Value.Contains('/'))
            yield return $"'set' must be a name that a file can have, found '{Set}'";
    }

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => new VocReader
    {
        Root = release,
        Set = Set,
        Of = Of,
        Taxonomy = release.Below(ClassList),
    };

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Image
            ? new VocOutput(this, input, release, context)
            : throw new BadDataException(new Problem("NOT_IMAGES", "write.voc writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it, or use write.palette",
            });
}
