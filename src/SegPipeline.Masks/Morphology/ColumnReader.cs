namespace SegPipeline.Masks.Morphology;

/// <summary>Reads a mask column by column, from left to right, into one bit per pixel.</summary>
internal sealed class ColumnReader
{
    private readonly Mask _mask;
    private readonly int _top;
    private readonly int _rowsPx;
    private readonly bool _isSetOutside;
    private int _run = -1;
    private long _start;
    private long _end;

    private ColumnReader(Mask mask, int top, int rowsPx, bool isSetOutside)
    {
        _mask = mask;
        _top = top;
        _rowsPx = rowsPx;
        _isSetOutside = isSetOutside;
        Advance();
    }

    /// <summary>Reads the foreground in rows from the given one on.</summary>
    public static ColumnReader Foreground(Mask mask, int top, int rowsPx) =>
        new(mask, top, rowsPx, isSetOutside: false);

    /// <summary>Reads the background in rows from the given one on.</summary>
    public static ColumnReader Background(Mask mask, int top, int rowsPx, Outside outside)
    {
        ReadOnlySpan<uint> counts = mask.Counts;
        uint[] inverse = counts.Length > 0 && counts[0] == 0 ? counts[1..].ToArray() : [0, .. counts];
        return new(new Mask(mask.HeightPx, mask.WidthPx, inverse), top, rowsPx, outside == Outside.Background);
    }

    /// <summary>Sets the bits of a column's pixels.</summary>
    /// <param name="x">A column to the right of those read before; it may lie outside the picture.</param>
    /// <param name="words">All zeros; they stay so when there is nothing to set.</param>
    /// <returns>False when no bit was set.</returns>
    public bool Read(int x, Span<ulong> words)
    {
        bool isInside = (uint)x < (uint)_mask.WidthPx;
        if (_isSetOutside) SetOutside(isInside, words);
        return (isInside && ReadInside(x, words)) || _isSetOutside;
    }

    private void SetOutside(bool isColumnInside, Span<ulong> words)
    {
        int below = isColumnInside ? _mask.HeightPx - _top : 0;
        if (isColumnInside && _top < 0) BitRows.Set(words, 0, -_top);
        if (below < _rowsPx) BitRows.Set(words, below, _rowsPx);
    }

    private bool ReadInside(int x, Span<ulong> words)
    {
        long column = (long)x * _mask.HeightPx, origin = column + _top;
        long from = Math.Max(origin, column), to = Math.Min(origin + _rowsPx, column + _mask.HeightPx);
        while (_end <= from) Advance();
        bool found = false;
        while (_start < to)
        {
            BitRows.Set(words, (int)(Math.Max(_start, from) - origin), (int)(Math.Min(_end, to) - origin));
            found = true;
            if (_end > to) break;
            Advance();
        }
        return found;
    }

    /// <summary>Moves to the next run of foreground; after the last one, to one that nothing reaches.</summary>
    private void Advance()
    {
        ReadOnlySpan<uint> counts = _mask.Counts;
        do
        {
            if (_run + 2 >= counts.Length)
            {
                _start = _end = long.MaxValue;
                return;
            }
            _start = _end + counts[_run + 1];
            _run += 2;
            _end = _start + counts[_run];
        }
        while (_start == _end);
    }
}
