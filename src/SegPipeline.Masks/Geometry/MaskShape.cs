namespace SegPipeline.Masks.Geometry;

/// <summary>A point in continuous coordinates: the centre of the top left pixel is (0, 0).</summary>
/// <param name="X">Columns to the right of it.</param>
/// <param name="Y">Rows below it.</param>
public readonly record struct PixelPoint(double X, double Y);

/// <summary>Numbers that describe the shape of a mask, read off its run lengths.</summary>
public static class MaskShape
{
    /// <summary>Mean position of the foreground pixels' centres; null when the mask is empty.</summary>
    public static PixelPoint? Centroid(Mask mask)
    {
        // Both sums stay below 2^64: there are at most 2^32 pixels, and twice a row or column is below 2^32.
        ulong columns = 0, rowsTwice = 0, area = 0;
        var pieces = new ColumnPieces(mask);
        while (pieces.MoveNext())
        {
            ulong length = (ulong)pieces.LengthPx;
            area += length;
            columns += (ulong)pieces.Column * length;
            rowsTwice += ((ulong)pieces.Top + (ulong)pieces.Bottom - 1) * length;
        }
        return area == 0 ? null : new PixelPoint((double)columns / area, (double)rowsTwice / area / 2);
    }

    /// <summary>
    /// Length of the outline in pixel sides: how many sides of foreground pixels border on background or on the
    /// picture's edge. Holes count as well.
    /// </summary>
    public static long PerimeterPx(Mask mask)
    {
        mask = mask.ToCanonical();
        long area = 0, pieceCount = 0;
        var pieces = new ColumnPieces(mask);
        while (pieces.MoveNext())
        {
            area += pieces.LengthPx;
            pieceCount++;
        }
        // Each piece has a top and a bottom side, each pixel a left and a right one unless a neighbour is there.
        return 2 * pieceCount + 2 * (area - SharedWithNextColumn(mask.Counts, mask.HeightPx));
    }

    /// <summary>Number of foreground pixels whose right neighbour, a column's height on, is foreground too.</summary>
    private static long SharedWithNextColumn(ReadOnlySpan<uint> counts, long heightPx)
    {
        long shared = 0, startA = 0, endA = 0, startB = heightPx, endB = heightPx;
        int a = 0, b = 0;
        while (true)
        {
            if (endA <= endB)
            {
                if (a + 1 >= counts.Length) return shared;
                startA = endA + counts[a++];
                endA = startA + counts[a++];
            }
            else
            {
                if (b + 1 >= counts.Length) return shared;
                startB = endB + counts[b++];
                endB = startB + counts[b++];
            }
            shared += Math.Max(Math.Min(endA, endB) - Math.Max(startA, startB), 0);
        }
    }
}
