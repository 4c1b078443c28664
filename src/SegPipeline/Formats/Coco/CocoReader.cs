using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Coco;

/// <summary>What identifies an image.</summary>
public enum CocoKey
{
    /// <summary>Its file name, with forward slashes.</summary>
    FileName,

    /// <summary>Its id.</summary>
    Id,
}

/// <summary>
/// Reads a COCO file: instances, keypoints, captions, LVIS, Objects365, DaTaSeg; or a list of results. The file is
/// indexed in one pass; records stay in the file until they are asked for, and keep every member they have.
/// </summary>
/// <example>
/// val: { read.coco: { annotations: annotations/instances_val2017.json, images: val2017 } }
/// </example>
[Stage("read.coco")]
public sealed record CocoReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The JSON file with the annotations, or with the list of results.</summary>
    public required InputPath Annotations { get; init; }

    /// <summary>Folder that file names are relative to; without it no picture can be opened.</summary>
    public InputPath? Images { get; init; }

    /// <summary>The file that has the images and categories of a list of results.</summary>
    public InputPath? GroundTruth { get; init; }

    /// <summary>What identifies an image, here and in other datasets.</summary>
    public CocoKey Key { get; init; }

    /// <summary>What to make of two images of one id.</summary>
    public SameRecords SameImages { get; init; }

    /// <summary>How a picture is found in the folder of pictures.</summary>
    public PhotoLookup FindBy { get; init; }

    /// <summary>Start of file names that the folder of pictures does not have, e.g. <c>images/v1/</c>.</summary>
    public string StripPrefix { get; init; } = "";

    /// <summary>What to make of polygons with fewer than 6 or an odd number of numbers.</summary>
    public ShortPolygons ShortPolygons { get; init; }

    /// <summary>What to make of annotations that have NaN or Infinity.</summary>
    public NotNumbers NotNumbers { get; init; }

    /// <summary>What the SHA-256 of the annotations must be; without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override ObjectSource Objects => ObjectSource.Records;

    /// <inheritdoc/>
    public override bool FindsPhotos => Images is not null;

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => Annotations;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
        if (Images is null && StripPrefix.Length > 0) yield return "'strip_prefix' needs 'images'";
        if (Images is null && FindBy != PhotoLookup.FileName) yield return "'find_by' needs 'images'";
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Image;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => CocoRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => CocoDataset.Open(this, context);
}
