using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>What to do about a mask whose size is not that of its video.</summary>
public enum OddSizes
{
    /// <summary>The video is bad.</summary>
    Fail,

    /// <summary>The mask is left out and warned of; its frame counts as not annotated.</summary>
    Skip,
}

/// <summary>Whose size is compared with the masks.</summary>
public enum CheckPictures
{
    /// <summary>That of the first picture of each video.</summary>
    First,

    /// <summary>That of every picture.</summary>
    All,

    /// <summary>No picture's; none is opened.</summary>
    None,
}

/// <summary>What to do with frames that have a picture and no mask.</summary>
public enum Unannotated
{
    /// <summary>They are frames, on which nothing is known of any object.</summary>
    Keep,

    /// <summary>They are no frames of the video.</summary>
    Drop,
}

/// <summary>
/// Reads videos whose masks are label images, one folder for each video, as DAVIS, MOSE and YouTube-VOS have them: the
/// label of a pixel is the number of its object within the video. Images may be indexed, grey, or colours of a known
/// palette. Frames are ordered by their number.
/// </summary>
/// <example>
/// videos: { read.palette: { masks: Annotations/480p, frames: JPEGImages/480p, sequences_file: ImageSets/val.txt } }
/// </example>
/// <remarks>
/// In a frame without a mask file nothing is known of the objects: their segmentation is missing. In a frame with a
/// mask file in which an object has no pixel it is absent: its segmentation is null.
/// </remarks>
[Stage("read.palette")]
public sealed record PaletteReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>Folder with a folder of PNGs for each video, e.g. <c>Annotations/480p</c>.</summary>
    public required InputPath Masks { get; init; }

    /// <summary>Folder with a folder of pictures for each video; frames then come from it, also those without a
    /// mask.</summary>
    public InputPath? Frames { get; init; }

    /// <summary>Names of the videos to read, in this order; all that have masks when no names are given.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = [];

    /// <summary>A file with the names of the videos to read, one a line.</summary>
    public InputPath? SequencesFile { get; init; }

    /// <summary>
    /// A <c>meta.json</c> with the categories of objects (YouTube-VOS) or the length and size of videos (MOSE); what it
    /// says is compared with the files.
    /// </summary>
    public InputPath? Meta { get; init; }

    /// <summary>
    /// Label of the pixels that count for nothing: <c>none</c>, a label, or <c>auto</c>, which is 255, but none in a
    /// video of grey images of nothing but 0 and 255 (DAVIS 2016).
    /// </summary>
    public VoidLabel Void { get; init; } = VoidLabel.Auto;

    /// <summary>Name of the category of objects that <c>meta</c> gives none.</summary>
    public string Category { get; init; } = "object";

    /// <summary>A PNG whose palette says what the colours of images mean that are not indexed; VOC's palette without
    /// it.</summary>
    public InputPath? Colors { get; init; }

    /// <summary>What to do about a mask whose size is not that of its video.</summary>
    public OddSizes OddSizes { get; init; }

    /// <summary>Whose size is compared with the masks.</summary>
    public CheckPictures CheckPictures { get; init; }

    /// <summary>What to do with frames that have a picture and no mask.</summary>
    public Unannotated Unannotated { get; init; }

    /// <summary>The list that must have the SHA-256 of every mask and list that is read, <c>{ list: SHA256SUMS }</c>;
    /// without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override bool FindsPhotos => Frames is not null;

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => null;

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Video;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
        if (Sequences.Count > 0 && SequencesFile is not null)
            yield return "'sequences' and 'sequences_file' exclude each other";
        if (Frames is null && CheckPictures != CheckPictures.First) yield return "'check_pictures' needs 'frames'";
        if (Frames is null && Unannotated != Unannotated.Keep) yield return "'unannotated' needs 'frames'";
    }

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => PaletteRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => PaletteDataset.Open(this, context);
}
