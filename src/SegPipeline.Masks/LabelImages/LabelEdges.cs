using System.Runtime.CompilerServices;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Finds the places where a label image changes its label along the column-major path.</summary>
internal static class LabelEdges
{
    /// <summary>Finds the edges of a picture; the first pixel counts as one.</summary>
    public static EdgeList Find<T>(RowMajorPixels<T> labels)
        where T : unmanaged, IEquatable<T>
    {
        var edges = new EdgeList(labels.HeightPx, labels.WidthPx);
        if (labels.Values.IsEmpty) return edges;
        edges.BeginRow();
        edges.Add(1, 0);
        // The pixel before the top of a column is the bottom of the column to its left.
        AddDifferences(ref edges, labels.Row(0)[1..], labels.Row(labels.HeightPx - 1)[..^1], firstColumn: 1);
        edges.EndRow();
        ReadOnlySpan<T> above = labels.Row(0);
        for (int y = 1; y < labels.HeightPx; y++)
        {
            ReadOnlySpan<T> row = labels.Row(y);
            edges.BeginRow();
            AddDifferences(ref edges, row, above, firstColumn: 0);
            edges.EndRow();
            above = row;
        }
        return edges;
    }

    private static void AddDifferences<T>(
        ref EdgeList edges, ReadOnlySpan<T> row, ReadOnlySpan<T> above, int firstColumn)
        where T : unmanaged, IEquatable<T>
    {
        int block = PixelBlock.Count<T>(), x = 0;
        for (; x <= row.Length - block; x += block)
            edges.Add(PixelBlock.Differences(row[x..], above[x..]), firstColumn + x);
        int rest = row.Length - x;
        if (rest == 0) return;
        if (row.Length >= block)
        {
            // The last whole block of the row, without the pixels that were already compared.
            ulong bits = PixelBlock.Differences(row[^block..], above[^block..]);
            edges.Add(bits >> (block - rest), firstColumn + x);
            return;
        }
        edges.Add(DifferencesOneByOne(row[x..], above[x..]), firstColumn + x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong DifferencesOneByOne<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> above)
        where T : unmanaged, IEquatable<T>
    {
        ulong bits = 0;
        for (int i = 0; i < row.Length; i++)
            if (!row[i].Equals(above[i])) bits |= 1UL << i;
        return bits;
    }
}
