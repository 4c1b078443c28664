using System.Collections.Immutable;

namespace SegPipeline.Masks.Contours;

/// <summary>A closed line through pixel corners; the last is joined to the first, which is not repeated.</summary>
/// <param name="Corners">Three corners or more.</param>
public sealed record Ring(ImmutableArray<PixelCorner> Corners)
{
    /// <summary>
    /// Twice the area inside, in pixels: positive when the ring runs clockwise as seen on a screen (x to the right, y
    /// down), negative when it runs counter-clockwise.
    /// </summary>
    public long DoubleSignedAreaPx
    {
        get
        {
            long sum = 0;
            PixelCorner last = Corners[^1];
            foreach (PixelCorner corner in Corners)
            {
                sum += (long)last.X * corner.Y - (long)corner.X * last.Y;
                last = corner;
            }
            return sum;
        }
    }

    /// <summary>The coordinates as x1, y1, x2, y2, ..., the form of a COCO polygon.</summary>
    public double[] ToXy()
    {
        double[] xy = new double[2 * Corners.Length];
        for (int i = 0; i < Corners.Length; i++) (xy[2 * i], xy[2 * i + 1]) = (Corners[i].X, Corners[i].Y);
        return xy;
    }
}
