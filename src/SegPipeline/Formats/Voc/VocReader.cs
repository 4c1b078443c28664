using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Voc;

/// <summary>What an instance is.</summary>
public enum VocInstances
{
    /// <summary>An object, from <c>SegmentationObject</c>, with its class from <c>SegmentationClass</c>.</summary>
    Objects,

    /// <summary>All pixels of a class in an image, from <c>SegmentationClass</c> alone.</summary>
    Classes,
}

/// <summary>
/// Reads segmentations of PASCAL VOC: <c>SegmentationClass</c> and <c>SegmentationObject</c> beside <c>JPEGImages</c>.
/// The class of an object is that of its pixels; 255, the border of objects, is void.
/// </summary>
/// <example>val: { read.voc: { root: VOCdevkit/VOC2012, set: val, of: objects } }</example>
[Stage("read.voc")]
public sealed record VocReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The folder that holds <c>SegmentationClass</c>, e.g. <c>VOCdevkit/VOC2012</c>.</summary>
    public required InputPath Root { get; init; }

    /// <summary>Name of the set whose images are read, from <c>ImageSets/Segmentation</c>; all images that have a mask
    /// without it.</summary>
    public string? Set { get; init; }

    /// <summary>What an instance is.</summary>
    public VocInstances Of { get; init; }

    /// <summary>Name of the folder of class masks within the root.</summary>
    public string ClassesDir { get; init; } = "SegmentationClass";

    /// <summary>Name of the folder of object masks within the root.</summary>
    public string ObjectsDir { get; init; } = "SegmentationObject";

    /// <summary>Name of the folder of pictures within the root; it may be absent.</summary>
    public string ImagesDir { get; init; } = "JPEGImages";

    /// <summary>
    /// A file with the names of the classes: lines <c>label,name</c>, or a name on each line, the first for label 0,
    /// the background. The 20 classes of VOC without it.
    /// </summary>
    public InputPath? Taxonomy { get; init; }

    /// <summary>The list that must have the SHA-256 of every mask and list that is read, <c>{ list: SHA256SUMS }</c>;
    /// without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => null;

    /// <inheritdoc/>
    public override IEnumerable<string> Check() => DigestCheck.FaultsOf(this);

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => VocRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => VocDataset.Open(this, context);
}
