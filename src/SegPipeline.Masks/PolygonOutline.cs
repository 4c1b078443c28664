using System.Buffers;

namespace SegPipeline.Masks;

/// <summary>
/// The places where a polygon's outline crosses the centre line of a pixel column, which are where the filled mask
/// changes between background and foreground.
/// </summary>
/// <remarks>
/// After <c>rleFrPoly</c> of cocodataset/cocoapi, common/maskApi.c (see NOTICE). There, vertices are rounded to fifths
/// of a pixel, every edge is walked fifth by fifth along its longer side, and a step from u = 5k + 2 to u = 5k + 3 (or
/// back) is a crossing of column k at the smaller v of the two. Here each edge yields its columns k by arithmetic.
/// </remarks>
internal static class PolygonOutline
{
    private const int Scale = 5;
    private const int MaxCrossings = 1 << 28;

    /// <summary>Fills a polygon of at least one point; an even number of coordinates.</summary>
    public static Mask Fill(int heightPx, int widthPx, ReadOnlySpan<double> xy)
    {
        int[] points = ArrayPool<int>.Shared.Rent(xy.Length + 2);
        ScaleVertices(xy, points);
        int crossings = CountCrossings(points.AsSpan(0, xy.Length + 2), widthPx);
        uint[] places = ArrayPool<uint>.Shared.Rent(crossings + 1);
        var outline = new ColumnWalk(heightPx, widthPx, places);
        for (int i = 0; i < xy.Length; i += 2)
            outline.AddEdge(points[i], points[i + 1], points[i + 2], points[i + 3]);
        Span<uint> sorted = places.AsSpan(0, outline.Count);
        sorted.Sort();
        var runs = new RunBuilder(sorted.Length);
        foreach (uint place in sorted) runs.Toggle(place);
        ArrayPool<uint>.Shared.Return(places);
        ArrayPool<int>.Shared.Return(points);
        return runs.Build(heightPx, widthPx);
    }

    private static void ScaleVertices(ReadOnlySpan<double> xy, Span<int> points)
    {
        for (int i = 0; i < xy.Length; i++)
        {
            if (!(Math.Abs(xy[i]) <= PolygonFill.MaxCoordinatePx)) throw NotInRange(xy[i], i);
            points[i] = (int)(Scale * xy[i] + .5);
        }
        points[xy.Length] = points[0];
        points[xy.Length + 1] = points[1];
    }

    private static int CountCrossings(ReadOnlySpan<int> points, int widthPx)
    {
        long crossings = 0;
        for (int i = 0; i + 2 < points.Length; i += 2)
        {
            (int first, int last) = Columns(points[i], points[i + 2], widthPx);
            crossings += Math.Max(0, last - first + 1);
        }
        if (crossings > MaxCrossings)
            throw new MaskFormatException(MaskFault.PolygonTooLong, points.Length - 2,
                $"a polygon may cross {MaxCrossings} pixel columns, this one crosses {crossings}");
        return (int)crossings;
    }

    /// <summary>First and last column whose centre line lies between two scaled abscissas; first above last:
    /// none.</summary>
    private static (int First, int Last) Columns(int a, int b, int widthPx)
    {
        int low = Math.Min(a, b), high = Math.Max(a, b);
        return (low <= 2 ? 0 : (low + 2) / Scale, high < 3 ? -1 : Math.Min((high - 3) / Scale, widthPx - 1));
    }

    private static MaskFormatException NotInRange(double value, int position) => double.IsFinite(value)
        ? new MaskFormatException(MaskFault.PolygonRange, position,
            $"a coordinate must lie within {PolygonFill.MaxCoordinatePx} pixels, found {value:R} at number {position}")
        : new MaskFormatException(MaskFault.PolygonNotFinite, position,
            $"a coordinate must be a finite number, found {value} at number {position}");

    private ref struct ColumnWalk(int heightPx, int widthPx, Span<uint> places)
    {
        private readonly Span<uint> _places = places;

        public int Count { get; private set; }

        public void AddEdge(int xs, int ys, int xe, int ye)
        {
            (int first, int last) = Columns(xs, xe, widthPx);
            if (first > last) return;
            int dx = Math.Abs(xe - xs), dy = Math.Abs(ye - ys);
            if (dx >= dy ? xs > xe : ys > ye) (xs, ys, xe, ye) = (xe, ye, xs, ys);
            if (dx >= dy) AddFlat(first, last, xs, ys, (double)(ye - ys) / dx);
            else AddSteep(first, last, xs, ys, (double)(xe - xs) / dy);
        }

        /// <summary>Walk along x: v at 5k + 2 and 5k + 3, whichever is smaller.</summary>
        private void AddFlat(int first, int last, int xs, int ys, double slope)
        {
            int nearer = slope < 0 ? 3 : 2;
            for (int k = first; k <= last; k++)
                Add(k, (int)(ys + slope * (Scale * k + nearer - xs) + .5));
        }

        /// <summary>Walk along y: the last step on the side of column k where the walk comes from.</summary>
        private void AddSteep(int first, int last, int xs, int ys, double slope)
        {
            for (int k = first; k <= last; k++)
            {
                int t = (int)((Scale * k + 2.5 - xs) / slope);
                while (!HasPassed(xs, slope, t, k)) t++;
                while (HasPassed(xs, slope, t, k)) t--;
                Add(k, t + ys);
            }
        }

        private static bool HasPassed(int xs, double slope, int t, int k)
        {
            int u = (int)(xs + slope * t + .5);
            return slope > 0 ? u >= Scale * k + 3 : u <= Scale * k + 2;
        }

        private void Add(int column, int v)
        {
            int row = v < 0 ? 0 : Math.Min((v + 2) / Scale, heightPx);
            _places[Count++] = (uint)column * (uint)heightPx + (uint)row;
        }
    }
}
