using SegPipeline.Masks;

namespace SegPipeline.Imaging;

/// <summary>Which pixels of a mask are painted.</summary>
internal enum Hatching
{
    /// <summary>All.</summary>
    None,

    /// <summary>Stripes that rise to the right.</summary>
    Rising,

    /// <summary>Stripes that fall to the right.</summary>
    Falling,
}

/// <summary>A picture on which masks are painted, so that the picture shines through.</summary>
/// <param name="pixels">The picture, painted on in place.</param>
internal sealed class OverlayCanvas(RgbPixels pixels)
{
    private const int StripePx = 4;

    /// <summary>Paints a mask of the size of the picture.</summary>
    /// <param name="mask">Which pixels.</param>
    /// <param name="colour">Red, green and blue.</param>
    /// <param name="share">How much of the colour, of 256.</param>
    /// <param name="hatching">Which of them.</param>
    public void Paint(Mask mask, (byte Red, byte Green, byte Blue) colour, int share, Hatching hatching)
    {
        byte[] rgb = pixels.RowMajor;
        long end = 0;
        for (int run = 0; run + 1 < mask.Counts.Length; run += 2)
        {
            long start = end + mask.Counts[run];
            end = start + mask.Counts[run + 1];
            int x = (int)(start / mask.HeightPx), y = (int)(start % mask.HeightPx);
            for (long i = start; i < end; i++)
            {
                if (IsPainted(x, y, hatching)) Blend(rgb.AsSpan(3 * (y * pixels.WidthPx + x), 3), colour, share);
                if (++y < mask.HeightPx) continue;
                y = 0;
                x++;
            }
        }
    }

    /// <summary>Whether hatching paints a pixel.</summary>
    public static bool IsPainted(int x, int y, Hatching hatching) => hatching switch
    {
        Hatching.Rising => (x + y) / StripePx % 2 == 0,
        Hatching.Falling => (x - y & int.MaxValue) / StripePx % 2 == 0,
        _ => true,
    };

    private static void Blend(Span<byte> pixel, (byte Red, byte Green, byte Blue) colour, int share)
    {
        pixel[0] = Mix(pixel[0], colour.Red, share);
        pixel[1] = Mix(pixel[1], colour.Green, share);
        pixel[2] = Mix(pixel[2], colour.Blue, share);
    }

    private static byte Mix(byte under, byte over, int share) =>
        (byte)((under * (256 - share) + over * share + 128) >> 8);
}
