using SegPipeline.Masks;

namespace SegPipeline.Benchmarks.Shapes;

/// <summary>Large masks, each with a prediction that is a little off.</summary>
internal static class ShapesWorkload
{
    public const int HeightPx = 3600;

    public const int WidthPx = 5000;

    private const int OutlinePoints = 4000;

    /// <summary>One object with a fringed outline over the middle of the picture.</summary>
    public static (Mask Truth, Mask Prediction) Object => (Fringed(phase: 0), Fringed(phase: 0.4));

    /// <summary>Several hundred blobs all over the picture, some twenty in each column.</summary>
    public static (Mask Truth, Mask Prediction) Cells => (Waves(shift: 0), Waves(shift: 0.2));

    private static Mask Fringed(double phase)
    {
        double[] xy = new double[2 * OutlinePoints];
        for (int i = 0; i < OutlinePoints; i++)
        {
            double angle = 2 * Math.PI * i / OutlinePoints;
            double radius = 1200 + 150 * Math.Sin(5 * angle + phase) + 40 * Math.Sin(37 * angle) +
                12 * Math.Sin(311 * angle + phase);
            xy[2 * i] = WidthPx / 2 + 1.3 * radius * Math.Cos(angle);
            xy[2 * i + 1] = HeightPx / 2 + radius * Math.Sin(angle);
        }
        return PolygonFill.Fill(HeightPx, WidthPx, xy);
    }

    private static Mask Waves(double shift)
    {
        byte[] pixels = new byte[HeightPx * WidthPx];
        for (int x = 0; x < WidthPx; x++)
            for (int y = 0; y < HeightPx; y++)
            {
                double across = Math.Sin(x / 23.0 + 2.5 * Math.Sin(y / 71.0));
                double down = Math.Sin(y / 21.0 + 2.5 * Math.Sin(x / 83.0) + shift);
                if (across + down > 0.4) pixels[x * HeightPx + y] = 1;
            }
        return Mask.FromBitmapColumnMajor(HeightPx, WidthPx, pixels);
    }
}
