using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Triplets;

/// <summary>Which masks of triplets a stage writes.</summary>
public enum TripletRole
{
    /// <summary>The truth.</summary>
    Gt,

    /// <summary>The segmentation that is to be judged or refined.</summary>
    Seg,
}

/// <summary>What files are named after.</summary>
public enum TripletNames
{
    /// <summary>The key of the sample, which must have one object; a key <c>PHOTO_CLASS.PART</c>, as of
    /// <c>ade_split</c>, shares its picture with the others of that photo.</summary>
    Key,

    /// <summary>Photo and class, <c>2007_000032_15</c>: all objects of a category of a sample together, with a picture
    /// each.</summary>
    Category,

    /// <summary>Photo, class and part, <c>ADE_val_00000001_12.3</c>: every object of a sample, numbered from 1 within
    /// its category, with one picture.</summary>
    Part,
}

/// <summary>
/// Writes objects as CascadePSP takes them, into one flat folder: black and white masks <c>NAME_gt.png</c> or
/// <c>NAME_seg.png</c>, and pictures <c>NAME_im.jpg</c>. Two stages, one of each role, write both masks into one
/// folder; one of them brings the pictures.
/// </summary>
/// <example>
/// truth: { from: parts, write.triplets: { role: gt, images: copy } }
/// coarse: { from: parts.seg, write.triplets: { role: seg } }
/// </example>
[Stage("write.triplets")]
public sealed record TripletsWriter : Writer
{
    /// <summary>Which masks are written.</summary>
    public required TripletRole Role { get; init; }

    /// <summary>Folder of the release that they go into.</summary>
    public ReleaseName Dir { get; init; } = ReleaseName.From("triplets");

    /// <summary>What files are named after. Two of one name are an error.</summary>
    public TripletNames Names { get; init; }

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>How many bits a pixel of a mask has.</summary>
    public MaskBits Bits { get; init; }

    /// <summary>How hard masks are compressed; it decides their bytes.</summary>
    public PngCompression Compression { get; init; }

    /// <summary>Name of a list of the classes, which <c>taxonomy</c> of read.triplets takes; none is written without
    /// it.</summary>
    public ReleaseName? Taxonomy { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Image
            ? new TripletsOutput(this, input.Taxonomy, release, context)
            : throw new BadDataException(new Problem("NOT_IMAGES",
                "write.triplets writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it, or use write.palette",
            });
}
