using SegPipeline.Imaging;
using SegPipeline.Masks;

namespace SegPipeline.Formats.Synthetic;

/// <summary>
/// Paints a frame of a scene. Every pixel shows the front-most object whose mask has it, in the colour of its category
/// under a light from the lower right, with stripes; or else the background, a soft gradient with grain.
/// </summary>
internal static class ScenePainter
{
    /// <summary>Paints a frame.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="masks">The whole masks of its objects in the frame, from back to front.</param>
    public static RgbPixels Paint(Scene scene, IReadOnlyList<Mask> masks)
    {
        RgbPixels canvas = Background(scene);
        for (int i = 0; i < masks.Count; i++) Fill(canvas, masks[i], scene.Objects[i]);
        return canvas;
    }

    private static RgbPixels Background(Scene scene)
    {
        int width = scene.Size.WidthPx, height = scene.Size.HeightPx;
        byte[] rgb = new byte[checked(3 * width * height)];
        uint key = scene.BackgroundKey;
        int at = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int grain = (int)(Scramble(key ^ (uint)(y * width + x)) >> 29) - 4;
                for (int channel = 0; channel < 3; channel++)
                {
                    int top = (int)(key >> (8 * channel)) & 31, low = (int)(key >> (8 * channel + 3)) & 31;
                    long slope = (long)(low - top) * (x + y) / (width + height);
                    rgb[at++] = (byte)(190 + top + slope + grain);
                }
            }
        return new RgbPixels(width, height, rgb);
    }

    private static void Fill(RgbPixels canvas, Mask mask, SceneObject thing)
    {
        PixelBox box = mask.Box;
        Paint paint = SceneCategories.PaintOf(thing.Category);
        int reach = Math.Max(box.WidthPx + box.HeightPx, 1);
        long index = 0;
        bool isInside = false;
        foreach (uint count in mask.Counts)
        {
            for (long i = index; isInside && i < index + count; i++)
            {
                int x = (int)(i / mask.HeightPx), y = (int)(i % mask.HeightPx);
                int light = 160 + 95 * (x - box.X + y - box.Y) / reach;
                if ((x + y) / thing.StripePx % 2 == 1) light -= 20;
                int at = 3 * (y * canvas.WidthPx + x);
                canvas.RowMajor[at] = (byte)(paint.Red * light / 255);
                canvas.RowMajor[at + 1] = (byte)(paint.Green * light / 255);
                canvas.RowMajor[at + 2] = (byte)(paint.Blue * light / 255);
            }
            index += count;
            isInside = !isInside;
        }
    }

    // The finaliser of MurmurHash3 (Austin Appleby, public domain).
    private static uint Scramble(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85EBCA6B;
        h = (h ^ (h >> 13)) * 0xC2B2AE35;
        return h ^ (h >> 16);
    }
}
