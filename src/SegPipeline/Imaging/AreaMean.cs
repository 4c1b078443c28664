using System.Numerics;
using System.Runtime.InteropServices;

namespace SegPipeline.Imaging;

/// <summary>
/// Makes a picture smaller, by any ratio: each new pixel is the mean of the area that it covers, source pixels that it
/// cuts counting by the part it cuts, rounded half up. Whole numbers throughout, so the same on every machine. Rows are
/// added from the top, so that the large picture need not be there at once.
/// </summary>
/// <remarks>The box filter of Pillow and INTER_AREA of OpenCV, which round their weights.</remarks>
internal sealed class AreaMean
{
    /// <summary>The longest axis that sums of 32 bits allow.</summary>
    public const int LongestPx = 1 << 24;

    private readonly RgbPixels _target;
    private readonly uint[] _sums;
    private readonly AxisParts _columns;
    private readonly AxisParts _rows;
    private readonly long _parts;
    private readonly double _inverse;
    private long _missing;
    private int _row;

    /// <summary>Begins a picture.</summary>
    /// <param name="sourceWidthPx">Width of the rows to come.</param>
    /// <param name="sourceHeightPx">Number of the rows to come.</param>
    /// <param name="widthPx">Width to make it, not above the source's.</param>
    /// <param name="heightPx">Height to make it, not above the source's.</param>
    public AreaMean(int sourceWidthPx, int sourceHeightPx, int widthPx, int heightPx)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(widthPx, sourceWidthPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heightPx, sourceHeightPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sourceWidthPx, LongestPx);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sourceHeightPx, LongestPx);
        _target = new RgbPixels(
            widthPx, heightPx, GC.AllocateUninitializedArray<byte>(checked(3 * widthPx * heightPx)));
        _sums = new uint[3 * sourceWidthPx];
        _columns = new AxisParts(sourceWidthPx, widthPx);
        _rows = new AxisParts(sourceHeightPx, heightPx);
        _parts = _columns.OfPixel * _rows.OfPixel;
        _inverse = 1.0 / _parts;
        _missing = _rows.OfPixel;
    }

    /// <summary>The picture; complete when all rows were added.</summary>
    public RgbPixels Target => _target;

    /// <summary>A whole picture made smaller; the picture itself when it has the size already.</summary>
    public static RgbPixels Reduce(RgbPixels pixels, int widthPx, int heightPx)
    {
        if (pixels.WidthPx == widthPx && pixels.HeightPx == heightPx) return pixels;
        var mean = new AreaMean(pixels.WidthPx, pixels.HeightPx, widthPx, heightPx);
        int rowBytes = 3 * pixels.WidthPx;
        for (int y = 0; y < pixels.HeightPx; y++) mean.Add(pixels.RowMajor.AsSpan(y * rowBytes, rowBytes));
        return mean.Target;
    }

    /// <summary>Adds the next row: three bytes for each pixel.</summary>
    public void Add(ReadOnlySpan<byte> row)
    {
        long parts = Math.Min(_rows.OfSource, _missing);
        Accumulate(row, (uint)parts);
        _missing -= parts;
        if (_missing > 0) return;
        Span<byte> target = _target.RowMajor.AsSpan(3 * _target.WidthPx * _row++, 3 * _target.WidthPx);
        if (_parts == 4 && _columns.OfSource == 1 && _columns.OfPixel == 2) Halve(target);
        else Reduce(target);
        Array.Clear(_sums);
        parts = _rows.OfSource - parts;
        _missing = _rows.OfPixel - parts;
        if (parts > 0) Accumulate(row, (uint)parts);
    }

    private void Accumulate(ReadOnlySpan<byte> row, uint parts)
    {
        Span<uint> sums = _sums;
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out Vector<ushort> low, out Vector<ushort> high);
            AddWidened(low, parts, sums[i..]);
            AddWidened(high, parts, sums[(i + Vector<ushort>.Count)..]);
        }
        for (; i < row.Length; i++) sums[i] += row[i] * parts;
    }

    private static void AddWidened(Vector<ushort> values, uint parts, Span<uint> sums)
    {
        Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
        Span<Vector<uint>> target = MemoryMarshal.Cast<uint, Vector<uint>>(sums[..(2 * Vector<uint>.Count)]);
        target[0] += low * parts;
        target[1] += high * parts;
    }

    private void Halve(Span<byte> target)
    {
        ReadOnlySpan<uint> sums = _sums.AsSpan(0, 2 * target.Length);
        for (int i = 0; i <= target.Length - 3; i += 3)
        {
            ReadOnlySpan<uint> pair = sums.Slice(2 * i, 6);
            target[i] = (byte)((pair[0] + pair[3] + 2) >> 2);
            target[i + 1] = (byte)((pair[1] + pair[4] + 2) >> 2);
            target[i + 2] = (byte)((pair[2] + pair[5] + 2) >> 2);
        }
    }

    private void Reduce(Span<byte> target)
    {
        long red = 0, green = 0, blue = 0, missing = _columns.OfPixel;
        ReadOnlySpan<uint> sums = _sums;
        int x = 0;
        for (int i = 0; i < sums.Length; i += 3)
        {
            long parts = Math.Min(_columns.OfSource, missing);
            red += parts * sums[i];
            green += parts * sums[i + 1];
            blue += parts * sums[i + 2];
            missing -= parts;
            if (missing > 0) continue;
            (target[x], target[x + 1], target[x + 2]) = (Mean(red), Mean(green), Mean(blue));
            x += 3;
            parts = _columns.OfSource - parts;
            missing = _columns.OfPixel - parts;
            (red, green, blue) = (parts * sums[i], parts * sums[i + 1], parts * sums[i + 2]);
        }
    }

    // A division by multiplying, put right where it is off by one: exact, and several times as fast.
    private byte Mean(long sum)
    {
        long dividend = sum + _parts / 2;
        long quotient = (long)(dividend * _inverse);
        long rest = dividend - quotient * _parts;
        if (rest < 0) quotient--;
        else if (rest >= _parts) quotient++;
        return (byte)quotient;
    }

    /// <summary>Lengths along one axis, in parts of which source and new pixels are both whole numbers.</summary>
    private readonly struct AxisParts
    {
        public AxisParts(int sourcePx, int resizedPx)
        {
            int common = (int)BigInteger.GreatestCommonDivisor(sourcePx, resizedPx);
            (OfSource, OfPixel) = (resizedPx / common, sourcePx / common);
        }

        public long OfSource { get; }

        public long OfPixel { get; }
    }
}
