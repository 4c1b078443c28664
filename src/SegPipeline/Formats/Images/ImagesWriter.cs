using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Images;

/// <summary>How pictures get into the release.</summary>
public enum PictureTransfer
{
    /// <summary>Copied, byte for byte.</summary>
    Copy,

    /// <summary>Hard-linked; copied where the file system cannot.</summary>
    Hardlink,

    /// <summary>Linked symbolically to the source.</summary>
    Symlink,
}

/// <summary>What the pictures are named after.</summary>
public enum PictureNames
{
    /// <summary>Their names in the source, folders included.</summary>
    Keep,

    /// <summary>Their names in the source without folders.</summary>
    Flat,

    /// <summary>The key of their sample; of a video, a folder of that name with numbered frames.</summary>
    Key,
}

/// <summary>
/// Writes pictures into a folder, and nothing else: those of a set without labels, say, or the rest that nobody drew.
/// Pictures that a stage has changed are written as they have become, whatever the transfer.
/// </summary>
/// <example>rest: { write.images: { dir: test_images, images: hardlink, names: flat } }</example>
[Stage("write.images")]
public sealed record ImagesWriter : Writer
{
    /// <summary>Folder of the release that they go into.</summary>
    public ReleaseName Dir { get; init; } = ReleaseName.From("images");

    /// <summary>How they get there.</summary>
    public PictureTransfer Images { get; init; }

    /// <summary>What they are named after. Two of one name are an error.</summary>
    public PictureNames Names { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tasks => [];

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        new ImagesOutput(this, release);
}
