using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Viewer.Answers;

/// <summary>A small picture on which the masks and boxes of a large one are painted.</summary>
/// <param name="pixels">The picture, painted on in place.</param>
internal sealed class SmallCanvas(RgbPixels pixels)
{
    private const int Share = 130;
    private const int Whole = 256;

    /// <summary>Tints the pixels whose middle the mask covers, without laying the mask out in its full size.</summary>
    /// <param name="mask">Which pixels of the large picture.</param>
    /// <param name="colour">Red, green and blue.</param>
    /// <param name="hatching">Which of them.</param>
    public void Paint(Mask mask, (byte Red, byte Green, byte Blue) colour, Hatching hatching)
    {
        long end = 0;
        int run = 0;
        for (int x = 0; x < pixels.WidthPx; x++)
            for (int y = 0; y < pixels.HeightPx; y++)
            {
                long at = Middle(x, pixels.WidthPx, mask.WidthPx) * mask.HeightPx +
                    Middle(y, pixels.HeightPx, mask.HeightPx);
                // Both are read column by column, so that neither goes back.
                while (run < mask.Counts.Length && end + mask.Counts[run] <= at) end += mask.Counts[run++];
                if (run == mask.Counts.Length) return;
                if (run % 2 == 1 && OverlayCanvas.IsPainted(x, y, hatching)) Blend(x, y, colour, Share);
            }
    }

    /// <summary>Draws the outline of a box.</summary>
    /// <param name="box">The box, on the large picture.</param>
    /// <param name="frame">The large picture.</param>
    /// <param name="colour">Red, green and blue.</param>
    public void Draw(Box box, Frame frame, (byte Red, byte Green, byte Blue) colour)
    {
        int left = Place(box.X, frame.WidthPx, pixels.WidthPx);
        int right = Place(box.X + box.Width, frame.WidthPx, pixels.WidthPx);
        int top = Place(box.Y, frame.HeightPx, pixels.HeightPx);
        int bottom = Place(box.Y + box.Height, frame.HeightPx, pixels.HeightPx);
        for (int x = left; x <= right; x++)
        {
            Blend(x, top, colour, Whole);
            Blend(x, bottom, colour, Whole);
        }
        for (int y = top; y <= bottom; y++)
        {
            Blend(left, y, colour, Whole);
            Blend(right, y, colour, Whole);
        }
    }

    private static long Middle(int place, int few, int many) => (2L * place + 1) * many / (2L * few);

    private static int Place(double at, int many, int few) =>
        (int)Math.Clamp(Math.Floor(at * few / Math.Max(1, many)), 0, few - 1);

    private void Blend(int x, int y, (byte Red, byte Green, byte Blue) colour, int share)
    {
        Span<byte> pixel = pixels.RowMajor.AsSpan(3 * (y * pixels.WidthPx + x), 3);
        pixel[0] = (byte)((pixel[0] * (Whole - share) + colour.Red * share) / Whole);
        pixel[1] = (byte)((pixel[1] * (Whole - share) + colour.Green * share) / Whole);
        pixel[2] = (byte)((pixel[2] * (Whole - share) + colour.Blue * share) / Whole);
    }
}
