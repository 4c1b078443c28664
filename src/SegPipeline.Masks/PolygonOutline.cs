using System.Buffers;

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
        if (xy.Length > MaxCrossings)
            throw new MaskFormatException(MaskFault.PolygonTooLong, MaxCrossings,
                $"a polygon may have {MaxCrossings} coordinates, this one has {xy.Length}");
        double[] scratch = ArrayPool<double>.Shared.Rent(OutlineEdges.RoomFor(xy.Length));
        var edges = new OutlineEdges(xy, widthPx, scratch);
        long crossings = edges.CountCrossings();
        if (crossings > MaxCrossings)
            throw new MaskFormatException(MaskFault.PolygonTooLong, xy.Length,
                $"a polygon may cross pixel columns {MaxCrossings} times, this one crosses {crossings} times");
        Mask mask = crossings == 0 ? Mask.Empty(heightPx, widthPx) : Fill(heightPx, widthPx, edges, (int)crossings);
        ArrayPool<double>.Shared.Return(scratch);
        return mask;
    }

    private static Mask Fill(int heightPx, int widthPx, in OutlineEdges edges, int crossings)
    {
        // One rented array for four lists: the pool is quick only for the first array of a size.
        int room = crossings + OutlineWalk.Lanes, width = edges.ColumnsEnd - edges.LowestColumn;
        uint[] rented = ArrayPool<uint>.Shared.Rent(3 * room + width);
        Span<uint> places = rented.AsSpan(0, room), columns = rented.AsSpan(room, room);
        Span<uint> sorted = rented.AsSpan(2 * room, crossings), next = rented.AsSpan(3 * room, width);
        var walk = new OutlineWalk(heightPx, edges.LowestColumn, columns, places);
        walk.AddFlat(edges);
        walk.AddSteep(edges);
        Sort(columns[..crossings], places, next, sorted);
        Mask mask = RunEdges.ToMask(heightPx, widthPx, sorted);
        ArrayPool<uint>.Shared.Return(rented);
        return mask;
    }

    /// <summary>Sorts places: by column, which takes no comparisons, then within each column.</summary>
    private static void Sort(
        ReadOnlySpan<uint> columns, ReadOnlySpan<uint> places, Span<uint> next, Span<uint> sorted)
    {
        next.Clear();
        foreach (uint column in columns) next[(int)column]++;
        uint start = 0;
        foreach (ref uint slot in next) (slot, start) = (start, start + slot);
        for (int i = 0; i < columns.Length; i++) sorted[(int)next[(int)columns[i]]++] = places[i];
        SortEach(next, sorted);
    }

    /// <summary>Sorts stretches that follow one another and end where it is said; most hold two places.</summary>
    private static void SortEach(ReadOnlySpan<uint> ends, Span<uint> places)
    {
        int start = 0;
        foreach (uint stretchEnd in ends)
        {
            int end = (int)stretchEnd;
            if (end - start == 2)
            {
                uint a = places[start], b = places[start + 1];
                places[start] = (uint)Branchless.Min(a, b);
                places[start + 1] = (uint)Branchless.Max(a, b);
            }
            else if (end - start > 2)
                places[start..end].Sort();
            start = end;
        }
    }

    /// <summary>What is wrong with the first coordinate that cannot be rounded to fifths.</summary>
    public static MaskFormatException NotInRange(ReadOnlySpan<double> xy)
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
