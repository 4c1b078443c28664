namespace SegPipeline.Masks.Morphology;

/// <summary>
/// Dilates a mask column by column. Each source column is grown downwards strip length by strip length and added to
/// the result columns that a strip of that length reaches, so that only as many columns are held as the kernel is wide
/// and the work hardly depends on what the mask shows.
/// </summary>
/// <remarks>
/// A run of n cells needs about log2(n) doublings (van Herk, "A fast algorithm for local minimum and maximum filters
/// on rectangular and octagonal kernels", Pattern Recognition Letters 13 (1992), needs a constant number of comparisons
/// per pixel; on 64 pixels a word, doubling costs less). Strips are taken in ascending length, each grown out of the
/// one before.
/// </remarks>
internal sealed class ColumnDilation
{
    private readonly KernelStrips _kernel;
    private readonly ColumnReader _source;
    private readonly PixelWindow _window;
    private readonly int _columnWords;
    private readonly int _frameWords;
    private readonly int _slots;
    private readonly ulong[] _columns;
    private readonly ulong[] _frame;
    private readonly ulong[] _moved;
    private int _nextSource;
    private int _given;

    private ColumnDilation(KernelStrips kernel, PixelWindow window, Func<int, int, ColumnReader> open)
    {
        int reachPx = kernel.MaxY - kernel.MinY;
        _kernel = kernel;
        _window = window;
        _source = open(window.Top + kernel.MinY, window.HeightPx + reachPx);
        _columnWords = BitRows.WordsFor(window.HeightPx);
        _frameWords = BitRows.WordsFor(window.HeightPx + reachPx);
        _slots = kernel.MaxX - kernel.MinX + 1;
        _columns = new ulong[checked(_slots * _columnWords)];
        _frame = new ulong[_frameWords + BitRows.PaddingFor(reachPx)];
        _moved = new ulong[_columnWords];
        _nextSource = window.Left + kernel.MinX;
        _given = window.Left;
    }

    /// <summary>The pixels of a window from which the kernel reaches foreground.</summary>
    public static ColumnDilation OfForeground(Mask mask, KernelStrips kernel, PixelWindow window) =>
        new(kernel, window, (top, rowsPx) => ColumnReader.Foreground(mask, top, rowsPx));

    /// <summary>The pixels of a window from which the kernel reaches background.</summary>
    public static ColumnDilation OfBackground(
        Mask mask, KernelStrips kernel, PixelWindow window, Outside outside = Outside.Ignored) =>
        new(kernel, window, (top, rowsPx) => ColumnReader.Background(mask, top, rowsPx, outside));

    /// <summary>One column of the result.</summary>
    /// <param name="x">The window's first column, and then each next one.</param>
    /// <returns>One bit per row of the window, valid until the next call; zeros beyond.</returns>
    public Span<ulong> Column(int x)
    {
        if (x > _given) Slot(_given - _window.Left).Clear();
        _given = x;
        for (int last = x + _kernel.MaxX; _nextSource <= last; _nextSource++)
            if (_source.Read(_nextSource, _frame)) AddSource();
        Span<ulong> column = Slot(x - _window.Left);
        BitRows.Truncate(column, _window.HeightPx);
        return column;
    }

    private void AddSource()
    {
        int leftmost = _nextSource - _kernel.MaxX - _window.Left;
        int grown = 1;
        foreach (KernelStrip strip in _kernel.ByLength)
        {
            for (int step; grown < strip.LengthPx; grown += step)
                BitRows.OrShifted(_frame, _frameWords, step = Math.Min(grown, strip.LengthPx - grown));
            BitRows.Shift(_frame, _moved, strip.OffsetY - _kernel.MinY);
            foreach (int offsetX in strip.OffsetsX)
            {
                int column = leftmost + _kernel.MaxX - offsetX;
                if ((uint)column < (uint)(_window.Right - _window.Left)) BitRows.Or(Slot(column), _moved);
            }
        }
        _frame.AsSpan().Clear();
    }

    private Span<ulong> Slot(int column) => _columns.AsSpan(column % _slots * _columnWords, _columnWords);
}
