using SegPipeline.Stages;

namespace SegPipeline.Tests.Masks.Bitmaps;

/// <summary>Pictures of drawn patches, of sizes that meet every tail of the vector loops.</summary>
internal static class DrawnPictures
{
    /// <summary>Heights and widths around the lengths of vectors, and degenerate ones.</summary>
    public static IEnumerable<(int HeightPx, int WidthPx)> Sizes =>
    [
        (0, 0), (0, 5), (5, 0), (1, 1), (1, 200), (200, 1), (2, 63), (3, 64), (5, 65), (7, 31), (6, 32), (4, 33),
        (9, 127), (8, 128), (10, 129), (33, 97), (100, 150), (3, 700),
    ];

    /// <summary>
    /// A row-major picture of labels below a bound: rectangles, full columns (which wrap into the next), full rows,
    /// single pixels, and noise.
    /// </summary>
    public static byte[] Draw(int heightPx, int widthPx, int labels, ref KeyedRandom random)
    {
        byte[] pixels = new byte[heightPx * widthPx];
        if (pixels.Length == 0) return pixels;
        for (int patch = random.NextInt(0, 9); patch > 0; patch--)
        {
            byte label = (byte)random.NextInt(0, labels);
            int shape = random.NextInt(0, 4);
            int x0 = random.NextInt(0, widthPx), y0 = random.NextInt(0, heightPx);
            int x1 = random.NextInt(x0, widthPx) + 1, y1 = random.NextInt(y0, heightPx) + 1;
            if (shape == 0) (y0, y1) = (0, heightPx);
            if (shape == 1) (x0, x1) = (0, widthPx);
            if (shape == 2) (x1, y1) = (x0 + 1, y0 + 1);
            for (int y = y0; y < y1; y++) pixels.AsSpan(y * widthPx + x0, x1 - x0).Fill(label);
        }
        for (int noise = random.NextInt(0, 3) * pixels.Length / 8; noise > 0; noise--)
            pixels[random.NextInt(0, pixels.Length)] = (byte)random.NextInt(0, labels);
        return pixels;
    }
}
