using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Answers;

/// <summary>A small picture of the first frame of a sample with its masks, for the grid.</summary>
/// <param name="categories">Numbers of categories, which are their colours.</param>
internal sealed class Thumbnail(CategoryList categories)
{
    private const int MostPx = 256;
    private const int Share = 130;
    private const int Whole = 256;
    private const byte Ground = 40, Cross = 70;

    private static readonly PhotoCodecs Codecs =
        PhotoCodecs.Of(TurboJpegCodec.IsInstalled ? JpegLibrary.Turbojpeg : JpegLibrary.Imagesharp, quality: 82);

    /// <summary>Makes it: a JPEG. Masks whose photo cannot be decoded stand on a ground that is crossed out.</summary>
    /// <exception cref="BadDataException">A shape is malformed, or there is nothing but a photo that cannot be
    /// decoded.</exception>
    public byte[] Make(Sample unsized, int side)
    {
        Sample sample = ShownShape.Sized(unsized, 0);
        Frame frame = sample.Frame;
        (int width, int height) = SizeOf(frame);
        RgbPixels pixels = GroundOf(sample, frame, width, height);
        for (int i = 0; i < sample.Instances.Length; i++)
        {
            Instance instance = sample.Instances[i];
            if (ShownShape.MaskOf(instance, sample, 0) is not { PixelCount: > 0 } mask) continue;
            int category = categories.NumberOf(side, instance.CategoryId);
            bool byInstance = category < 0 || categories.Listed.Count < 2;
            Paint(pixels, mask, CategoryColours.Of(byInstance ? i : category));
        }
        return Codecs.For(PhotoFormat.Jpeg, "").Encode(pixels);
    }

    private static (int WidthPx, int HeightPx) SizeOf(Frame frame)
    {
        if (frame is not { WidthPx: > 0, HeightPx: > 0 }) return (MostPx, MostPx * 3 / 4);
        double scale = Math.Min(1, (double)MostPx / Math.Max(frame.WidthPx, frame.HeightPx));
        return (Math.Max(1, (int)(frame.WidthPx * scale)), Math.Max(1, (int)(frame.HeightPx * scale)));
    }

    private static RgbPixels GroundOf(Sample sample, Frame frame, int width, int height)
    {
        if (frame.Photo is not { } photo) return Plain(width, height);
        try
        {
            return Reduced(photo, frame, width, height);
        }
        catch (BadDataException) when (!sample.Instances.IsEmpty)
        {
            return CrossedOut(width, height);
        }
    }

    private static RgbPixels Reduced(Photo photo, Frame frame, int width, int height)
    {
        string name = photo.FilePath ?? frame.Name;
        byte[] file = PhotoBytes.ReadAll(photo);
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(file, writable: false), name);
        if (header.Format is not (PhotoFormat.Jpeg or PhotoFormat.Png)) return Plain(width, height);
        return Codecs.For(header.Format, name).DecodeReduced(
            file, name, Math.Min(width, header.WidthPx), Math.Min(height, header.HeightPx));
    }

    private static RgbPixels Plain(int width, int height)
    {
        byte[] grey = new byte[3 * width * height];
        Array.Fill(grey, Ground);
        return new RgbPixels(width, height, grey);
    }

    private static RgbPixels CrossedOut(int width, int height)
    {
        RgbPixels pixels = Plain(width, height);
        for (int x = 0; x < width; x++)
        {
            int y = x * height / width;
            pixels.RowMajor.AsSpan(3 * (y * width + x), 3).Fill(Cross);
            pixels.RowMajor.AsSpan(3 * ((height - 1 - y) * width + x), 3).Fill(Cross);
        }
        return pixels;
    }

    /// <summary>Tints the pixels whose middle the mask covers, without laying the mask out in its full size.</summary>
    private static void Paint(RgbPixels pixels, Mask mask, (byte Red, byte Green, byte Blue) colour)
    {
        long end = 0;
        int next = 0, run = 0;
        int count = pixels.WidthPx * pixels.HeightPx;
        while (next < count && run < mask.Counts.Length)
        {
            int x = next / pixels.HeightPx, y = next % pixels.HeightPx;
            long at = Middle(x, pixels.WidthPx, mask.WidthPx) * mask.HeightPx +
                Middle(y, pixels.HeightPx, mask.HeightPx);
            // Both are read column by column, so that neither goes back.
            while (run < mask.Counts.Length && end + mask.Counts[run] <= at) end += mask.Counts[run++];
            if (run % 2 == 1) Blend(pixels.RowMajor.AsSpan(3 * (y * pixels.WidthPx + x), 3), colour);
            next++;
        }
    }

    private static long Middle(int place, int few, int many) => (2L * place + 1) * many / (2L * few);

    private static void Blend(Span<byte> pixel, (byte Red, byte Green, byte Blue) colour)
    {
        pixel[0] = (byte)((pixel[0] * (Whole - Share) + colour.Red * Share) / Whole);
        pixel[1] = (byte)((pixel[1] * (Whole - Share) + colour.Green * Share) / Whole);
        pixel[2] = (byte)((pixel[2] * (Whole - Share) + colour.Blue * Share) / Whole);
    }
}
