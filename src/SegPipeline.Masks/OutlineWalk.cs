using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks;

/// <summary>
/// Finds the crossings of edges with column centre lines (see <see cref="PolygonOutline"/>), four columns at a time.
/// </summary>
/// <remarks>
/// Every product and sum is rounded by itself, in the order of the original; a fused multiply-add would move crossings.
/// Rows and places are whole numbers below 2^52 held as floating point, which is exact.
/// </remarks>
/// <param name="heightPx">Height of the mask.</param>
/// <param name="widthPx">Width of the mask.</param>
/// <param name="columns">Receives the column of each crossing.</param>
/// <param name="places">Receives the column-major index of each crossing, in the order of the edges.</param>
internal ref struct OutlineWalk(int heightPx, int widthPx, Span<int> columns, Span<uint> places)
{
    /// <summary>Columns handled at a time; room for as many must remain after the last crossing.</summary>
    public const int Lanes = 4;

    private const double TwoTo52 = 4503599627370496;
    private const double Scale = PolygonOutline.Scale;

    private readonly Span<int> _columns = columns;
    private readonly Span<uint> _places = places;
    private readonly Vector256<double> _height = Vector256.Create((double)heightPx);

    /// <summary>Number of crossings found.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the crossings of an edge between two vertices in fifths of a pixel.</summary>
    public void AddEdge(int xs, int ys, int xe, int ye)
    {
        (int first, int last) = PolygonOutline.Columns(xs, xe, widthPx);
        if (first > last) return;
        double dx = xe - xs, dy = ye - ys;
        if (Math.Abs(dx) >= Math.Abs(dy)) AddFlat(first, last, Math.Min(xs, xe), xs > xe ? ye : ys, dy / dx);
        else AddSteep(first, last, ys > ye ? xe : xs, Math.Min(ys, ye), dx / dy);
        Count += last - first + 1;
    }

    /// <summary>A walk along x: v at 5k + 2 or 5k + 3, whichever is smaller.</summary>
    private readonly void AddFlat(int first, int last, double xs, double ys, double slope)
    {
        Vector256<double> step = Vector256.Create(Scale * first + (slope < 0 ? 3 : 2) - xs) + Steps(Scale);
        int at = Count;
        for (int column = first; column <= last; column += Lanes, at += Lanes)
        {
            Vector256<double> v = Vector256.Create(ys) + Vector256.Create(slope) * step + Vector256.Create(.5);
            Store(at, column, Vector256.Floor(v));
            step += Vector256.Create(Scale * Lanes);
        }
    }

    /// <summary>A walk along y: v at the last step before the one that crosses.</summary>
    private readonly void AddSteep(int first, int last, double xs, double ys, double slope)
    {
        Vector256<double> one = Vector256<double>.One, inverse = Vector256.Create(1 / slope);
        Vector256<double> falls = Vector256.LessThan(Vector256.Create(slope), Vector256<double>.Zero);
        Vector256<double> right = Vector256.Create(Scale * first + 3) + Steps(Scale);
        int at = Count;
        for (int column = first; column <= last; column += Lanes, at += Lanes)
        {
            // The quotient may be a step off where the walk reaches the line just at a step; the walk itself decides.
            Vector256<double> step = Vector256.Floor((right - Vector256.Create(xs + .5)) * inverse);
            Vector256<double> here = HasPassed(xs, slope, step, right) ^ falls;
            Vector256<double> there = HasPassed(xs, slope, step + one, right) ^ falls;
            Store(at, column, step + one - (here & one) - (there & one) + Vector256.Create(ys));
            right += Vector256.Create(Scale * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> HasPassed(
        double xs, double slope, Vector256<double> step, Vector256<double> right) => Vector256.GreaterThanOrEqual(
            Vector256.Create(xs) + Vector256.Create(slope) * step + Vector256.Create(.5), right);

    /// <summary>Writes four crossings; those beyond the edge's last column are overwritten by what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store(int at, int column, Vector256<double> v)
    {
        // ceil((v + .5) / 5 - .5) for whole v, the half keeping the quotient away from whole numbers.
        Vector256<double> row = Vector256.Floor((v + Vector256.Create(2.5)) * Vector256.Create(1 / Scale));
        row = Vector256.MinNative(Vector256.MaxNative(row, Vector256<double>.Zero), _height);
        Vector256<double> place = (Vector256.Create((double)column) + Steps(1)) * _height + row;
        // Adding 2^52 leaves the whole number in the lower bits.
        Vector256<ulong> bits = (place + Vector256.Create(TwoTo52)).AsUInt64();
        Vector128.Narrow(bits.GetLower(), bits.GetUpper()).CopyTo(_places[at..]);
        (Vector128.Create(column) + Vector128.Create(0, 1, 2, 3)).CopyTo(_columns[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Steps(double size) => Vector256.Create(0, size, 2 * size, 3 * size);
}
