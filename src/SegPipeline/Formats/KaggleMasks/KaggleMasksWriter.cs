using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>
/// Writes a folder for each image, with its picture, <c>ID/images/ID.png</c>, and a black and white PNG for each
/// object, <c>ID/masks/*.png</c>, as the 2018 Data Science Bowl has them. The id is the key of the image without
/// folders and extension. Categories are not written: there is only one.
/// </summary>
/// <example>out: { write.kaggle_masks: { dir: stage1_train, images: copy } }</example>
[Stage("write.kaggle_masks")]
public sealed record KaggleMasksWriter : Writer
{
    /// <summary>Folder of the release that gets the folders.</summary>
    public ReleaseName Dir { get; init; } = ReleaseName.From("stage1_train");

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>How many bits a pixel of a mask has.</summary>
    public MaskBits Bits { get; init; }

    /// <summary>How hard masks are compressed; it decides their bytes.</summary>
    public PngCompression Compression { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    /// <remarks>A reader of the format needs the pictures.</remarks>
    public override Reader? ReadBack(InputPath release) => Images == MediaTransfer.None
        ? null
        : new KaggleMasksReader { Root = release.Below(Dir) };

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Image
            ? new KaggleMasksOutput(this, release, context)
            : throw new BadDataException(new Problem("NOT_IMAGES",
                "write.kaggle_masks writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it, or use write.palette",
            });
}
