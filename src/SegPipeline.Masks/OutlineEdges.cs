using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks;

/// <summary>
/// The edges of a polygon made ready for <see cref="OutlineWalk"/>: its vertices rounded to fifths of a pixel, and for
/// each edge where its walk starts, its slope, and the columns whose centre line it crosses. One list per member, so
/// that four edges are handled at a time; whole numbers are held as floating point, which is exact.
/// </summary>
internal ref struct OutlineEdges
{
    private const int Lanes = 4;
    private const int Lists = 8;
    private const double Scale = PolygonOutline.Scale;

    private readonly Span<double> _x;
    private readonly Span<double> _y;
    private readonly Span<int> _flat;
    private readonly Span<int> _steep;
    private int _flatCount;
    private int _steepCount;

    /// <summary>Rounds the vertices of a polygon of at least one point and prepares its edges.</summary>
    /// <param name="xy">Coordinates, an even number.</param>
    /// <param name="widthPx">Width of the mask.</param>
    /// <param name="scratch">Room for <see cref="RoomFor"/> numbers.</param>
    /// <exception cref="MaskFormatException">A coordinate is out of range or not finite.</exception>
    public OutlineEdges(ReadOnlySpan<double> xy, int widthPx, Span<double> scratch)
    {
        int points = xy.Length / 2, room = points + Lanes;
        _x = scratch[..room];
        _y = scratch.Slice(room, room);
        StartX = scratch.Slice(2 * room, room);
        StartY = scratch.Slice(3 * room, room);
        Slope = scratch.Slice(4 * room, room);
        FirstColumn = scratch.Slice(5 * room, room);
        ColumnCount = scratch.Slice(6 * room, room);
        Span<int> indices = MemoryMarshal.Cast<double, int>(scratch.Slice(7 * room, room));
        _flat = indices[..room];
        _steep = indices[room..];
        RoundVertices(xy);
        _x[points..].Fill(_x[0]);
        _y[points..].Fill(_y[0]);
        Vector256<double> lows = Vector256.Create(_x[0]), highs = lows;
        for (int i = 0; i < points; i += Lanes) Prepare(i, widthPx, ref lows, ref highs);
        Vector256<double> first = FirstFrom(lows), end = EndBefore(highs, widthPx);
        for (int lane = 0; lane < Lanes; lane++)
        {
            LowestColumn = lane == 0 ? (int)first[0] : Math.Min(LowestColumn, (int)first[lane]);
            ColumnsEnd = Math.Max(ColumnsEnd, (int)end[lane]);
        }
    }

    /// <summary>Numbers that the lists of a polygon of so many coordinates take.</summary>
    public static int RoomFor(int coordinates) => Lists * (coordinates / 2 + Lanes);

    /// <summary>Abscissa at which each edge's walk starts, in fifths of a pixel.</summary>
    public Span<double> StartX { get; }

    /// <summary>Ordinate at which each edge's walk starts.</summary>
    public Span<double> StartY { get; }

    /// <summary>Change of the other coordinate at each step along the longer side.</summary>
    public Span<double> Slope { get; }

    /// <summary>The first column that each edge crosses.</summary>
    public Span<double> FirstColumn { get; }

    /// <summary>How many columns each edge crosses.</summary>
    public Span<double> ColumnCount { get; }

    /// <summary>Edges that cross a column and are walked along x.</summary>
    public readonly ReadOnlySpan<int> Flat => _flat[.._flatCount];

    /// <summary>Edges that cross a column and are walked along y.</summary>
    public readonly ReadOnlySpan<int> Steep => _steep[.._steepCount];

    /// <summary>The first column that any edge crosses.</summary>
    public int LowestColumn { get; }

    /// <summary>The column after the last that any edge crosses.</summary>
    public int ColumnsEnd { get; }

    /// <summary>Number of all crossings.</summary>
    public readonly long CountCrossings()
    {
        double crossings = 0;
        foreach (int edge in Flat) crossings += ColumnCount[edge];
        foreach (int edge in Steep) crossings += ColumnCount[edge];
        return (long)crossings;
    }

    private readonly void RoundVertices(ReadOnlySpan<double> xy)
    {
        ref double first = ref MemoryMarshal.GetReference(xy);
        Vector256<double> inRange = Vector256<double>.AllBitsSet;
        int i = 0;
        for (; i + 2 * Lanes <= xy.Length; i += 2 * Lanes)
        {
            Vector256<double> a = Rounded(Vector256.LoadUnsafe(ref first, (nuint)i), ref inRange);
            Vector256<double> b = Rounded(Vector256.LoadUnsafe(ref first, (nuint)i + Lanes), ref inRange);
            // Each point's abscissa and ordinate, side by side, are parted into two lists.
            a = Vector256.Shuffle(a, Vector256.Create(0L, 2, 1, 3));
            b = Vector256.Shuffle(b, Vector256.Create(0L, 2, 1, 3));
            Vector256.Create(a.GetLower(), b.GetLower()).CopyTo(_x[(i / 2)..]);
            Vector256.Create(a.GetUpper(), b.GetUpper()).CopyTo(_y[(i / 2)..]);
        }
        for (; i < xy.Length; i += 2)
        {
            Vector256<double> point = Rounded(Vector256.Create(xy[i], xy[i + 1], 0, 0), ref inRange);
            (_x[i / 2], _y[i / 2]) = (point[0], point[1]);
        }
        if (inRange.ExtractMostSignificantBits() != 0b1111) throw PolygonOutline.NotInRange(xy);
    }

    /// <summary>Fifths of a pixel, rounded as C does: half a fifth added, then cut off towards zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Rounded(Vector256<double> xy, ref Vector256<double> inRange)
    {
        inRange &= Vector256.LessThanOrEqual(Vector256.Abs(xy), Vector256.Create(PolygonFill.MaxCoordinatePx));
        return Vector256.Truncate(Vector256.Create(Scale) * xy + Vector256.Create(.5));
    }

    private void Prepare(int i, int widthPx, ref Vector256<double> lows, ref Vector256<double> highs)
    {
        Vector256<double> xs = At(_x, i), xe = At(_x, i + 1), ys = At(_y, i), ye = At(_y, i + 1);
        Vector256<double> dx = xe - xs, dy = ye - ys;
        Vector256<double> isSteep = Vector256.LessThan(Vector256.Abs(dx), Vector256.Abs(dy));
        Vector256<double> along = Vector256.ConditionalSelect(isSteep, dy, dx);
        Vector256<double> across = Vector256.ConditionalSelect(isSteep, dx, dy);
        Vector256<double> isBackward = Vector256.LessThan(along, Vector256<double>.Zero);
        Vector256.ConditionalSelect(isBackward, xe, xs).CopyTo(StartX[i..]);
        Vector256.ConditionalSelect(isBackward, ye, ys).CopyTo(StartY[i..]);
        (across / along).CopyTo(Slope[i..]);
        Vector256<double> low = Vector256.MinNative(xs, xe), high = Vector256.MaxNative(xs, xe);
        lows = Vector256.MinNative(lows, low);
        highs = Vector256.MaxNative(highs, high);
        Vector256<double> first = FirstFrom(low), columns = EndBefore(high, widthPx) - first;
        first.CopyTo(FirstColumn[i..]);
        columns.CopyTo(ColumnCount[i..]);
        Vector256<double> isCrossing = Vector256.GreaterThan(columns, Vector256<double>.Zero);
        Append((isCrossing & ~isSteep).ExtractMostSignificantBits(), i, _flat, ref _flatCount);
        Append((isCrossing & isSteep).ExtractMostSignificantBits(), i, _steep, ref _steepCount);
    }

    private static void Append(uint lanes, int i, Span<int> list, ref int count)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            list[count] = i + lane;
            count += (int)(lanes >> lane & 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> At(ReadOnlySpan<double> list, int i) => Vector256.Create(list.Slice(i, Lanes));

    /// <summary>The first column with its centre line right of an abscissa.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FirstFrom(Vector256<double> low) =>
        Vector256.MaxNative(CentreLinesBefore(low), Vector256<double>.Zero);

    /// <summary>The column after the last with its centre line left of an abscissa.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> EndBefore(Vector256<double> high, int widthPx) =>
        Vector256.MinNative(CentreLinesBefore(high), Vector256.Create((double)widthPx));

    /// <summary>floor((v + 2) / 5) of whole v; the half keeps the quotient away from whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> CentreLinesBefore(Vector256<double> v) =>
        Vector256.Floor((v + Vector256.Create(2.5)) * Vector256.Create(1 / Scale));
}
