using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;

namespace SegPipeline.Formats;

/// <summary>Palettes that label images are written with.</summary>
internal static class Palettes
{
    /// <summary>A palette that has an entry for every label of an image: those that it lacks come from
    /// VOC's.</summary>
    public static Palette Covering(Palette palette, RowMajorPixels<byte> labels)
    {
        if (palette.Count == Palette.MaxCount) return palette;
        if (labels.Values.IndexOfAnyInRange((byte)palette.Count, byte.MaxValue) < 0) return palette;
        return new Palette([.. palette.Rgb, .. Palette.Voc.Rgb[palette.Rgb.Length..]]);
    }
}
