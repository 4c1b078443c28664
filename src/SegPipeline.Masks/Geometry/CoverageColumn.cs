namespace SegPipeline.Masks.Geometry;

/// <summary>
/// Adds up how much of each pixel of one resized column is covered. A piece of a source column costs the same however
/// long it is: its ends are added to the pixels they lie in, and what lies between to the running sum of a difference.
/// </summary>
internal ref struct CoverageColumn
{
    // Of each row that any piece reaches: its own parts, and how many more parts its inside has than the row above.
    // All are 0 except those of touched rows, from _top to _bottom.
    private readonly long[] _own;
    private readonly long[] _change;
    private readonly CoveredAxis _rows;
    private readonly int _heightPx;
    private readonly int _firstRow;
    private int _top = int.MaxValue;
    private int _bottom;
    private long _bestParts;

    /// <summary>An empty column.</summary>
    /// <param name="rows">How rows are covered.</param>
    /// <param name="heightPx">Height of the resized column.</param>
    /// <param name="box">The source rows that may be added; not empty.</param>
    public CoverageColumn(CoveredAxis rows, int heightPx, PixelBox box)
    {
        _rows = rows;
        _heightPx = heightPx;
        _firstRow = rows.First(box.Y);
        int length = rows.Last(box.Y + box.HeightPx - 1) - _firstRow + 1;
        (_own, _change) = (new long[length], new long[length]);
    }

    /// <summary>Index of the pixel that is covered most, the first of several; null when none is.</summary>
    public uint? Best { get; private set; }

    /// <summary>Adds source rows, as wide as some parts of a column.</summary>
    public void Add(int top, int bottom, long width)
    {
        long start = top * _rows.SourceParts, end = bottom * _rows.SourceParts, parts = _rows.PixelParts;
        long first = start / parts, last = (end - 1) / parts;
        int above = (int)first - _firstRow, below = (int)last - _firstRow;
        _top = Math.Min(_top, above);
        _bottom = Math.Max(_bottom, below + 1);
        if (above == below)
        {
            _own[above] += width * (end - start);
            return;
        }
        _own[above] += width * ((first + 1) * parts - start);
        _own[below] += width * (end - last * parts);
        _change[above + 1] += width * parts;
        _change[below] -= width * parts;
    }

    /// <summary>Writes the pixels of a column that are covered enough, and starts anew.</summary>
    public void Flush(int column, ulong needed, ref RunBuilder runs)
    {
        uint start = (uint)column * (uint)_heightPx + (uint)_firstRow;
        bool was = false;
        long inner = 0;
        for (int row = _top; row < _bottom; row++)
        {
            inner += _change[row];
            long parts = _own[row] + inner;
            (_own[row], _change[row]) = (0, 0);
            if (parts > _bestParts) (_bestParts, Best) = (parts, start + (uint)row);
            bool now = (ulong)parts >= needed;
            if (now != was) runs.Toggle(start + (uint)row);
            was = now;
        }
        if (was) runs.Toggle(start + (uint)_bottom);
        (_top, _bottom) = (int.MaxValue, 0);
    }
}
