using System.Buffers;
using System.Runtime.InteropServices;

namespace SegPipeline.Masks;

/// <summary>
/// The places where a polygon's outline crosses the centre line of a pixel column, which are where the filled mask
/// changes between background and foreground.
/// </summary>
/// <remarks>
/// After <c>rleFrPoly</c> of cocodataset/cocoapi, common/maskApi.c (see NOTICE). There, vertices are rounded to fifths
/// of a pixel, every edge is walked fifth by fifth along its longer side, and a step between u = 5k + 2 and u = 5k + 3
/// is a crossing of column k at the smaller v of the two; all crossings are sorted. Here each edge yields its columns
/// k by arithmetic (<see cref="OutlineWalk"/>), and the crossings are sorted by counting how many each column has.
/// </remarks>
internal static class PolygonOutline
{
    /// <summary>Vertices are rounded to this part of a pixel.</summary>
    public const int Scale = 5;

    private const int MaxCrossings = 1 << 26;

    /// <summary>Fills a polygon of at least one point; an even number of coordinates.</summary>
    public static Mask Fill(int heightPx, int widthPx, ReadOnlySpan<double> xy)
    {
        int[] points = ArrayPool<int>.Shared.Rent(xy.Length + 2);
        Extent extent = ScaleVertices(xy, points, widthPx);
        // One rented array for four lists: the pool is quick only for the first array of a size.
        int room = extent.MaxCrossings + OutlineWalk.Lanes;
        uint[] rented = ArrayPool<uint>.Shared.Rent(3 * room + extent.WidthPx);
        Span<uint> places = rented.AsSpan(0, room), sorted = rented.AsSpan(room, room);
        Span<int> columns = MemoryMarshal.Cast<uint, int>(rented.AsSpan(2 * room, room));
        Span<int> next = MemoryMarshal.Cast<uint, int>(rented.AsSpan(3 * room, extent.WidthPx));
        var walk = new OutlineWalk(heightPx, widthPx, columns, places);
        for (int i = 0; i < xy.Length; i += 2)
            walk.AddEdge(points[i], points[i + 1], points[i + 2], points[i + 3]);
        Sort(extent.FirstColumn, columns[..walk.Count], places, next, sorted);
        Mask mask = RunEdges.ToMask(heightPx, widthPx, sorted[..walk.Count]);
        ArrayPool<uint>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(points);
        return mask;
    }

    /// <summary>First and last column with its centre line between two abscissas; first above last when none.</summary>
    public static (int First, int Last) Columns(int a, int b, int widthPx)
    {
        uint low = (uint)Math.Max(Math.Min(a, b) + 2, 0), high = (uint)Math.Max(Math.Max(a, b) + 2, 0);
        return ((int)(low / Scale), Math.Min((int)(high / Scale) - 1, widthPx - 1));
    }

    /// <summary>The first column the outline crosses, how many there are, and a bound of all crossings.</summary>
    private readonly record struct Extent(int FirstColumn, int WidthPx, int MaxCrossings);

    /// <summary>Rounds the vertices to fifths of a pixel and repeats the first at the end.</summary>
    private static Extent ScaleVertices(ReadOnlySpan<double> xy, Span<int> points, int widthPx)
    {
        bool inRange = true;
        for (int i = 0; i < xy.Length; i++)
        {
            inRange &= Math.Abs(xy[i]) <= PolygonFill.MaxCoordinatePx;
            points[i] = (int)(Scale * xy[i] + .5);
        }
        if (!inRange) throw NotInRange(xy);
        (points[xy.Length], points[xy.Length + 1]) = (points[0], points[1]);
        int low = points[0], high = low, right = (int)Math.Min((long)Scale * widthPx, int.MaxValue);
        int before = Math.Clamp(low, 0, right);
        long reach = 0;
        for (int i = 2; i <= xy.Length; i += 2)
        {
            low = Math.Min(low, points[i]);
            high = Math.Max(high, points[i]);
            int x = Math.Min(Math.Max(points[i], 0), right);
            reach += Math.Abs(x - before);
            before = x;
        }
        long crossings = reach / Scale + xy.Length / 2;
        if (crossings > MaxCrossings)
            throw new MaskFormatException(MaskFault.PolygonTooLong, xy.Length,
                $"a polygon may cross pixel columns {MaxCrossings} times, this one does up to {crossings} times");
        (int first, int last) = Columns(low, high, widthPx);
        return new Extent(first, Math.Max(last - first + 1, 0), (int)crossings);
    }

    /// <summary>Sorts places: by column, which takes no comparisons, then within each column.</summary>
    private static void Sort(
        int firstColumn, ReadOnlySpan<int> columns, ReadOnlySpan<uint> places, Span<int> next, Span<uint> sorted)
    {
        next.Clear();
        foreach (int column in columns) next[column - firstColumn]++;
        int start = 0;
        foreach (ref int slot in next) (slot, start) = (start, start + slot);
        for (int i = 0; i < columns.Length; i++) sorted[next[columns[i] - firstColumn]++] = places[i];
        SortEach(next, sorted);
    }

    /// <summary>Sorts stretches that follow one another and end where it is said; most hold two places.</summary>
    private static void SortEach(ReadOnlySpan<int> ends, Span<uint> places)
    {
        int start = 0;
        foreach (int end in ends)
        {
            if (end - start == 2)
            {
                uint a = places[start], b = places[start + 1];
                places[start] = Math.Min(a, b);
                places[start + 1] = Math.Max(a, b);
            }
            else if (end - start > 2)
                places[start..end].Sort();
            start = end;
        }
    }

    private static MaskFormatException NotInRange(ReadOnlySpan<double> xy)
    {
        int i = 0;
        while (Math.Abs(xy[i]) <= PolygonFill.MaxCoordinatePx) i++;
        return double.IsFinite(xy[i])
            ? new MaskFormatException(MaskFault.PolygonRange, i,
                $"a coordinate must lie within {PolygonFill.MaxCoordinatePx} pixels, found {xy[i]:R} at number {i}")
            : new MaskFormatException(MaskFault.PolygonNotFinite, i,
                $"a coordinate must be a finite number, found {xy[i]} at number {i}");
    }
}
