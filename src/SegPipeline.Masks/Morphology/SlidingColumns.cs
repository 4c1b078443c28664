namespace SegPipeline.Masks.Morphology;

/// <summary>
/// What a window of columns that slides from left to right holds, in a few operations per column whatever its width.
/// </summary>
/// <remarks>
/// van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels", Pattern
/// Recognition Letters 13 (1992); Gil and Werman, "Computing 2-D min, median, and max filters", PAMI 15 (1993). Columns
/// come in blocks as wide as the window, which thus covers the end of one block and the start of the next.
/// </remarks>
/// <param name="widthPx">Columns in the window.</param>
/// <param name="words">Words of a column.</param>
internal sealed class SlidingColumns(int widthPx, int words)
{
    private readonly ulong[] _start = new ulong[words];
    private readonly ulong[] _window = new ulong[words];
    private ulong[] _block = new ulong[checked(widthPx * words)];
    private ulong[] _ends = new ulong[checked(widthPx * words)];
    private int _filled;

    /// <summary>Moves the window by one column.</summary>
    /// <param name="column">The column that enters it on the right.</param>
    /// <returns>Every bit that is set in a column of the window; valid until the next call.</returns>
    public ReadOnlySpan<ulong> Add(ReadOnlySpan<ulong> column)
    {
        if (_filled == widthPx) BeginBlock();
        column.CopyTo(_block.AsSpan(_filled++ * words));
        BitRows.Or(_start, column);
        if (_filled == widthPx) return _start;
        _start.CopyTo(_window.AsSpan());
        BitRows.Or(_window, _ends.AsSpan(_filled * words));
        return _window;
    }

    /// <summary>Turns each column of the full block into what it and those to its right hold.</summary>
    private void BeginBlock()
    {
        (_block, _ends) = (_ends, _block);
        for (int i = widthPx - 2; i >= 0; i--)
            BitRows.Or(_ends.AsSpan(i * words, words), _ends.AsSpan((i + 1) * words));
        _start.AsSpan().Clear();
        _filled = 0;
    }
}
