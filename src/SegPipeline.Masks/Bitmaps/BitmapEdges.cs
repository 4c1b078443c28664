using System.Buffers;

namespace SegPipeline.Masks.Bitmaps;

/// <summary>
/// Finds the places where a row-major bitmap changes between 0 and any other value along the column-major path.
/// Every row becomes one bit per pixel; its edges are the bits in which it differs from the row above.
/// </summary>
internal static class BitmapEdges
{
    /// <summary>Finds the edges of a bitmap with at least one pixel; background stands before the first.</summary>
    public static EdgeList Find(RowMajorPixels<byte> bitmap)
    {
        var edges = new EdgeList(bitmap.HeightPx, bitmap.WidthPx);
        ulong[] above = ArrayPool<ulong>.Shared.Rent(bitmap.WidthPx / PixelBlock.LengthBytes + 1);
        SetBeforeTops(above, bitmap.Row(bitmap.HeightPx - 1));
        for (int y = 0; y < bitmap.HeightPx; y++)
        {
            edges.BeginRow();
            AddRow(ref edges, bitmap.Row(y), above);
            edges.EndRow();
        }
        ArrayPool<ulong>.Shared.Return(above);
        return edges;
    }

    /// <summary>The pixel before the top of a column is the bottom of the column to its left.</summary>
    private static void SetBeforeTops(Span<ulong> before, ReadOnlySpan<byte> bottom)
    {
        ulong carried = 0;
        for (int x = 0, i = 0; x < bottom.Length; x += PixelBlock.LengthBytes, i++)
        {
            ulong bits = Bits(bottom, x);
            int count = Math.Min(PixelBlock.LengthBytes, bottom.Length - x);
            before[i] = (bits << 1 | carried) & ulong.MaxValue >> (PixelBlock.LengthBytes - count);
            carried = bits >> 63;
        }
    }

    private static void AddRow(ref EdgeList edges, ReadOnlySpan<byte> row, Span<ulong> above)
    {
        int i = 0, x = 0;
        for (; x <= row.Length - PixelBlock.LengthBytes; x += PixelBlock.LengthBytes, i++)
        {
            ulong bits = PixelBlock.Foreground(row[x..]);
            edges.Add(bits ^ above[i], x);
            above[i] = bits;
        }
        if (x == row.Length) return;
        ulong last = Bits(row, x);
        edges.Add(last ^ above[i], x);
        above[i] = last;
    }

    private static ulong Bits(ReadOnlySpan<byte> row, int x)
    {
        int rest = row.Length - x;
        if (rest >= PixelBlock.LengthBytes) return PixelBlock.Foreground(row[x..]);
        if (row.Length >= PixelBlock.LengthBytes)
            return PixelBlock.Foreground(row[^PixelBlock.LengthBytes..]) >> (PixelBlock.LengthBytes - rest);
        ulong bits = 0;
        for (int i = 0; i < rest; i++)
            if (row[x + i] != 0) bits |= 1UL << i;
        return bits;
    }
}
