using System.Numerics;

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
    /// <returns>A mask of the same size.</returns>
    public static Mask Dilate(Mask mask, Kernel kernel)
    {
        if (mask.IsEmpty) return Mask.Empty(mask.HeightPx, mask.WidthPx);
        PixelWindow window = PixelWindow.Foreground(mask).ReachedBy(kernel.Strips, mask);
        var dilation = ColumnDilation.OfForeground(mask, kernel.Strips, window);
        return Collect(mask, window, dilation.Column);
    }

    /// <summary>Pixels without background under any cell of the kernel.</summary>
    /// <param name="mask">Any mask.</param>
    /// <param name="kernel">The cells to look at.</param>
    /// <param name="outside">What the cells see that fall outside the picture.</param>
    /// <returns>A mask of the same size.</returns>
    public static Mask Erode(Mask mask, Kernel kernel, Outside outside = Outside.Ignored)
    {
        PixelWindow window = kernel.Strips.HasAnchor ? PixelWindow.Foreground(mask) : PixelWindow.Whole(mask);
        var dilation = ColumnDilation.OfBackground(mask, kernel.Strips, window, outside);
        return Collect(mask, window, x => BitRows.Invert(dilation.Column(x), window.HeightPx));
    }

    /// <summary>
    /// The boundary band: pixels with both foreground and background under the kernel (OpenCV's MORPH_GRADIENT).
    /// </summary>
    /// <returns>A mask of the same size.</returns>
    public static Mask Gradient(Mask mask, Kernel kernel)
    {
        var band = new GradientColumns(mask, kernel.Strips);
        return Collect(mask, band.Window, band.Column);
    }

    private delegate Span<ulong> ColumnSource(int x);

    private static Mask Collect(Mask mask, PixelWindow window, ColumnSource columns)
    {
        var runs = new RunBuilder(2 * mask.Counts.Length);
        for (int x = window.Left; x < window.Right; x++)
        {
            ReadOnlySpan<ulong> column = columns(x);
            uint start = (uint)x * (uint)mask.HeightPx + (uint)window.Top;
            ulong above = 0;
            for (int i = 0; i < column.Length; i++)
            {
                ulong word = column[i];
                for (ulong edges = word ^ (word << 1 | above); edges != 0; edges &= edges - 1)
                    runs.Toggle(start + (uint)(i * 64 + BitOperations.TrailingZeroCount(edges)));
                above = word >> 63;
            }
            if (above != 0) runs.Toggle(start + (uint)column.Length * 64);
        }
        return runs.Build(mask.HeightPx, mask.WidthPx);
    }
}
