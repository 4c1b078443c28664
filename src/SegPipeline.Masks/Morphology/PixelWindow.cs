namespace SegPipeline.Masks.Morphology;

/// <summary>A rectangle of pixels, which may reach beyond the picture.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">Column after the last one.</param>
/// <param name="Bottom">Row after the last one.</param>
internal readonly record struct PixelWindow(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Number of columns.</summary>
    public int WidthPx => Right - Left;

    /// <summary>Number of rows.</summary>
    public int HeightPx => Bottom - Top;

    /// <summary>The whole picture of a mask.</summary>
    public static PixelWindow Whole(Mask mask) => new(0, 0, mask.WidthPx, mask.HeightPx);

    /// <summary>The smallest window around the foreground of a mask.</summary>
    public static PixelWindow Foreground(Mask mask)
    {
        PixelBox box = mask.Box;
        return new PixelWindow(box.X, box.Y, box.X + box.WidthPx, box.Y + box.HeightPx);
    }

    /// <summary>The pixels of a picture at which a kernel reaches into this window.</summary>
    public PixelWindow ReachedBy(KernelStrips kernel, Mask picture)
    {
        int left = Math.Max(Left - kernel.MaxX, 0), top = Math.Max(Top - kernel.MaxY, 0);
        return new PixelWindow(
            left,
            top,
            (int)Math.Clamp((long)Right - kernel.MinX, left, Math.Max(left, picture.WidthPx)),
            (int)Math.Clamp((long)Bottom - kernel.MinY, top, Math.Max(top, picture.HeightPx)));
    }
}
