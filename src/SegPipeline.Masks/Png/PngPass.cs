namespace SegPipeline.Masks.Png;

/// <summary>
/// Which pixels of a picture come together in a PNG: all of them, or one of the seven grids of Adam7
/// (W3C PNG 3rd edition, 8.1).
/// </summary>
/// <param name="FirstX">Column of the first pixel.</param>
/// <param name="FirstY">Row of the first pixel.</param>
/// <param name="StepX">Columns from a pixel to the next.</param>
/// <param name="StepY">Rows from a row to the next.</param>
internal readonly record struct PngPass(int FirstX, int FirstY, int StepX, int StepY)
{
    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    private static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    /// <summary>The passes of a picture, in file order; a small picture leaves some empty.</summary>
    public static ReadOnlySpan<PngPass> Of(PngHeader header) => header.IsInterlaced ? Adam7 : Whole;

    /// <summary>Columns of the pass in a picture of this width.</summary>
    public int WidthPx(PngHeader header) => Steps(header.WidthPx, FirstX, StepX);

    /// <summary>Rows of the pass in a picture of this height; 0 when the pass has no columns.</summary>
    public int HeightPx(PngHeader header) => WidthPx(header) == 0 ? 0 : Steps(header.HeightPx, FirstY, StepY);

    /// <summary>Inflated length of all passes together, filter bytes included.</summary>
    public static long InflatedBytes(PngHeader header)
    {
        long total = 0;
        foreach (PngPass pass in Of(header))
            total += pass.HeightPx(header) * (header.PackedRowBytes(pass.WidthPx(header)) + 1);
        return total;
    }

    private static int Steps(int sizePx, int first, int step) =>
        sizePx <= first ? 0 : (int)(((long)sizePx - first + step - 1) / step);
}
