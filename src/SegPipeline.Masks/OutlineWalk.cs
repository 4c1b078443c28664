using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegPipeline.Masks;

/// <summary>
/// Finds the crossings of edges with column centre lines (see <see cref="PolygonOutline"/>), four columns at a time.
/// </summary>
/// <remarks>
/// Every product and sum is rounded by itself, in the order of the original; a fused multiply-add would move crossings.
/// </remarks>
/// <param name="heightPx">Height of the mask.</param>
/// <param name="lowestColumn">The first column that any edge crosses.</param>
/// <param name="columns">Receives the column of each crossing, counted from the lowest.</param>
/// <param name="places">Receives the column-major index of each crossing, in no particular order.</param>
internal ref struct OutlineWalk(int heightPx, int lowestColumn, Span<uint> columns, Span<uint> places)
{
    /// <summary>Columns handled at a time; room for as many must remain after the last crossing.</summary>
    public const int Lanes = 4;

    private const double TwoTo52 = 4503599627370496;
    private const double Scale = PolygonOutline.Scale;

    private readonly Span<uint> _columns = columns;
    private readonly Span<uint> _places = places;
    private readonly Vector256<double> _height = Vector256.Create((double)heightPx);
    private readonly Vector256<double> _lowest = Vector256.Create((double)lowestColumn);

    /// <summary>Number of crossings found.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the crossings of edges walked along x: v at 5k + 2 or 5k + 3, whichever is smaller.</summary>
    public void AddFlat(in OutlineEdges edges)
    {
        foreach (int edge in edges.Flat)
        {
            double slope = edges.Slope[edge];
            int end = Count + (int)edges.ColumnCount[edge];
            Vector256<double> s = Vector256.Create(slope), ys = Vector256.Create(edges.StartY[edge]);
            Vector256<double> column = Vector256.Create(edges.FirstColumn[edge]) + Steps(1);
            Vector256<double> offset = Vector256.Create((slope < 0 ? 3 : 2) - edges.StartX[edge]);
            for (int at = Count; at < end; at += Lanes)
            {
                Vector256<double> step = column * Vector256.Create(Scale) + offset;
                Store(at, column, Vector256.Floor(ys + s * step + Vector256.Create(.5)));
                column += Vector256.Create((double)Lanes);
            }
            Count = end;
        }
    }

    /// <summary>Adds the crossings of edges walked along y: v at the last step before the one that crosses.</summary>
    public void AddSteep(in OutlineEdges edges)
    {
        Vector256<double> one = Vector256<double>.One;
        foreach (int edge in edges.Steep)
        {
            int end = Count + (int)edges.ColumnCount[edge];
            Vector256<double> s = Vector256.Create(edges.Slope[edge]), inverse = one / s;
            Vector256<double> falls = Vector256.LessThan(s, Vector256<double>.Zero);
            Vector256<double> xs = Vector256.Create(edges.StartX[edge]), ys = Vector256.Create(edges.StartY[edge]);
            Vector256<double> column = Vector256.Create(edges.FirstColumn[edge]) + Steps(1);
            for (int at = Count; at < end; at += Lanes)
            {
                Vector256<double> right = column * Vector256.Create(Scale) + Vector256.Create(3.0);
                // The quotient may be a step off where the walk reaches the line just at a step; the walk decides.
                Vector256<double> step = Vector256.Floor((right - Vector256.Create(.5) - xs) * inverse);
                Vector256<double> here = HasPassed(xs, s, step, right) ^ falls;
                Vector256<double> there = HasPassed(xs, s, step + one, right) ^ falls;
                Store(at, column, step + one - (here & one) - (there & one) + ys);
                column += Vector256.Create((double)Lanes);
            }
            Count = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> HasPassed(
        Vector256<double> xs, Vector256<double> slope, Vector256<double> step, Vector256<double> right) =>
        Vector256.GreaterThanOrEqual(xs + slope * step + Vector256.Create(.5), right);

    /// <summary>Writes four crossings; those beyond the edge's last column are overwritten by what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store(int at, Vector256<double> column, Vector256<double> v)
    {
        // ceil((v + .5) / 5 - .5) for whole v, the half keeping the quotient away from whole numbers.
        Vector256<double> row = Vector256.Floor((v + Vector256.Create(2.5)) * Vector256.Create(1 / Scale));
        row = Vector256.MinNative(Vector256.MaxNative(row, Vector256<double>.Zero), _height);
        ToWhole(column * _height + row).CopyTo(_places[at..]);
        ToWhole(column - _lowest).CopyTo(_columns[at..]);
    }

    /// <summary>Whole numbers below 2^32: adding 2^52 leaves them in the lower bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ToWhole(Vector256<double> number)
    {
        Vector256<ulong> bits = (number + Vector256.Create(TwoTo52)).AsUInt64();
        return Vector128.Narrow(bits.GetLower(), bits.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Steps(double size) => Vector256.Create(0, size, 2 * size, 3 * size);
}
