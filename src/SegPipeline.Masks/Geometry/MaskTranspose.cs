namespace SegPipeline.Masks.Geometry;

/// <summary>Exchanges rows and columns on run lengths.</summary>
/// <remarks>
/// A run along a row begins or ends where a column differs from the one before it. Going through the columns these
/// places come out ordered by column; counting how many there are in each row then orders them by row. The time taken
/// is that of reading the old runs and writing the new ones.
/// </remarks>
internal static class MaskTranspose
{
    /// <summary>The transposed mask; its height is the mask's width.</summary>
    /// <exception cref="MaskFormatException">The result would have too many runs (MASK_SIZE).</exception>
    public static Mask Of(Mask mask)
    {
        Mask changes = ChangesAlongRows(mask.ToCanonical());
        int[] next = new int[mask.HeightPx];
        int total = CountPerRow(changes, next);
        uint[] edges = new uint[total];
        var pieces = new ColumnPieces(changes);
        while (pieces.MoveNext())
            for (int row = pieces.Top; row < pieces.Bottom; row++)
                edges[next[row]++] = (uint)row * (uint)mask.WidthPx + (uint)pieces.Column;
        return RunEdges.ToMask(mask.WidthPx, mask.HeightPx, edges);
    }

    /// <summary>
    /// A mask one column wider: foreground where a pixel differs from the one to its left, background being outside.
    /// </summary>
    private static Mask ChangesAlongRows(Mask mask)
    {
        uint heightPx = (uint)mask.HeightPx;
        MaskSize.Check(mask.HeightPx, mask.WidthPx + 1L);
        ReadOnlySpan<uint> counts = mask.Counts;
        uint[] moved = counts.ToArray(), wider = counts.Length % 2 == 0 ? [.. counts, 0] : counts.ToArray();
        moved[0] += heightPx;
        wider[^1] += heightPx;
        return MaskSets.SymmetricDifference(
            new Mask(mask.HeightPx, mask.WidthPx + 1, wider), new Mask(mask.HeightPx, mask.WidthPx + 1, moved));
    }

    /// <summary>Counts the foreground of each row and replaces the counts by the place of each row's first.</summary>
    private static int CountPerRow(Mask changes, Span<int> rows)
    {
        if (changes.AreaPx > Array.MaxLength)
            throw new MaskFormatException(MaskFault.Size, 0,
                $"a mask may have {Array.MaxLength} runs, with rows and columns exchanged it has {changes.AreaPx}");
        var pieces = new ColumnPieces(changes);
        while (pieces.MoveNext())
            foreach (ref int row in rows[pieces.Top..pieces.Bottom]) row++;
        int total = 0;
        foreach (ref int row in rows) (row, total) = (total, total + row);
        return total;
    }
}
