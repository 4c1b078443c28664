using SegPipeline.Masks.Png;

namespace SegPipeline.Imaging;

/// <summary>The pixels of a PNG as grey levels from 0 to 255.</summary>
internal static class PngGreys
{
    /// <summary>Writes the level of each pixel, row-major: that of a colour is its luma after ITU-R BT.601, as Pillow's
    /// <c>convert("L")</c> has it. Opacity is ignored, 16 bits are cut to the upper 8.</summary>
    public static void Write(PngImage image, Span<byte> levels)
    {
        PngHeader header = image.Header;
        if (header is { ColorType: PngColorType.Grey, BitDepth: <= 8 })
            WriteGrey(image.Samples, (1 << header.BitDepth) - 1, levels);
        else
            WriteLuma(PngColours.ToRgb(image).RowMajor, levels);
    }

    /// <summary>Number of pixels that are not fully opaque; chunk tRNS is ignored.</summary>
    public static long CountClear(PngImage image)
    {
        int step = image.Header.SamplesPerPixel;
        if (image.Header.ColorType is not (PngColorType.GreyAlpha or PngColorType.Rgba)) return 0;
        long count = 0;
        int pixels = image.Header.WidthPx * image.Header.HeightPx;
        for (int i = 0, at = step - 1; i < pixels; i++, at += step)
            count += (image.Header.BitDepth == 16 ? image.Samples16[at] == ushort.MaxValue
                : image.Samples[at] == byte.MaxValue) ? 0 : 1;
        return count;
    }

    private static void WriteGrey(ReadOnlySpan<byte> samples, int most, Span<byte> levels)
    {
        if (most == byte.MaxValue)
        {
            samples.CopyTo(levels);
            return;
        }
        for (int i = 0; i < samples.Length; i++) levels[i] = (byte)(samples[i] * byte.MaxValue / most);
    }

    private static void WriteLuma(ReadOnlySpan<byte> rgb, Span<byte> levels)
    {
        // Weights of BT.601 in 65536ths, which sum to 65536.
        const int red = 19595, green = 38470, blue = 7471, half = 1 << 15;
        for (int i = 0, at = 0; i < levels.Length; i++, at += 3)
            levels[i] = (byte)((red * rgb[at] + green * rgb[at + 1] + blue * rgb[at + 2] + half) >> 16);
    }
}
