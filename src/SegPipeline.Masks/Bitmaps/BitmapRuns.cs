using System.Buffers;
using System.Numerics;

namespace SegPipeline.Masks.Bitmaps;

/// <summary>Between bitmaps of one byte per pixel and run lengths.</summary>
internal static class BitmapRuns
{
    /// <summary>Reads a bitmap stored column by column; any value but 0 is foreground.</summary>
    public static Mask FromColumnMajor(int heightPx, int widthPx, ReadOnlySpan<byte> columnMajor)
    {
        CheckLength(MaskSize.Check(heightPx, widthPx), columnMajor.Length);
        var runs = new RunBuilder(2 * Math.Min(widthPx, columnMajor.Length));
        ulong carried = 0;
        int i = 0;
        for (; i <= columnMajor.Length - PixelBlock.LengthBytes; i += PixelBlock.LengthBytes)
        {
            ulong bits = PixelBlock.Foreground(columnMajor[i..]);
            for (ulong edges = bits ^ (bits << 1 | carried); edges != 0; edges &= edges - 1)
                runs.Toggle((uint)(i + BitOperations.TrailingZeroCount(edges)));
            carried = bits >> 63;
        }
        for (; i < columnMajor.Length; i++)
        {
            ulong bit = columnMajor[i] == 0 ? 0u : 1u;
            if (bit != carried) runs.Toggle((uint)i);
            carried = bit;
        }
        return runs.Build(heightPx, widthPx);
    }

    /// <summary>Reads a bitmap stored row by row; any value but 0 is foreground.</summary>
    public static Mask FromRowMajor(int heightPx, int widthPx, ReadOnlySpan<byte> rowMajor)
    {
        CheckLength(MaskSize.Check(heightPx, widthPx), rowMajor.Length);
        if (rowMajor.IsEmpty) return Mask.Empty(heightPx, widthPx);
        EdgeList edges = BitmapEdges.Find(new RowMajorPixels<byte>(rowMajor, heightPx, widthPx));
        int[] positions = ArrayPool<int>.Shared.Rent(Math.Max(edges.Count, 1));
        try
        {
            Span<int> sorted = positions.AsSpan(0, edges.Count);
            edges.SortByColumn(sorted);
            return FromEdges(heightPx, widthPx, sorted);
        }
        finally
        {
            edges.Dispose();
            ArrayPool<int>.Shared.Return(positions);
        }
    }

    /// <summary>Writes 1 for foreground and 0 for background, column by column.</summary>
    public static void ToColumnMajor(Mask mask, Span<byte> columnMajor)
    {
        CheckLength(mask.PixelCount, columnMajor.Length);
        int index = 0;
        byte value = 0;
        foreach (uint count in mask.Counts)
        {
            columnMajor.Slice(index, (int)count).Fill(value);
            index += (int)count;
            value ^= 1;
        }
    }

    /// <summary>Writes 1 for foreground and 0 for background, row by row.</summary>
    public static void ToRowMajor(Mask mask, Span<byte> rowMajor)
    {
        CheckLength(mask.PixelCount, rowMajor.Length);
        if (rowMajor.IsEmpty) return;
        using RowToggles toggles = RowToggles.Of(mask);
        BitmapRows.Write(toggles, rowMajor);
    }

    private static Mask FromEdges(int heightPx, int widthPx, ReadOnlySpan<int> edges)
    {
        uint[] counts = new uint[edges.Length + 1];
        int previous = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            counts[i] = (uint)(edges[i] - previous);
            previous = edges[i];
        }
        counts[^1] = (uint)((long)heightPx * widthPx - previous);
        return new Mask(heightPx, widthPx, counts);
    }

    private static void CheckLength(long expected, int found)
    {
        if (expected != found)
            throw new ArgumentException($"a bitmap must have height x width = {expected} bytes, found {found}");
    }
}
