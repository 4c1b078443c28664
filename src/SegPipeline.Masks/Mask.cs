namespace SegPipeline.Masks;

/// <summary>
/// A binary mask as run lengths in COCO order: the picture is read column by column (column-major), and the lengths
/// of its runs alternate between background and foreground, background first. Immutable.
/// </summary>
/// <remarks>
/// The representation of pycocotools (cocodataset/cocoapi, <c>common/maskApi.c</c>): the first length is 0 when the
/// first pixel is foreground. Lengths are unsigned 32-bit as there; they always sum to height times width.
/// </remarks>
public sealed class Mask
{
    private readonly uint[] _counts;

    internal Mask(int heightPx, int widthPx, uint[] counts)
    {
        HeightPx = heightPx;
        WidthPx = widthPx;
        _counts = counts;
    }

    /// <summary>Height in pixels, 0 or more.</summary>
    public int HeightPx { get; }

    /// <summary>Width in pixels, 0 or more.</summary>
    public int WidthPx { get; }

    /// <summary>Run lengths in pixels, column-major, background first.</summary>
    public ReadOnlySpan<uint> Counts => _counts;
}
