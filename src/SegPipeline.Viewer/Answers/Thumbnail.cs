using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Transforms;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Answers;

/// <summary>A small picture of the first frame of a sample with its masks, for the grid.</summary>
/// <param name="categories">Numbers of categories, which are their colours.</param>
internal sealed class Thumbnail(CategoryList categories)
{
    private const int MostPx = 256;
    private const byte Ground = 40, Cross = 70;
    private static readonly (byte Red, byte Green, byte Blue) VoidColour = (160, 160, 160);

    private static readonly PhotoCodecs Codecs =
        PhotoCodecs.Of(TurboJpegCodec.IsInstalled ? JpegLibrary.Turbojpeg : JpegLibrary.Imagesharp, quality: 82);

    /// <summary>Makes it: a JPEG. Objects whose photo cannot be decoded stand on a ground that is crossed out; of a
    /// shape that is malformed, or that nobody drew, the box is there.</summary>
    public byte[] Make(Sample unsized, int side)
    {
        List<string> problems = []; // told in the view of the one sample
        Sample sample = Attempt.Read(() => ShownShape.Sized(unsized, 0), problems) ?? unsized;
        (int width, int height) = SizeOf(sample.Frame);
        RgbPixels pixels = sample.Frame.Photo is not { } photo ? Plain(width, height)
            : Attempt.Read(() => Reduced(photo, sample.Frame, width, height), problems) ?? CrossedOut(width, height);
        var canvas = new SmallCanvas(pixels);
        if (Attempt.Read(() => sample.VoidIn(0), problems) is { PixelCount: > 0 } @void)
            canvas.Paint(@void, VoidColour, Hatching.Falling);
        for (int i = 0; i < sample.Instances.Length; i++) Paint(canvas, sample, i, side, problems);
        return Codecs.For(PhotoFormat.Jpeg, "").Encode(pixels);
    }

    private void Paint(SmallCanvas canvas, Sample sample, int i, int side, List<string> problems)
    {
        Instance instance = sample.Instances[i];
        int category = categories.NumberOf(side, instance.CategoryId);
        bool byInstance = category < 0 || categories.Listed.Count < 2;
        (byte Red, byte Green, byte Blue) colour = CategoryColours.Of(byInstance ? i : category);
        if (Attempt.Read(() => ShownShape.MaskOf(instance, sample, 0), problems) is { PixelCount: > 0 } mask)
            canvas.Paint(mask, colour, instance.IsCrowd == true ? Hatching.Rising : Hatching.None);
        else if (Attempt.Read(() => instance.Box, problems) is { } box)
            canvas.Draw(box, sample.Frame, colour);
    }

    private static (int WidthPx, int HeightPx) SizeOf(Frame frame)
    {
        if (frame is not { WidthPx: > 0, HeightPx: > 0 }) return (MostPx, MostPx * 3 / 4);
        double scale = Math.Min(1, (double)MostPx / Math.Max(frame.WidthPx, frame.HeightPx));
        return (Math.Max(1, (int)(frame.WidthPx * scale)), Math.Max(1, (int)(frame.HeightPx * scale)));
    }

    private static RgbPixels Reduced(Photo photo, Frame frame, int width, int height)
    {
        string name = photo.FilePath ?? frame.Name;
        byte[] file = PhotoBytes.ReadAll(photo);
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(file, writable: false), name);
        if (header.Format is not (PhotoFormat.Jpeg or PhotoFormat.Png)) return Plain(width, height);
        bool isTurned = header.IsTurnedFor(frame);
        (int stored, int rows) = isTurned ? (height, width) : (width, height);
        RgbPixels pixels = Codecs.For(header.Format, name).DecodeReduced(
            file, name, Math.Min(stored, header.WidthPx), Math.Min(rows, header.HeightPx));
        return isTurned ? pixels.Turned(header.Orientation) : pixels;
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
}
