using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Ytvis;

/// <summary>What identifies a video.</summary>
public enum YtvisKey
{
    /// <summary>The folder of its frames, with as many folders above it as make it differ from others.</summary>
    Folder,

    /// <summary>Its id.</summary>
    Id,
}

/// <summary>Whether the sizes of videos are believed.</summary>
public enum YtvisSizes
{
    /// <summary>The size that the video's record states counts.</summary>
    Trust,

    /// <summary>A video is bad when its first picture or its run lengths have another size than its record.</summary>
    Verify,
}

/// <summary>
/// Reads a YouTube-VIS file (2019, 2021, OVIS, LV-VIS), or a list of results. The file is indexed in one pass; records
/// stay in the file until they are asked for, and keep every member they have.
/// </summary>
/// <example>
/// val: { read.ytvis: { annotations: val_instances.json, frames: val/JPEGImages } }
/// </example>
[Stage("read.ytvis")]
public sealed record YtvisReader : Reader, IDigestChecked, IRecognisable
{
    /// <summary>The JSON file with the videos and annotations, or with the list of results.</summary>
    public required InputPath Annotations { get; init; }

    /// <summary>Folder with one folder of pictures for each video; without it no picture can be opened.</summary>
    public InputPath? Frames { get; init; }

    /// <summary>The file that has the videos and categories of a list of results.</summary>
    public InputPath? GroundTruth { get; init; }

    /// <summary>What identifies a video, here and in other datasets.</summary>
    public YtvisKey Key { get; init; }

    /// <summary>
    /// How a picture is found in <c>frames</c>. The last two parts of a name are folder and picture in every such
    /// dataset; LV-VIS has the path of somebody's disk before them.
    /// </summary>
    public PhotoLookup FindBy { get; init; } = PhotoLookup.LastTwoParts;

    /// <summary>What to make of two videos of one id.</summary>
    public SameRecords SameVideos { get; init; }

    /// <summary>Whether sizes are compared; <c>verify</c> opens the first picture of each video.</summary>
    public YtvisSizes Sizes { get; init; }

    /// <summary>What to make of polygons with fewer than 6 or an odd number of numbers.</summary>
    public ShortPolygons ShortPolygons { get; init; }

    /// <summary>What to make of annotations that have NaN or Infinity.</summary>
    public NotNumbers NotNumbers { get; init; }

    /// <summary>What the SHA-256 of the annotations must be; without it any will do.</summary>
    public DigestCheck? Digest { get; init; }

    /// <inheritdoc/>
    public override ObjectSource Objects => ObjectSource.Records;

    /// <inheritdoc/>
    public override bool FindsPhotos => Frames is not null;

    /// <inheritdoc/>
    InputPath? IDigestChecked.DigestedFile => Annotations;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        foreach (string fault in DigestCheck.FaultsOf(this)) yield return fault;
        if (Frames is null && Sizes == YtvisSizes.Verify) yield return "'sizes: verify' needs 'frames'";
        if (Frames is null && FindBy != PhotoLookup.LastTwoParts) yield return "'find_by' needs 'frames'";
    }

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => SampleKind.Video;

    /// <inheritdoc/>
    public static IEnumerable<Recognition> Recognise(PathLook look) => YtvisRecognition.Of(look);

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => YtvisDataset.Open(this, context);
}
