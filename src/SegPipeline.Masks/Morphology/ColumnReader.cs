namespace SegPipeline.Masks.Morphology;

/// <summary>Reads a mask column by column, from left to right, into one bit per pixel.</summary>
/// <param name="mask">Any mask.</param>
/// <param name="top">First row to read; it may lie above the picture.</param>
/// <param name="rowsPx">Rows to read; they may end below the picture.</param>
internal sealed class ColumnReader(Mask mask, int top, int rowsPx)
{
    private readonly int _firstInside = Math.Clamp(-top, 0, rowsPx);
    private readonly int _endInside = (int)Math.Clamp((long)mask.HeightPx - top, 0, rowsPx);
    private int _run = -1;
    private long _start;
    private long _end;

    /// <summary>Sets the bits of a column's foreground.</summary>
    /// <param name="x">A column to the right of those read before; it may lie outside the picture.</param>
    /// <param name="words">All zeros; they stay so when there is nothing to set.</param>
    /// <returns>False when no bit was set.</returns>
    public bool Read(int x, Span<ulong> words)
    {
        if ((uint)x >= (uint)mask.WidthPx || _firstInside == _endInside) return false;
        long origin = (long)x * mask.HeightPx + top;
        long from = origin + _firstInside, to = origin + _endInside;
        ReadOnlySpan<uint> counts = mask.Counts;
        while (_end <= from && Advance(counts)) { }
        if (_start >= to) return false;
        BitRows.Set(words, (int)(Math.Max(_start, from) - origin), (int)(Math.Min(_end, to) - origin));
        while (_end <= to && Advance(counts) && _start < to)
            BitRows.Set(words, (int)(_start - origin), (int)(Math.Min(_end, to) - origin));
        return true;
    }

    /// <summary>Sets the bits of a column's background.</summary>
    /// <param name="x">A column, which may lie outside the picture.</param>
    /// <param name="foreground">What <see cref="Read"/> gave for it.</param>
    /// <param name="background">As long as the foreground; every word is written.</param>
    /// <param name="outside">Whether what lies outside the picture counts.</param>
    /// <returns>False when no bit was set.</returns>
    public bool ReadBackground(int x, ReadOnlySpan<ulong> foreground, Span<ulong> background, Outside outside)
    {
        bool isInside = (uint)x < (uint)mask.WidthPx;
        if (!isInside && outside == Outside.Ignored) return false;
        BitRows.Not(foreground, background);
        if (outside == Outside.Ignored) BitRows.Keep(background, _firstInside, _endInside);
        else BitRows.Keep(background, 0, rowsPx);
        return true;
    }

    /// <summary>Moves to the next run of foreground; after the last one, to one that nothing reaches.</summary>
    private bool Advance(ReadOnlySpan<uint> counts)
    {
        do
        {
            if (_run + 2 >= counts.Length)
            {
                _start = _end = long.MaxValue;
                return false;
            }
            _start = _end + counts[_run + 1];
            _run += 2;
            _end = _start + counts[_run];
        }
        while (_start == _end);
        return true;
    }
}
