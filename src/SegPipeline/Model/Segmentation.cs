using System.Collections.Immutable;
using SegPipeline.Masks;

namespace SegPipeline.Model;

/// <summary>How a source wrote a shape. <c>iscrowd</c> is independent of it.</summary>
public enum SegmentationForm
{
    /// <summary>The record has no segmentation member.</summary>
    Missing,

    /// <summary>The member is null; in video: the object is absent from the frame.</summary>
    Null,

    /// <summary>The member is an empty list: "no mask", not an empty mask.</summary>
    EmptyList,

    /// <summary>Polygons, [[x1, y1, ...], ...].</summary>
    Polygons,

    /// <summary>Run lengths as a list of numbers.</summary>
    Counts,

    /// <summary>Run lengths as a COCO string.</summary>
    CompressedCounts,

    /// <summary>All pixels of one value in a label image.</summary>
    LabelRegion,
}

/// <summary>The shape of one instance in one frame, in the form its source wrote it.</summary>
public abstract record Segmentation
{
    /// <summary>No member at all.</summary>
    public static Segmentation Missing { get; } = new NoSegmentation(SegmentationForm.Missing);

    /// <summary>Null: absent from this frame.</summary>
    public static Segmentation Null { get; } = new NoSegmentation(SegmentationForm.Null);

    /// <summary>An empty list.</summary>
    public static Segmentation EmptyList { get; } = new NoSegmentation(SegmentationForm.EmptyList);

    /// <summary>How the source wrote it.</summary>
    public abstract SegmentationForm Form { get; }

    /// <summary>True when there is a shape from which a mask can be made.</summary>
    public bool HasMask => Form > SegmentationForm.EmptyList;

    /// <summary>The shape as run lengths; null when <see cref="HasMask"/> is false.</summary>
    /// <param name="heightPx">Height of the frame.</param>
    /// <param name="widthPx">Width of the frame.</param>
    /// <exception cref="BadDataException">The shape is malformed, or its size is not the frame's.</exception>
    public abstract Mask? ToMask(int heightPx, int widthPx);
}

/// <summary>The absence of a shape, in one of its three spellings.</summary>
/// <param name="State">Missing, Null or EmptyList.</param>
public sealed record NoSegmentation(SegmentationForm State) : Segmentation
{
    /// <inheritdoc/>
    public override SegmentationForm Form => State;

    /// <inheritdoc/>
    public override Mask? ToMask(int heightPx, int widthPx) => null;
}

/// <summary>Run lengths, from a list of counts, a COCO string, or a label image.</summary>
/// <param name="Mask">The run lengths; their size must be the frame's.</param>
/// <param name="WrittenAs">Counts, CompressedCounts or LabelRegion.</param>
public sealed record MaskSegmentation(Mask Mask, SegmentationForm WrittenAs) : Segmentation
{
    /// <inheritdoc/>
    public override SegmentationForm Form => WrittenAs;

    /// <inheritdoc/>
    public override Mask ToMask(int heightPx, int widthPx) =>
        Mask.HeightPx == heightPx && Mask.WidthPx == widthPx
            ? Mask
            : throw new BadDataException(new Problem("RLE_SIZE",
                $"the run lengths are {Mask.HeightPx}x{Mask.WidthPx} (height x width), "
                + $"the frame is {heightPx}x{widthPx}")
            {
                Remedy = "correct the size in the source; a mask is never resized silently",
            });
}
