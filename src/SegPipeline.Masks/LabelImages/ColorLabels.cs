using SegPipeline.Masks.Png;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Labels of images that are stored as colours of 8 bits a sample; opacity is ignored.</summary>
public static class ColorLabels
{
    /// <summary>The ids of a COCO panoptic image: red + 256 green + 65536 blue.</summary>
    /// <param name="image">A colour image with or without opacity.</param>
    /// <exception cref="InvalidOperationException">The image is not one of 8-bit colours.</exception>
    public static LabelImage<uint> ToIds(PngImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        int step = SamplesPerPixel(image);
        ReadOnlySpan<byte> samples = image.Samples;
        uint[] ids = GC.AllocateUninitializedArray<uint>(samples.Length / step);
        for (int i = 0; i < ids.Length; i++) ids[i] = ColorAt(samples[(i * step)..]);
        return new LabelImage<uint>(ids, image.Header.HeightPx, image.Header.WidthPx);
    }

    /// <summary>The indices of an image that was stored as the colours of a palette.</summary>
    /// <param name="image">A colour image with or without opacity.</param>
    /// <param name="palette">The palette; of a colour that occurs twice the first index is taken.</param>
    /// <exception cref="InvalidOperationException">The image is not one of 8-bit colours.</exception>
    /// <exception cref="PngFormatException">A pixel has a colour that is not in the palette (PNG_COLOR).</exception>
    public static LabelImage<byte> ToIndices(PngImage image, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(palette);
        var indices = new Dictionary<uint, byte>();
        for (int i = 0; i < palette.Count; i++) indices.TryAdd(ColorAt(palette.Rgb[(3 * i)..]), (byte)i);
        LabelImage<uint> ids = ToIds(image);
        ReadOnlySpan<uint> values = ids.Pixels.Values;
        byte[] labels = GC.AllocateUninitializedArray<byte>(values.Length);
        uint lastColor = ColorAt(palette.Rgb);
        byte lastIndex = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (values[i] != lastColor)
            {
                lastColor = values[i];
                if (!indices.TryGetValue(lastColor, out lastIndex)) throw NotInPalette(lastColor, i, ids.WidthPx);
            }
            labels[i] = lastIndex;
        }
        return new LabelImage<byte>(labels, ids.HeightPx, ids.WidthPx);
    }

    private static uint ColorAt(ReadOnlySpan<byte> rgb) => rgb[0] | (uint)rgb[1] << 8 | (uint)rgb[2] << 16;

    private static int SamplesPerPixel(PngImage image) => image.Header.SamplesPerPixel >= 3
        ? image.Header.SamplesPerPixel
        : throw new InvalidOperationException($"an image of type {image.Header.ColorType} has no colours");

    private static PngFormatException NotInPalette(uint color, int pixel, int widthPx) =>
        new(PngFault.Color, 0, $"pixel ({pixel % widthPx}, {pixel / widthPx}) has colour " +
            $"({color & 0xFF}, {color >> 8 & 0xFF}, {color >> 16}), which is not in the palette");
}
