using SegPipeline.Imaging;
using SegPipeline.Model;

namespace SegPipeline.Reports.Gallery;

/// <summary>A photo made small.</summary>
/// <param name="File">It as a file.</param>
/// <param name="SizePx">Its width and height.</param>
/// <param name="FitsRecord">True when the photo has the size that the dataset says, or the dataset says none.</param>
internal sealed record SmallPhoto(byte[] File, (int WidthPx, int HeightPx) SizePx, bool FitsRecord)
{
    /// <summary>Makes the photo of a frame small.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="longestPx">Most pixels of its longer side.</param>
    /// <param name="codecs">What reads and writes it.</param>
    /// <param name="tell">Told why there is none, or why nothing can be drawn on it.</param>
    /// <returns>The photo; null when there is none at hand, or it cannot be decoded.</returns>
    public static SmallPhoto? Of(Frame frame, int longestPx, PhotoCodecs codecs, Action<string> tell)
    {
        if (frame.Photo is null) return null;
        try
        {
            return Make(frame, longestPx, codecs, tell);
        }
        catch (Exception e) when (e is BadDataException or IOException or UnauthorizedAccessException)
        {
            tell("the photo cannot be shown: " + (e is BadDataException bad ? bad.Problems[0].Message : e.Message));
            return null;
        }
    }

    /// <summary>The size of a picture made small, its longer side being so many pixels at most.</summary>
    public static (int WidthPx, int HeightPx) Fit(int widthPx, int heightPx, int longestPx)
    {
        int longest = Math.Max(widthPx, heightPx);
        if (longest <= longestPx) return (widthPx, heightPx);
        return (Scaled(widthPx), Scaled(heightPx));

        int Scaled(int sidePx) => (int)Math.Max(1, (2L * sidePx * longestPx + longest) / (2L * longest));
    }

    private static SmallPhoto Make(Frame frame, int longestPx, PhotoCodecs codecs, Action<string> tell)
    {
        string name = frame.Name;
        byte[] file = PhotoBytes.ReadAll(frame.Photo!);
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(file, writable: false), name);
        (int width, int height) = Fit(header.WidthPx, header.HeightPx, longestPx);
        RgbPixels pixels = codecs.For(header.Format, name).DecodeReduced(file, name, width, height);
        bool isTurned = header.IsTurnedFor(frame);
        if (isTurned) pixels = pixels.Turned(header.Orientation);
        bool fits = isTurned || frame.WidthPx == 0 ||
            (header.WidthPx, header.HeightPx) == (frame.WidthPx, frame.HeightPx);
        if (!fits)
            tell(FormattableString.Invariant(
                $"the photo is {header.WidthPx} x {header.HeightPx}, so that no shape fits it"));
        byte[] small = codecs.For(PhotoFormat.Jpeg, name).Encode(pixels);
        return new SmallPhoto(small, (pixels.WidthPx, pixels.HeightPx), fits);
    }
}
