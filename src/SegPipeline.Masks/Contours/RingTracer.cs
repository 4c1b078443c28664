using System.Runtime.InteropServices;

namespace SegPipeline.Masks.Contours;

/// <summary>Follows the edges between corners into rings and finds the polygon of each hole.</summary>
/// <remarks>
/// Corners come in column-major order, so the first one not yet on a ring starts a ring at its leftmost corner. There,
/// foreground below the horizontal edge means an outer ring. A hole's start has foreground straight above it, up to a
/// corner or an edge of a ring of the same component; that ring starts earlier and is known.
/// </remarks>
internal ref struct RingTracer
{
    private readonly ReadOnlySpan<OutlineCorner> _graph;
    private readonly PixelCorner[] _walked;
    private readonly int[] _placeOf;
    private readonly List<(int FirstPlace, bool IsHole, int Polygon)> _rings = [];
    private readonly List<(int Place, int AlongPx, int Hole)> _slits = [];

    private RingTracer(ReadOnlySpan<OutlineCorner> graph)
    {
        _graph = graph;
        _walked = new PixelCorner[graph.Length];
        _placeOf = new int[graph.Length];
        Array.Fill(_placeOf, -1);
    }

    /// <summary>The rings of a mask, ordered by their first corner.</summary>
    /// <param name="graph">The corners of a <see cref="CornerGraph"/>.</param>
    /// <param name="holes">Whether to place slits that lead into the holes.</param>
    public static TracedRing[] Trace(ReadOnlySpan<OutlineCorner> graph, HoleRule holes)
    {
        var tracer = new RingTracer(graph);
        tracer.Walk(holes);
        CollectionsMarshal.AsSpan(tracer._slits).Sort();
        TracedRing[] rings = new TracedRing[tracer._rings.Count];
        for (int ring = 0, slit = 0; ring < rings.Length; ring++) rings[ring] = tracer.Collect(ring, ref slit);
        return rings;
    }

    /// <summary>Walks all rings, one after the other; a corner's place is when it was walked over.</summary>
    private readonly void Walk(HoleRule holes)
    {
        int place = 0, polygons = 0;
        for (int start = 0; start < _graph.Length; start++)
        {
            if (_placeOf[start] >= 0) continue;
            bool isHole = !_graph[start].IsTop;
            if (isHole && holes == HoleRule.Cut) AddSlit(start);
            _rings.Add((place, isHole, isHole ? _rings[RingAbove(start)].Polygon : polygons++));
            // Outer rings start along their top edge, holes down their left one.
            bool alongRow = !isHole;
            int at = start;
            do
            {
                _placeOf[at] = place;
                _walked[place++] = _graph[at].At;
                at = alongRow ? _graph[at].Horizontal : _graph[at].Vertical;
                alongRow = !alongRow;
            }
            while (at != start);
        }
    }

    /// <summary>
    /// Places the slit of the hole that starts at a corner. An edge above it has foreground below, so that its ring
    /// runs along it from left to right.
    /// </summary>
    private readonly void AddSlit(int start)
    {
        int above = _graph[start].Above, corner = above < 0 ? ~above : above;
        int alongPx = above < 0 ? _graph[start].At.X - _graph[corner].At.X : 0;
        _slits.Add((_placeOf[corner], alongPx, _rings.Count));
    }

    /// <summary>The last ring that begins at or before the place of the corner or edge above a corner.</summary>
    private readonly int RingAbove(int corner)
    {
        int above = _graph[corner].Above, place = _placeOf[above < 0 ? ~above : above];
        int low = 0;
        for (int high = _rings.Count; high - low > 1;)
        {
            int middle = (low + high) / 2;
            if (_rings[middle].FirstPlace <= place) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>The corners of a ring, with one more for each slit that begins within an edge.</summary>
    private readonly TracedRing Collect(int ring, ref int nextSlit)
    {
        (int place, bool isHole, int polygon) = _rings[ring];
        int end = ring + 1 < _rings.Count ? _rings[ring + 1].FirstPlace : _walked.Length;
        int first = nextSlit;
        while (nextSlit < _slits.Count && _slits[nextSlit].Place < end) nextSlit++;
        if (first == nextSlit) return new TracedRing(polygon, isHole, _walked[place..end], []);
        List<PixelCorner> corners = [];
        List<Slit> slits = [];
        for (int i = first; i < nextSlit; i++)
        {
            (int from, int alongPx, int hole) = _slits[i];
            for (; place <= from; place++) corners.Add(_walked[place]);
            if (alongPx > 0) corners.Add(new PixelCorner(_walked[from].X + alongPx, _walked[from].Y));
            slits.Add(new Slit(corners.Count - 1, hole));
        }
        corners.AddRange(_walked.AsSpan(place..end));
        return new TracedRing(polygon, isHole, [.. corners], slits);
    }
}
