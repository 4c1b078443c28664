using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Finds the places where a label image changes its label along the column-major path.</summary>
internal static class LabelEdges
{
    /// <summary>Finds the edges of a picture with at least one pixel; the first pixel counts as one.</summary>
    public static EdgeList Find<T>(RowMajorPixels<T> labels)
        where T : unmanaged, IEquatable<T>
    {
        var edges = new EdgeList(labels.HeightPx, labels.WidthPx);
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
        for (int x = 0; x < row.Length; x += PixelBlock.Count<T>())
            edges.Add(PixelBlock.DifferencesAt(row, above, x), firstColumn + x);
    }
}
