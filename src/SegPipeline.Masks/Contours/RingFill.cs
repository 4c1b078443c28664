using System.Runtime.InteropServices;

namespace SegPipeline.Masks.Contours;

/// <summary>Fills rings of pixel corners exactly, by whole-number arithmetic.</summary>
/// <remarks>
/// This is the plain rule "a pixel belongs to the shape when its centre does", not the one of pycocotools
/// (<see cref="PolygonFill"/>), which walks the outline in rounded steps of a fifth of a pixel. Both agree on rings
/// whose edges are horizontal and vertical, as traced ones are until they are simplified.
/// </remarks>
public static class RingFill
{
    /// <summary>Pixels whose centre lies inside an odd number of rings.</summary>
    /// <param name="heightPx">Height of the mask.</param>
    /// <param name="widthPx">Width of the mask.</param>
    /// <param name="rings">Rings within the picture. A centre on an edge counts as lying below that edge.</param>
    /// <exception cref="MaskFormatException">
    /// A corner lies outside the picture (POLY_RANGE), or the size is impossible (MASK_SIZE).
    /// </exception>
    public static Mask EvenOdd(int heightPx, int widthPx, IEnumerable<Ring> rings)
    {
        MaskSize.Check(heightPx, widthPx);
        var crossings = new List<uint>();
        foreach (Ring ring in rings)
        {
            PixelCorner last = ring.Corners[^1];
            foreach (PixelCorner corner in ring.Corners)
            {
                CheckInside(heightPx, widthPx, corner);
                if (last.X < corner.X) AddEdge(heightPx, last, corner, crossings);
                else AddEdge(heightPx, corner, last, crossings);
                last = corner;
            }
        }
        Span<uint> sorted = CollectionsMarshal.AsSpan(crossings);
        sorted.Sort();
        return RunEdges.ToMask(heightPx, widthPx, sorted);
    }

    /// <summary>Adds the first pixel below the edge in each column whose middle the edge crosses.</summary>
    private static void AddEdge(int heightPx, PixelCorner left, PixelCorner right, List<uint> crossings)
    {
        long dx = (long)right.X - left.X, dy = (long)right.Y - left.Y;
        for (long step = 0; step < dx; step++)
        {
            long row = left.Y + CeilingOfRatio((2 * step + 1) * dy - dx, 2 * dx);
            crossings.Add((uint)(left.X + step) * (uint)heightPx + (uint)row);
        }
    }

    private static long CeilingOfRatio(long numerator, long denominator)
    {
        (long quotient, long rest) = Math.DivRem(numerator, denominator);
        return rest > 0 ? quotient + 1 : quotient;
    }

    private static void CheckInside(int heightPx, int widthPx, PixelCorner corner)
    {
        if ((uint)corner.X <= (uint)widthPx && (uint)corner.Y <= (uint)heightPx) return;
        throw new MaskFormatException(MaskFault.PolygonRange, 0,
            $"a corner must lie within 0 to {widthPx} and 0 to {heightPx}, found {corner.X}, {corner.Y}");
    }
}
