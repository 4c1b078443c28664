using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Triplets;

/// <summary>What the names of a folder of triplets say.</summary>
public enum TripletLayout
{
    /// <summary>One of the others, as all names in the folder agree.</summary>
    Auto,

    /// <summary>As BIG: a picture for each object, and the name of its class somewhere in the name.</summary>
    Big,

    /// <summary>As relabelled PASCAL, <c>2007_000032_15</c>: the picture and two digits for the class.</summary>
    Pascal,

    /// <summary>As CascadePSP's split of ADE20K, <c>ADE_val_00000001_12.3</c>: the picture, the class and the part; the
    /// parts share their picture.</summary>
    AdeSplit,
}

/// <summary>What a sample of triplets is.</summary>
public enum TripletSamples
{
    /// <summary>An object, as the files have it; its key is the name without <c>_gt.png</c>.</summary>
    Objects,

    /// <summary>A picture with all its objects; its key is the picture's file name, e.g. <c>2007_000032.jpg</c>, as in
    /// PASCAL VOC.</summary>
    Photos,
}

/// <summary>
/// Reads a flat folder of objects as CascadePSP has them: a picture <c>NAME_im.jpg</c>, the truth <c>NAME_gt.png</c>
/// and the segmentation that is to be judged or refined, <c>NAME_seg.png</c>. The truth leaves by the port <c>out</c>,
/// the other by the port <c>seg</c>. Any of the three may be missing, which is counted and told.
/// </summary>
/// <example>
/// big: { read.triplets: { root: BIG/test, category: object }, drop: seg }
/// </example>
/// <remarks>
/// Masks are black and white PNGs of one object; of soft masks the pixels above <c>threshold</c> are of the object,
/// colours count by their luma, opacity is ignored. In a sample all files have one size.
/// </remarks>
[Stage("read.triplets")]
public sealed record TripletsReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The folder.</summary>
    public required InputPath Root { get; init; }

    /// <summary>
    /// The classes and their names: a CSV file, e.g. ADE's <c>objectInfo150.csv</c> or lines <c>label,name</c>, or a
    /// YAML map of label to name. Without it the 20 classes of PASCAL VOC; in the layout <c>ade_split</c> classes
    /// without names.
    /// </summary>
    public InputPath? Taxonomy { get; init; }

    /// <summary>The category of all objects, e.g. <c>object</c>; without it names tell the category.</summary>
    public string? Category { get; init; }

    /// <summary>What the names say.</summary>
    public TripletLayout Layout { get; init; }

    /// <summary>What a sample is.</summary>
    public TripletSamples Samples { get; init; }

    /// <summary>Levels of a mask above this one are of the object.</summary>
    [Range(0, 254)]
    public int Threshold { get; init; } = 128;

    /// <summary>How the names of pictures end before their extension.</summary>
    public string ImageSuffix { get; init; } = "_im";

    /// <summary>How the names of true masks end before <c>.png</c>.</summary>
    public string GtSuffix { get; init; } = "_gt";

    /// <summary>How the names of the masks of the port <c>seg</c> end: <c>_mask</c> for those that CascadePSP
    /// writes.</summary>
    public string SegSuffix { get; init; } = "_seg";

    /// <summary>The list that must have the SHA-256 of every mask that is read, <c>{ list: SHA256SUMS }</c>; without it
    /// any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputPorts => [DefaultPort, "seg"];

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        string[] suffixes = [ImageSuffix, GtSuffix, SegSuffix];
        if (suffixes.Any(s => s.Length == 0) || suffixes.Distinct(StringComparer.Ordinal).Count() < suffixes.Length)
            yield return "'image_suffix', 'gt_suffix' and 'seg_suffix' must differ, and none may be empty";
        if (Category is not null && Taxonomy is not null)
            yield return "'category' and 'taxonomy' exclude each other";
        if (Category is { Length: 0 }) yield return "'category' must be a name";
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => TripletsRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => TripletsDataset.Open(this, context);
}
