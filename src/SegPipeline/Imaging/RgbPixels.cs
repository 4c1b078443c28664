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
}
