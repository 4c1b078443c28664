namespace SegPipeline.Masks.Morphology;

/// <summary>
/// A structuring element: the cells of a small grid, one of which is the anchor that lies on the pixel looked at.
/// Immutable.
/// </summary>
public sealed class Kernel
{
    private readonly bool[] _rowMajor;

    private Kernel(int heightPx, int widthPx, bool[] rowMajor, int anchorX, int anchorY)
    {
        if ((uint)anchorX >= (uint)widthPx || (uint)anchorY >= (uint)heightPx)
            throw new ArgumentException(
                $"the anchor must lie in the {heightPx}x{widthPx} (height x width) kernel, found {anchorX}, {anchorY}");
        if (!rowMajor.Contains(true)) throw new ArgumentException("a kernel must have at least one cell that is set");
        HeightPx = heightPx;
        WidthPx = widthPx;
        AnchorX = anchorX;
        AnchorY = anchorY;
        _rowMajor = rowMajor;
        Strips = KernelStrips.Of(this);
    }

    /// <summary>Largest height and width, in pixels.</summary>
    public const int MaxSidePx = 8191;

    /// <summary>Rows of the grid.</summary>
    public int HeightPx { get; }

    /// <summary>Columns of the grid.</summary>
    public int WidthPx { get; }

    /// <summary>Column of the anchor, from 0.</summary>
    public int AnchorX { get; }

    /// <summary>Row of the anchor, from 0.</summary>
    public int AnchorY { get; }

    /// <summary>True when a cell is set.</summary>
    /// <param name="x">Column, from 0.</param>
    /// <param name="y">Row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public bool this[int x, int y] => (uint)x < (uint)WidthPx && (uint)y < (uint)HeightPx
        ? _rowMajor[y * WidthPx + x]
        : throw new ArgumentOutOfRangeException(nameof(x), $"a {HeightPx}x{WidthPx} kernel has no cell {x}, {y}");

    /// <summary>The set cells as vertical strips relative to the anchor.</summary>
    internal KernelStrips Strips { get; }

    /// <summary>A kernel of any cells, anchored in the middle: half the width, half the height, rounded down.</summary>
    /// <param name="heightPx">Rows, 1 to <see cref="MaxSidePx"/>.</param>
    /// <param name="widthPx">Columns, 1 to <see cref="MaxSidePx"/>.</param>
    /// <param name="rowMajor">One byte per cell, index y * width + x; any value but 0 is set. At least one is.</param>
    /// <exception cref="ArgumentException">A side is out of range, the length is wrong or no cell is set.</exception>
    public static Kernel FromRowMajor(int heightPx, int widthPx, ReadOnlySpan<byte> rowMajor)
    {
        CheckSides(heightPx, widthPx);
        if (rowMajor.Length != heightPx * widthPx)
            throw new ArgumentException(
                $"a {heightPx}x{widthPx} kernel must have all its cells, found {rowMajor.Length}", nameof(rowMajor));
        bool[] cells = new bool[rowMajor.Length];
        for (int i = 0; i < cells.Length; i++) cells[i] = rowMajor[i] != 0;
        return new Kernel(heightPx, widthPx, cells, widthPx / 2, heightPx / 2);
    }

    /// <summary>A kernel with every cell set, anchored in the middle (OpenCV's MORPH_RECT).</summary>
    /// <param name="heightPx">Rows, 1 to <see cref="MaxSidePx"/>.</param>
    /// <param name="widthPx">Columns, 1 to <see cref="MaxSidePx"/>.</param>
    /// <exception cref="ArgumentException">A side is out of range.</exception>
    public static Kernel Rectangle(int heightPx, int widthPx) => Make(heightPx, widthPx, (_, _) => true);

    /// <summary>The ellipse that fills a grid, anchored in the middle; the cells are those of OpenCV.</summary>
    /// <remarks>
    /// <c>getStructuringElement</c> of OpenCV 4.6, modules/imgproc/src/morph.dispatch.cpp: with r and c half of height
    /// and width, the row at distance d from the middle reaches c * sqrt((r*r - d*d) / (r*r)) columns to either side,
    /// rounded to the nearest even. A radius of n pixels is a side of 2n + 1.
    /// </remarks>
    /// <param name="heightPx">Rows, 1 to <see cref="MaxSidePx"/>.</param>
    /// <param name="widthPx">Columns, 1 to <see cref="MaxSidePx"/>.</param>
    /// <exception cref="ArgumentException">A side is out of range.</exception>
    public static Kernel Ellipse(int heightPx, int widthPx)
    {
        int r = heightPx / 2, c = widthPx / 2;
        double inverse = r == 0 ? 0 : 1.0 / ((double)r * r);
        return Make(heightPx, widthPx, (x, y) => Math.Abs(x - c) <= Reach(y - r));

        int Reach(int d) => (int)Math.Round(c * Math.Sqrt(((long)r * r - (long)d * d) * inverse));
    }

    /// <summary>
    /// The cells of a square grid whose distance from the middle cell is at most half the side, rounded down; anchored
    /// there. With an odd side it is <c>skimage.morphology.disk</c>; with an even one, the first row and column lie
    /// farther out than the last.
    /// </summary>
    /// <param name="sidePx">Rows and columns, 1 to <see cref="MaxSidePx"/>.</param>
    /// <exception cref="ArgumentException">The side is out of range.</exception>
    public static Kernel Disk(int sidePx)
    {
        int r = sidePx / 2;
        return Make(sidePx, sidePx, (x, y) => (x - r) * (x - r) + (y - r) * (y - r) <= r * r);
    }

    /// <summary>The same cells with another anchor.</summary>
    /// <exception cref="ArgumentException">The anchor does not lie in the grid.</exception>
    public Kernel WithAnchor(int anchorX, int anchorY) => new(HeightPx, WidthPx, _rowMajor, anchorX, anchorY);

    /// <summary>
    /// The kernel turned by half a turn about its anchor. Dilating with a kernel and eroding with its reflection is a
    /// closing that never moves or loses a pixel; OpenCV uses the same kernel twice.
    /// </summary>
    public Kernel Reflected()
    {
        bool[] turned = (bool[])_rowMajor.Clone();
        Array.Reverse(turned);
        return new Kernel(HeightPx, WidthPx, turned, WidthPx - 1 - AnchorX, HeightPx - 1 - AnchorY);
    }

    private static Kernel Make(int heightPx, int widthPx, Func<int, int, bool> isSet)
    {
        CheckSides(heightPx, widthPx);
        bool[] cells = new bool[heightPx * widthPx];
        for (int i = 0; i < cells.Length; i++) cells[i] = isSet(i % widthPx, i / widthPx);
        return new Kernel(heightPx, widthPx, cells, widthPx / 2, heightPx / 2);
    }

    private static void CheckSides(int heightPx, int widthPx)
    {
        if (heightPx is < 1 or > MaxSidePx || widthPx is < 1 or > MaxSidePx)
            throw new ArgumentException(
                $"a kernel's sides must be between 1 and {MaxSidePx}, found {heightPx}x{widthPx} (height x width)");
    }
}
