using SegPipeline.Masks.Png;

namespace SegPipeline.Imaging;

/// <summary>The samples of a PNG as colours.</summary>
internal static class PngColours
{
    /// <summary>Red, green and blue of each pixel.</summary>
    public static RgbPixels ToRgb(PngImage image)
    {
        PngHeader header = image.Header;
        byte[] rgb = new byte[checked(3 * header.WidthPx * header.HeightPx)];
        int step = header.SamplesPerPixel;
        for (int pixel = 0; pixel < rgb.Length / 3; pixel++)
        {
            var (red, green, blue) = header.ColorType switch
            {
                PngColorType.Palette => image.Palette![image.Samples[pixel]],
                PngColorType.Grey or PngColorType.GreyAlpha => Grey(Sample(image, pixel * step)),
                _ => (Sample(image, pixel * step), Sample(image, pixel * step + 1), Sample(image, pixel * step + 2)),
            };
            rgb[3 * pixel] = red;
            rgb[3 * pixel + 1] = green;
            rgb[3 * pixel + 2] = blue;
        }
        return new RgbPixels(header.WidthPx, header.HeightPx, rgb);
    }

    private static (byte Red, byte Green, byte Blue) Grey(byte level) => (level, level, level);

    // A sample of fewer than 8 bits is spread over the whole range: 1 of 2 bits is 85.
    private static byte Sample(PngImage image, int index) => image.Header.BitDepth == 16
        ? (byte)(image.Samples16[index] >> 8)
        : (byte)(image.Samples[index] * 255 / ((1 << image.Header.BitDepth) - 1));
}
