namespace SegPipeline.Masks;

/// <summary>Limits of the size of a mask, checked in 64 bits before anything is allocated.</summary>
public static class MaskSize
{
    /// <summary>Most pixels a mask can have: the largest run length of the format, 2^32 - 1.</summary>
    public const long MaxPixels = uint.MaxValue;

    /// <summary>Checks a size that comes from outside and returns its number of pixels.</summary>
    /// <param name="heightPx">Height, must be 0 or more.</param>
    /// <param name="widthPx">Width, must be 0 or more.</param>
    /// <param name="maxPixels">Most pixels to allow; a reader of untrusted files can lower it.</param>
    /// <exception cref="MaskFormatException">The size is negative or too large (MASK_SIZE).</exception>
    public static long Check(long heightPx, long widthPx, long maxPixels = MaxPixels)
    {
        if ((ulong)heightPx > int.MaxValue || (ulong)widthPx > int.MaxValue)
            throw new MaskFormatException(MaskFault.Size, 0,
                $"height and width must be between 0 and {int.MaxValue}, found {heightPx}x{widthPx} (height x width)");
        long pixels = heightPx * widthPx;
        if (pixels > maxPixels)
            throw new MaskFormatException(MaskFault.Size, 0,
                $"a mask may have {maxPixels} pixels, {heightPx}x{widthPx} (height x width) has {pixels}");
        return pixels;
    }

    /// <summary>Checks that a mask has the size of the first one it is combined with.</summary>
    internal static void CheckSame(Mask first, Mask other)
    {
        if (first.HeightPx != other.HeightPx || first.WidthPx != other.WidthPx)
            throw new MaskFormatException(MaskFault.Size, 0,
                $"masks must have one size (height x width), found {first.HeightPx}x{first.WidthPx} and " +
                $"{other.HeightPx}x{other.WidthPx}");
    }
}
