using System.Buffers;

namespace SegPipeline.Masks.Bitmaps;

/// <summary>
/// A mask turned from columns to rows: for each row the columns in which it differs from the row above it, background
/// standing above the top. Who keeps one row and flips those columns has the next row, so a picture is written in the
/// order in which it lies in memory.
/// </summary>
internal ref struct RowToggles
{
    private readonly int[] _rowStarts;
    private int[] _columns = [];

    private RowToggles(Mask mask)
    {
        HeightPx = mask.HeightPx;
        WidthPx = mask.WidthPx;
        _rowStarts = ArrayPool<int>.Shared.Rent(HeightPx + 2);
        _rowStarts.AsSpan(0, HeightPx + 2).Clear();
    }

    /// <summary>Height of the picture in pixels.</summary>
    public int HeightPx { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int WidthPx { get; }

    /// <summary>The first row that has foreground; the height when none has.</summary>
    public int FirstRow { get; private set; }

    /// <summary>The row behind the last one that differs from the row above it.</summary>
    public int EndRow { get; private set; }

    /// <summary>The first column that has foreground.</summary>
    public int FirstColumn { get; private set; }

    /// <summary>The column behind the last one that has foreground.</summary>
    public int EndColumn { get; private set; }

    /// <summary>The columns to flip to come from the row above to row y; a column may occur twice.</summary>
    public readonly ReadOnlySpan<int> this[int y] => _columns.AsSpan(_rowStarts[y].._rowStarts[y + 1]);

    /// <summary>Turns a mask from columns to rows.</summary>
    public static RowToggles Of(Mask mask)
    {
        var toggles = new RowToggles(mask);
        // A run changes one column at its start and one at its end, and the top of each column it enters.
        int most = checked(mask.Counts.Length + mask.WidthPx);
        (int Row, int Column)[] found = ArrayPool<(int, int)>.Shared.Rent(most);
        int count = Walk(mask, found);
        toggles.SortByRow(found.AsSpan(0, count));
        ArrayPool<(int, int)>.Shared.Return(found);
        return toggles;
    }

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_rowStarts);
        ArrayPool<int>.Shared.Return(_columns);
    }

    /// <summary>Lists the pixels that differ from the one above them, column by column.</summary>
    private static int Walk(Mask mask, Span<(int Row, int Column)> found)
    {
        long position = 0, nextTop = 0;
        int nextColumn = 0, count = 0;
        bool isInside = false;
        foreach (uint run in mask.Counts)
        {
            position += run;
            for (; nextTop < position; nextTop += mask.HeightPx, nextColumn++)
                if (isInside) found[count++] = (0, nextColumn);
            // A change at the top of a column shows in that top, which is yet to come.
            if (position < nextTop) found[count++] = ((int)(position - nextTop + mask.HeightPx), nextColumn - 1);
            isInside = !isInside;
        }
        return count;
    }

    /// <summary>Brings changes that come column by column into the order of rows.</summary>
    private void SortByRow(ReadOnlySpan<(int Row, int Column)> found)
    {
        Span<int> starts = _rowStarts.AsSpan(0, HeightPx + 2);
        foreach ((int row, _) in found) starts[row + 2]++;
        for (int row = 2; row < starts.Length; row++) starts[row] += starts[row - 1];
        _columns = ArrayPool<int>.Shared.Rent(found.Length);
        Span<int> next = starts[1..];
        foreach ((int row, int column) in found) _columns[next[row]++] = column;
        FirstColumn = found.IsEmpty ? 0 : found[0].Column;
        EndColumn = found.IsEmpty ? 0 : found[^1].Column + 1;
        FirstRow = starts[..(HeightPx + 1)].LastIndexOf(0);
        EndRow = Math.Max(FirstRow, starts[..(HeightPx + 1)].IndexOf(found.Length));
    }
}
