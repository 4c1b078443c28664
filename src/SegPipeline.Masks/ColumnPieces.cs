namespace SegPipeline.Masks;

/// <summary>
/// Walks the foreground of a mask in pieces that each lie within one column, in column-major order. A copy of the
/// struct goes on from where the original stands.
/// </summary>
internal ref struct ColumnPieces
{
    private readonly ReadOnlySpan<uint> _counts;
    private readonly long _heightPx;
    private int _nextRun;
    private long _start;
    private long _end;
    private long _columnStart;

    /// <summary>Stands before the first piece.</summary>
    public ColumnPieces(Mask mask)
    {
        _counts = mask.Counts;
        _heightPx = mask.HeightPx;
    }

    /// <summary>Column of the piece.</summary>
    public int Column { get; private set; }

    /// <summary>First row of the piece.</summary>
    public int Top { get; private set; }

    /// <summary>Row after the last of the piece.</summary>
    public int Bottom { get; private set; }

    /// <summary>Number of pixels of the piece.</summary>
    public readonly int LengthPx => Bottom - Top;

    /// <summary>Goes to the next piece; false when there is none.</summary>
    public bool MoveNext()
    {
        while (_start == _end)
        {
            if (_nextRun + 1 >= _counts.Length) return false;
            _start = _end + _counts[_nextRun];
            _end = _start + _counts[_nextRun + 1];
            _nextRun += 2;
        }
        if (_start - _columnStart >= _heightPx) GoToColumn();
        Top = (int)(_start - _columnStart);
        _start = Math.Min(_end, _columnStart + _heightPx);
        Bottom = (int)(_start - _columnStart);
        return true;
    }

    private void GoToColumn()
    {
        // The next column in most cases; a division costs more than all the rest.
        Column = _start - _columnStart < 2 * _heightPx ? Column + 1 : (int)(_start / _heightPx);
        _columnStart = Column * _heightPx;
    }
}
