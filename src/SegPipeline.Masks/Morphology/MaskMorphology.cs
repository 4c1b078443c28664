namespace SegPipeline.Masks.Morphology;

/// <summary>Dilation, erosion and boundary bands of masks, pixel for pixel those of OpenCV.</summary>
/// <remarks>
/// As <c>dilate</c>, <c>erode</c> and <c>morphologyEx</c> of OpenCV with the default border (opencv/opencv,
/// modules/imgproc/src/morph.dispatch.cpp): a result pixel looks at the pixels under the kernel's cells when the
/// anchor lies on it. The kernel is not reflected in either operation, so a dilation and an erosion with a kernel
/// whose anchor is not its centre of symmetry move a shape; see <see cref="Kernel.Reflected"/>.
/// </remarks>
public static class MaskMorphology
{
    /// <summary>Pixels with foreground under at least one cell of the kernel.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="kernel">The cells to look at; those that fall outside the picture do not count.</param>
    /// <returns>A mask of the same size.</returns>
    public static Mask Dilate(Mask mask, Kernel kernel) => Collect(mask, Scan(mask, kernel, Sides.Foreground));

    /// <summary>Pixels without background under any cell of the kernel.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="kernel">The cells to look at.</param>
    /// <param name="outside">What the cells see that fall outside the picture.</param>
    /// <returns>A mask of the same size.</returns>
    public static Mask Erode(Mask mask, Kernel kernel, Outside outside = Outside.Ignored)
    {
        PixelWindow window = kernel.Strips.HasAnchor ? PixelWindow.Foreground(mask) : PixelWindow.Whole(mask);
        var scan = new ColumnScan(mask, kernel.Strips, window, Sides.Background, outside);
        return Collect(mask, scan, isInverted: true);
    }

    /// <summary>
    /// The boundary band: pixels with both foreground and background under the kernel (OpenCV's MORPH_GRADIENT).
    /// </summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="kernel">The cells to look at; those that fall outside the picture do not count.</param>
    /// <returns>A mask of the same size.</returns>
    public static Mask Gradient(Mask mask, Kernel kernel) =>
        Collect(mask, Scan(mask, kernel, Sides.Foreground | Sides.Background));

    /// <summary>A scan of all pixels from which a kernel reaches foreground.</summary>
    internal static ColumnScan Scan(Mask mask, Kernel kernel, Sides sides)
    {
        PixelWindow window = PixelWindow.Foreground(mask);
        if (window.WidthPx > 0) window = window.ReachedBy(kernel.Strips, mask);
        return new ColumnScan(mask, kernel.Strips, window, sides, Outside.Ignored);
    }

    private static Mask Collect(Mask mask, ColumnScan scan, bool isInverted = false)
    {
        PixelWindow window = scan.Window;
        var runs = new RunBuilder(2 * mask.Counts.Length);
        for (int x = window.Left; x < window.Right; x++)
        {
            Span<ulong> column = scan.Column(x);
            if (isInverted) Invert(column, window.HeightPx);
            uint start = (uint)x * (uint)mask.HeightPx + (uint)window.Top;
            runs.Add(BitRows.Edges(column, start, runs.Room(window.HeightPx + 1)));
        }
        return runs.Build(mask.HeightPx, mask.WidthPx);
    }

    private static void Invert(Span<ulong> column, int rowsPx)
    {
        BitRows.Not(column, column);
        BitRows.Keep(column, 0, rowsPx);
    }
}
