namespace SegPipeline.Imaging;

/// <summary>The decoded pixels of a photo: red, green and blue of each pixel, one byte each, row-major.</summary>
public sealed class RgbPixels
{
    /// <summary>Most pixels that a file is decoded to: 2^29, three bytes each.</summary>
    public const long MaxPixels = 1L << 29;

    /// <summary>A picture of given pixels, which are not copied.</summary>
    /// <param name="widthPx">Width, at least 1.</param>
    /// <param name="heightPx">Height, at least 1.</param>
    /// <param name="rowMajor">Three bytes for each pixel; that of (x, y) begins at 3 * (y * width + x).</param>
    /// <exception cref="ArgumentException">The number of bytes is not three for each pixel, or there is
    /// none.</exception>
    public RgbPixels(int widthPx, int heightPx, byte[] rowMajor)
    {
        ArgumentNullException.ThrowIfNull(rowMajor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPx);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPx);
        if (3L * widthPx * heightPx != rowMajor.Length)
            throw new ArgumentException(
                $"{rowMajor.Length} bytes are not 3 x {widthPx} x {heightPx}", nameof(rowMajor));
        WidthPx = widthPx;
        HeightPx = heightPx;
        RowMajor = rowMajor;
    }

    /// <summary>Width in pixels.</summary>
    public int WidthPx { get; }

    /// <summary>Height in pixels.</summary>
    public int HeightPx { get; }

    /// <summary>Red, green and blue of each pixel; that of (x, y) begins at 3 * (y * width + x).</summary>
    public byte[] RowMajor { get; }

    /// <summary>The picture as a viewer shows it that obeys an EXIF orientation.</summary>
    /// <param name="orientation">5 to 8: those that exchange width and height.</param>
    /// <remarks>EXIF 2.32, tag 274: where row 0 and column 0 of the stored picture are shown.</remarks>
    internal RgbPixels Turned(int orientation)
    {
        byte[] shown = new byte[RowMajor.Length];
        for (int y = 0, at = 0; y < WidthPx; y++)
            for (int x = 0; x < HeightPx; x++, at += 3)
            {
                int column = orientation <= 6 ? y : WidthPx - 1 - y;
                int row = orientation is 6 or 7 ? HeightPx - 1 - x : x;
                RowMajor.AsSpan(3 * (row * WidthPx + column), 3).CopyTo(shown.AsSpan(at));
            }
        return new RgbPixels(HeightPx, WidthPx, shown);
    }
}
