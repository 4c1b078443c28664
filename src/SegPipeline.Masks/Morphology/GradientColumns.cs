namespace SegPipeline.Masks.Morphology;

/// <summary>The boundary band of a mask, column by column.</summary>
internal sealed class GradientColumns
{
    private readonly ColumnDilation _foreground;
    private readonly ColumnDilation _background;

    /// <summary>The band of a mask under a kernel.</summary>
    public GradientColumns(Mask mask, KernelStrips kernel)
    {
        Window = PixelWindow.Foreground(mask);
        if (Window.Right > Window.Left) Window = Window.ReachedBy(kernel, mask);
        _foreground = ColumnDilation.OfForeground(mask, kernel, Window);
        _background = ColumnDilation.OfBackground(mask, kernel, Window);
    }

    /// <summary>The window outside which there is no band.</summary>
    public PixelWindow Window { get; }

    /// <summary>One column of the band: one bit per row of the window, valid until the next call.</summary>
    /// <param name="x">The window's first column, and then each next one.</param>
    public Span<ulong> Column(int x)
    {
        Span<ulong> column = _foreground.Column(x);
        BitRows.And(column, _background.Column(x));
        return column;
    }
}
