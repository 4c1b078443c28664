namespace SegPipeline.Masks.Bitmaps;

/// <summary>The pixels of one picture, row by row from the top, without padding between rows.</summary>
/// <typeparam name="T">What a pixel is: byte, ushort or uint.</typeparam>
public readonly ref struct RowMajorPixels<T>
    where T : unmanaged
{
    /// <summary>Lays a size over pixels.</summary>
    /// <param name="values">Height times width pixels, row-major.</param>
    /// <param name="heightPx">Height in pixels, 0 or more.</param>
    /// <param name="widthPx">Width in pixels, 0 or more.</param>
    /// <exception cref="ArgumentException">The number of pixels is not height times width.</exception>
    public RowMajorPixels(ReadOnlySpan<T> values, int heightPx, int widthPx)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(heightPx);
        ArgumentOutOfRangeException.ThrowIfNegative(widthPx);
        if ((long)heightPx * widthPx != values.Length)
            throw new ArgumentException($"{values.Length} pixels are not {heightPx} rows of {widthPx}", nameof(values));
        Values = values;
        HeightPx = heightPx;
        WidthPx = widthPx;
    }

    /// <summary>All pixels, row-major.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>Height in pixels.</summary>
    public int HeightPx { get; }

    /// <summary>Width in pixels.</summary>
    public int WidthPx { get; }

    /// <summary>The pixels of one row, left to right.</summary>
    /// <param name="y">Row, from 0 at the top.</param>
    public ReadOnlySpan<T> Row(int y) => Values.Slice(y * WidthPx, WidthPx);
}
