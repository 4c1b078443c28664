using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>A picture of labels that owns its pixels.</summary>
/// <typeparam name="T">byte, ushort, or uint for ids of panoptic images.</typeparam>
public sealed class LabelImage<T>
    where T : unmanaged
{
    private readonly T[] _labels;

    /// <summary>A label image of given labels, which are not copied.</summary>
    /// <param name="labels">A label for each pixel, row-major.</param>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <exception cref="ArgumentException">The number of labels is not height times width.</exception>
    public LabelImage(T[] labels, int heightPx, int widthPx)
    {
        _labels = labels;
        HeightPx = heightPx;
        WidthPx = widthPx;
        _ = Pixels;
    }

    /// <summary>Height in pixels.</summary>
    public int HeightPx { get; }

    /// <summary>Width in pixels.</summary>
    public int WidthPx { get; }

    /// <summary>The labels, row-major.</summary>
    public RowMajorPixels<T> Pixels => new(_labels, HeightPx, WidthPx);
}
