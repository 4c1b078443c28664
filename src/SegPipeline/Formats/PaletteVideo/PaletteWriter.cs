using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Which colours label images are written with.</summary>
public enum PaletteColors
{
    /// <summary>Those that the frame's label image had; VOC's where it had none.</summary>
    Keep,

    /// <summary>The 256 colours of PASCAL VOC, which DAVIS, MOSE and YouTube-VOS use.</summary>
    Voc,

    /// <summary>None: grey images, in which 255 can be an object.</summary>
    Grey,
}

/// <summary>Which frames get a mask.</summary>
public enum PaletteFrames
{
    /// <summary>Every frame of which something is known.</summary>
    Annotated,

    /// <summary>The first frame of each video only, as in the validation sets of MOSE.</summary>
    First,
}

/// <summary>
/// Writes videos as label images, one folder of PNGs for each video as DAVIS, MOSE and YouTube-VOS have them: the label
/// of a pixel is the number of its object. A frame that is not annotated gets no image, void pixels get 255.
/// </summary>
/// <example>
/// out: { write.palette: { dir: Annotations/480p, frames: hardlink, frames_dir: JPEGImages/480p } }
/// </example>
/// <remarks>A frame counts as annotated when its source says so, when some instance has a shape there or is known to be
/// absent (null), or when the frame came from a label image.</remarks>
[Stage("write.palette")]
public sealed record PaletteWriter : Writer
{
    /// <summary>Folder of the release that gets the folders of the videos.</summary>
    public ReleaseName Dir { get; init; } = ReleaseName.From("Annotations");

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Frames { get; init; }

    /// <summary>Folder of the release that the pictures go into.</summary>
    public ReleaseName FramesDir { get; init; } = ReleaseName.From("JPEGImages");

    /// <summary>Which frames get a mask.</summary>
    public PaletteFrames Masks { get; init; }

    /// <summary>Which colours the images have.</summary>
    public PaletteColors Palette { get; init; }

    /// <summary>Which label an object gets.</summary>
    public ObjectNumbering Ids { get; init; }

    /// <summary>Which object keeps a pixel that several cover.</summary>
    public OverlapRule Overlap { get; init; }

    /// <summary>How hard the images are compressed; it decides their bytes.</summary>
    public PngCompression Compression { get; init; }

    /// <summary>Name of a file that lists the videos with a mask or frames, one a line; none is written without
    /// it.</summary>
    public ReleaseName? SequencesFile { get; init; }

    /// <summary>Name of a file with the categories of objects and their frames, as the <c>meta.json</c> of YouTube-VOS;
    /// none is written without it.</summary>
    public ReleaseName? Meta { get; init; }

    /// <summary>Name of a file that says which label each instance got, as lines of JSON; none is written without
    /// it.</summary>
    public ReleaseName? IdMap { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Video;

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => new PaletteReader
    {
        Masks = release.Below(Dir),
        Meta = Meta is { } meta ? release.Below(meta) : null,
    };

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Video
            ? new PaletteOutput(this, input, release, context)
            : throw new BadDataException(new Problem("NOT_VIDEOS",
                "write.palette writes videos, the dataset has images")
            {
                Remedy = "put to_video before it, or use write.label_maps or write.voc",
            });
}
