using SegPipeline.Masks;
using SegPipeline.Tests.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Metrics;

/// <summary>Bent stripes of four labels, 0 to 3, for which the reference tools have been asked.</summary>
internal static class Stripes
{
    public const int HeightPx = 480;

    public const int WidthPx = 854;

    /// <summary>The label image of the truth (0) or of a prediction that is a little off (1).</summary>
    public static Dictionary<uint, Mask> Labels(int off)
    {
        var labels = new Dictionary<uint, Mask>();
        for (uint label = 0; label < 4; label++)
            labels[label] = Bitmap.Where(HeightPx, WidthPx, (x, y) =>
                (x * x / 900 + y * y / 700 + x * y / 1500 + x / 3 + off * 11) / 60 % 4 == label);
        return labels;
    }

    /// <summary>Squares that do not count.</summary>
    public static Mask Void => Bitmap.Where(HeightPx, WidthPx, (x, y) => (x / 40 + y / 50) % 3 == 0);
}
