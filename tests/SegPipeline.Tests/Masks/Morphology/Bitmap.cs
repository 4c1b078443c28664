using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks.Morphology;

/// <summary>A mask as pixels that can be asked for one by one, for plain definitions of what must come out.</summary>
internal sealed class Bitmap
{
    private readonly byte[] _columnMajor;

    public Bitmap(Mask mask)
    {
        HeightPx = mask.HeightPx;
        WidthPx = mask.WidthPx;
        _columnMajor = new byte[HeightPx * WidthPx];
        mask.CopyToColumnMajor(_columnMajor);
    }

    public int HeightPx { get; }

    public int WidthPx { get; }

    public bool this[int x, int y] => _columnMajor[x * HeightPx + y] != 0;

    public bool Contains(int x, int y) => (uint)x < (uint)WidthPx && (uint)y < (uint)HeightPx;

    /// <summary>A mask of the pixels of which something is true.</summary>
    public Mask Where(Func<int, int, bool> isSet) => Where(HeightPx, WidthPx, isSet);

    /// <inheritdoc cref="Where(Func{int, int, bool})"/>
    public static Mask Where(int heightPx, int widthPx, Func<int, int, bool> isSet)
    {
        byte[] columnMajor = new byte[heightPx * widthPx];
        for (int i = 0; i < columnMajor.Length; i++)
            columnMajor[i] = isSet(i / heightPx, i % heightPx) ? (byte)1 : (byte)0;
        return Mask.FromBitmapColumnMajor(heightPx, widthPx, columnMajor);
    }

    /// <summary>A mask drawn as text, # for foreground.</summary>
    public static Mask Drawn(params string[] rows) =>
        Where(rows.Length, rows[0].Length, (x, y) => rows[y][x] == '#');

    /// <summary>A rectangle.</summary>
    public static Mask Rectangle(int heightPx, int widthPx, int left, int top, int right, int bottom) =>
        Where(heightPx, widthPx, (x, y) => x >= left && x < right && y >= top && y < bottom);
}
