namespace SegPipeline.Masks.Morphology;

/// <summary>What a scan looks for under a kernel.</summary>
[Flags]
internal enum Sides
{
    /// <summary>Foreground.</summary>
    Foreground = 1,

    /// <summary>Background.</summary>
    Background = 2,
}

/// <summary>Moves a kernel over a window of a mask, column by column from left to right.</summary>
internal sealed class ColumnScan
{
    private readonly KernelStrips _kernel;
    private readonly Outside _outside;
    private readonly ColumnReader _reader;
    private readonly ColumnDilation? _foreground;
    private readonly ColumnDilation? _background;
    private readonly ulong[] _column;
    private int _nextSource;

    /// <summary>A scan of a window that looks for one side or for both.</summary>
    public ColumnScan(Mask mask, KernelStrips kernel, PixelWindow window, Sides sides, Outside outside)
    {
        Window = window;
        _kernel = kernel;
        _outside = outside;
        int rowsPx = checked(window.HeightPx + kernel.MaxY - kernel.MinY);
        _reader = new ColumnReader(mask, window.Top + kernel.MinY, rowsPx);
        if (sides.HasFlag(Sides.Foreground)) _foreground = new ColumnDilation(kernel, window);
        if (sides.HasFlag(Sides.Background)) _background = new ColumnDilation(kernel, window);
        _column = new ulong[(_foreground ?? _background)!.Frame.Length];
        _nextSource = window.Left + kernel.MinX;
    }

    /// <summary>The window.</summary>
    public PixelWindow Window { get; }

    /// <summary>The pixels of a column with all sides looked for under the kernel.</summary>
    /// <param name="x">The window's first column, and then each next one.</param>
    /// <returns>One bit per row of the window, zeros beyond; valid until the next call.</returns>
    public Span<ulong> Column(int x)
    {
        _foreground?.Release();
        _background?.Release();
        for (int last = x + _kernel.MaxX; _nextSource <= last; _nextSource++) Add(_nextSource);
        if (_foreground is null) return _background!.Take(x);
        Span<ulong> column = _foreground.Take(x);
        if (_background is not null) BitRows.And(column, _background.Take(x));
        return column;
    }

    private void Add(int x)
    {
        bool isEmpty = !_reader.Read(x, _column);
        if (_background is not null)
        {
            if (_reader.ReadBackground(x, _column, _background.Frame, _outside)) _background.Add(x);
            else _background.AddEmpty(x);
        }
        if (isEmpty)
        {
            _foreground?.AddEmpty(x);
            return;
        }
        if (_foreground is not null)
        {
            _column.CopyTo(_foreground.Frame);
            _foreground.Add(x);
        }
        _column.AsSpan().Clear();
    }
}
