using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>Which colours label images are written with.</summary>
public enum MapColors
{
    /// <summary>Those that the image's label image had; none where it had none.</summary>
    Keep,

    /// <summary>None: grey images.</summary>
    None,

    /// <summary>The 256 colours of PASCAL VOC.</summary>
    Voc,

    /// <summary>256 greys, as an indexed image.</summary>
    Greys,
}

/// <summary>
/// Writes images as one label image each, as scene parsing of ADE20K has them: the label of a pixel is the category of
/// the instance that has it. Instances of one category become one; a list of the classes is written beside.
/// </summary>
/// <example>out: { write.label_maps: { dir: annotations/validation, images: hardlink } }</example>
[Stage("write.label_maps")]
public sealed record LabelMapsWriter : Writer
{
    /// <summary>Folder of the release that gets the label images.</summary>
    public ReleaseName Dir { get; init; } = ReleaseName.From("annotations");

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>Folder of the release that the pictures go into.</summary>
    public ReleaseName ImagesDir { get; init; } = ReleaseName.From("images");

    /// <summary>Which label a category gets.</summary>
    public ClassNumbering Classes { get; init; }

    /// <summary>What is added to every label: -1 for labels that count from 0.</summary>
    public int LabelOffset { get; init; }

    /// <summary>The value of pixels that count for nothing, offset included.</summary>
    public MapLabel Void { get; init; } = MapLabel.Of(0);

    /// <summary>The value of pixels that belong to nothing, offset included; <c>none</c> when there must be no such
    /// pixel.</summary>
    public MapLabel Background { get; init; } = MapLabel.Of(0);

    /// <summary>How many bits a label has: 8 for labels from 0 to 255; 16 for labels from 0 to 65535, in grey
    /// images.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Which colours the images have.</summary>
    public MapColors Palette { get; init; }

    /// <summary>A PNG whose palette all images get.</summary>
    public InputPath? PaletteFile { get; init; }

    /// <summary>Which category keeps a pixel that several cover.</summary>
    public OverlapRule Overlap { get; init; }

    /// <summary>How hard the images are compressed; it decides their bytes.</summary>
    public PngCompression Compression { get; init; }

    /// <summary>Name of the list of classes, which <c>taxonomy</c> of read.label_maps takes.</summary>
    public ReleaseName Taxonomy { get; init; } = ReleaseName.From("classes.csv");

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <summary>The largest value of a pixel.</summary>
    internal int MostLabel => (1 << Bits) - 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Bits is not (8 or 16))
        {
            yield return $"'bits' must be 8 or 16, found {Bits}";
            yield break;
        }
        if (Void.Value is not { } voidValue || voidValue > MostLabel)
            yield return $"'void' must be a label from 0 to {MostLabel}";
        if (Background.IsAutomatic || Background.Value > MostLabel)
            yield return $"'background' must be none or a label from 0 to {MostLabel}";
        if (Bits == 16 && (Palette is not (MapColors.None or MapColors.Keep) || PaletteFile is not null))
            yield return "a palette needs 'bits: 8'";
        if (PaletteFile is not null && Palette != MapColors.Keep)
            yield return "'palette' and 'palette_file' exclude each other";
    }

    /// <inheritdoc/>
    public override Reader? ReadBack(InputPath release) => new LabelMapsReader
    {
        Labels = release.Below(Dir),
        Taxonomy = release.Below(Taxonomy),
    };

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Image
            ? new LabelMapsOutput(this, input, release, context)
            : throw new BadDataException(new Problem("NOT_IMAGES",
                "write.label_maps writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it, or use write.palette",
            });
}
