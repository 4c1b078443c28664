namespace SegPipeline.Masks.Morphology;

/// <summary>
/// Dilates pixels column by column. Each source column is grown downwards strip length by strip length and added to
/// the result columns that a strip of that length reaches, so that only as many columns are held as the kernel is wide
/// and the work hardly depends on what the picture shows.
/// </summary>
/// <remarks>
/// A strip of n cells takes log2(n) doublings at most, and less because strips come in ascending length and each is
/// grown out of the one before. Many equal strips side by side, as in a rectangle, are a window that slides.
/// </remarks>
internal sealed class ColumnDilation
{
    private readonly KernelStrips _kernel;
    private readonly PixelWindow _window;
    private readonly int _columnWords;
    private readonly int _frameWords;
    private readonly int _slots;
    private readonly SlidingColumns?[] _sliding;
    private readonly ulong[] _columns;
    private readonly ulong[] _moved;
    private readonly ulong[] _frame;
    private readonly bool _slides;
    private int _taken = -1;

    /// <summary>A dilation with a kernel, of which the columns of a window are wanted.</summary>
    public ColumnDilation(KernelStrips kernel, PixelWindow window)
    {
        int reachPx = kernel.MaxY - kernel.MinY;
        _kernel = kernel;
        _window = window;
        _columnWords = BitRows.WordsFor(window.HeightPx);
        _frameWords = BitRows.WordsFor(window.HeightPx + reachPx);
        _slots = kernel.MaxX - kernel.MinX + 1;
        _sliding = [.. kernel.ByLength.Select(s => s.IsWide ? new SlidingColumns(s.WidthPx, _columnWords) : null)];
        _columns = new ulong[checked(_slots * _columnWords)];
        _slides = kernel.ByLength.Any(s => s.IsWide);
        _moved = new ulong[_columnWords];
        _frame = new ulong[_frameWords + BitRows.PaddingFor(reachPx)];
    }

    /// <summary>
    /// Where a source column is put before it is added: one bit per row, from <see cref="KernelStrips.MinY"/> rows
    /// below the window's top on. All zeros after an addition.
    /// </summary>
    public Span<ulong> Frame => _frame.AsSpan(0, _frameWords);

    /// <summary>Adds the source column in the frame.</summary>
    /// <param name="x">The first column that the window's first column needs, and then each next one.</param>
    public void Add(int x)
    {
        int grown = 1;
        for (int i = 0; i < _sliding.Length; i++)
        {
            KernelStrip strip = _kernel.ByLength[i];
            for (int step; grown < strip.LengthPx; grown += step)
                BitRows.OrShifted(_frame, _frameWords, step = Math.Min(grown, strip.LengthPx - grown));
            BitRows.Shift(_frame, _moved, strip.OffsetY - _kernel.MinY);
            if (_sliding[i] is { } window) AddTo(x - strip.OffsetsX[^1], window.Add(_moved));
            else
                foreach (int offsetX in strip.OffsetsX) AddTo(x - offsetX, _moved);
        }
        Frame.Clear();
    }

    /// <summary>Adds a source column without pixels.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddEmpty(int x)
    {
        if (!_slides) return;
        _moved.AsSpan().Clear();
        for (int i = 0; i < _sliding.Length; i++)
            if (_sliding[i] is { } window) AddTo(x - _kernel.ByLength[i].OffsetsX[^1], window.Add(_moved));
    }

    /// <summary>One column of the result, of which all source columns have been added.</summary>
    /// <param name="x">The window's first column, and then each next one.</param>
    /// <returns>One bit per row of the window, zeros beyond; valid until the next call.</returns>
    public Span<ulong> Take(int x)
    {
        _taken = x - _window.Left;
        Span<ulong> column = Slot(_taken);
        BitRows.Keep(column, 0, _window.HeightPx);
        return column;
    }

    /// <summary>Clears the column taken last; must come before the addition of a column it does not need.</summary>
    public void Release()
    {
        if (_taken >= 0) Slot(_taken).Clear();
    }

    private void AddTo(int x, ReadOnlySpan<ulong> column)
    {
        if (x >= _window.Left && x < _window.Right) BitRows.Or(Slot(x - _window.Left), column);
    }

    private Span<ulong> Slot(int column) => _columns.AsSpan(column % _slots * _columnWords, _columnWords);
}
