using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>What a pixel of a label image says.</summary>
public enum LabelEncoding
{
    /// <summary>Its label: an index, a grey value of up to 16 bits, or a colour that the taxonomy gives.</summary>
    Labels,

    /// <summary>Red is the label, green the number of the object, as <c>annotations_instance</c> of ADE20K.</summary>
    AdeInstances,

    /// <summary>The label is 256 times a tenth of red plus green, blue is the number of the object, as <c>_seg.png</c>
    /// of the full ADE20K.</summary>
    AdeFull,
}

/// <summary>What to do about a label image without a picture, or a picture without a label image.</summary>
public enum Unmatched
{
    /// <summary>The image is bad.</summary>
    Fail,

    /// <summary>It is not read; how many there are is warned of.</summary>
    Skip,
}

/// <summary>
/// Reads images that have one label image each, as scene parsing of ADE20K and CamVid do: grey or indexed PNGs, or the
/// colours of a known table. All pixels of a label are one instance, whose category is the label.
/// </summary>
/// <example>
/// val:
///   read.label_maps:
///     images: images/validation
///     labels: annotations/validation
///     taxonomy: objectInfo150.csv
/// </example>
/// <remarks>
/// Pictures and label images meet by their names without extension, folders within included; images come in the
/// ordinal order of these names. The key of an image is its picture's name.
/// </remarks>
[Stage("read.label_maps")]
public sealed record LabelMapsReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>Folder of the label images, e.g. <c>annotations/validation</c>.</summary>
    public required InputPath Labels { get; init; }

    /// <summary>Folder of the pictures; without it images have none, and their names end in <c>.jpg</c>.</summary>
    public InputPath? Images { get; init; }

    /// <summary>
    /// The labels and their names: a CSV file whose first row names the columns, e.g. ADE's <c>objectInfo150.csv</c> or
    /// CamVid's <c>class_dict.csv</c>, or a YAML map of label to name. Without it labels have no names, and all are
    /// taken.
    /// </summary>
    public InputPath? Taxonomy { get; init; }

    /// <summary>What a pixel says.</summary>
    public LabelEncoding Encoding { get; init; }

    /// <summary>
    /// The labels of pixels that count for nothing: <c>none</c>, a label or a list of them, or <c>auto</c>, which is 0
    /// unless the taxonomy has a category 0.
    /// </summary>
    public ImmutableArray<MapLabel> Void { get; init; } = [MapLabel.Auto];

    /// <summary>The label of pixels that belong to nothing, or <c>none</c>.</summary>
    public MapLabel Background { get; init; } = MapLabel.None;

    /// <summary>
    /// What is added to every label of the images: 1 for predictions that count from 0. The taxonomy, <c>void</c> and
    /// <c>background</c> speak of labels with it.
    /// </summary>
    public int LabelOffset { get; init; }

    /// <summary>What the names of label images have more than those of their pictures, e.g. <c>_L</c> in CamVid; files
    /// without it are no label images.</summary>
    public string LabelSuffix { get; init; } = "";

    /// <summary>What the names of pictures have more than those of their label images, e.g.
    /// <c>_leftImg8bit</c>.</summary>
    public string ImageSuffix { get; init; } = "";

    /// <summary>What to do about a label image without a picture, or a picture without a label image.</summary>
    public Unmatched Unmatched { get; init; }

    /// <summary>The list that must have the SHA-256 of every label image that is read, <c>{ list: SHA256SUMS }</c>;
    /// without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override bool FindsPhotos => Images is not null;

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => null;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
        if (Void.Length != 1 && Void.Any(v => v.Value is null))
            yield return "'void' must be auto, none, or labels";
        if (Background.IsAutomatic) yield return "'background' must be none or a label";
        if (Images is null && ImageSuffix.Length > 0) yield return "'image_suffix' needs 'images'";
        if (Encoding == LabelEncoding.AdeInstances && LabelOffset != 0)
            yield return "'label_offset' has no meaning for images of instances";
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => LabelMapsRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => LabelMapsDataset.Open(this, context);
}
