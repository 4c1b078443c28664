namespace SegPipeline.Masks.Contours;

/// <summary>Follows the edges between corners into rings and finds the polygon of each hole.</summary>
/// <remarks>
/// Corners come in column-major order, so the first one not yet on a ring starts a ring at its leftmost corner. There,
/// foreground below the horizontal edge means an outer ring. A hole's start has foreground straight above it, up to a
/// corner or an edge of a ring of the same component; that ring starts earlier and is known.
/// </remarks>
internal sealed class RingTracer
{
    private readonly CornerGraph _graph;
    private readonly int[] _ringOf;
    private readonly List<(int Start, int Polygon)> _rings = [];
    private readonly Dictionary<int, int> _holeBelowCorner = [];
    private readonly Dictionary<int, List<(int X, int Hole)>> _holesBelowEdge = [];

    private RingTracer(CornerGraph graph)
    {
        _graph = graph;
        _ringOf = new int[graph.Corners.Length];
        Array.Fill(_ringOf, -1);
    }

    /// <summary>The rings of a mask, ordered by their first corner.</summary>
    public static IReadOnlyList<TracedRing> Trace(CornerGraph graph, HoleRule holes)
    {
        var tracer = new RingTracer(graph);
        tracer.FindRings(holes);
        TracedRing[] rings = new TracedRing[tracer._rings.Count];
        for (int i = 0; i < rings.Length; i++) rings[i] = tracer.Collect(i);
        return rings;
    }

    private void FindRings(HoleRule holes)
    {
        ReadOnlySpan<OutlineCorner> corners = _graph.Corners;
        int polygons = 0;
        for (int start = 0; start < corners.Length; start++)
        {
            if (_ringOf[start] >= 0) continue;
            int ring = _rings.Count, above = corners[start].Above;
            bool isHole = !corners[start].IsTop;
            int polygon = isHole ? _rings[_ringOf[above < 0 ? ~above : above]].Polygon : polygons++;
            _rings.Add((start, polygon));
            for (int at = start, step = 0; step == 0 || at != start; at = Next(at, isHole, step++)) _ringOf[at] = ring;
            if (isHole && holes == HoleRule.Cut) Attach(ring, above, corners[start].At.X);
        }
    }

    private void Attach(int hole, int above, int x)
    {
        if (above >= 0)
        {
            _holeBelowCorner.Add(above, hole);
            return;
        }
        if (!_holesBelowEdge.TryGetValue(~above, out var holes)) _holesBelowEdge[~above] = holes = [];
        holes.Add((x, hole));
    }

    /// <summary>The next corner: outer rings start along their top edge, holes down their left one.</summary>
    private int Next(int corner, bool isHole, int step) =>
        step % 2 == 0 != isHole ? _graph.Corners[corner].Horizontal : _graph.Corners[corner].Vertical;

    private TracedRing Collect(int ring)
    {
        (int start, int polygon) = _rings[ring];
        bool isHole = !_graph.Corners[start].IsTop;
        List<TracedCorner> corners = [];
        int at = start, step = 0;
        do
        {
            int hole = _holeBelowCorner.Count == 0 ? -1 : _holeBelowCorner.GetValueOrDefault(at, -1);
            corners.Add(new TracedCorner(_graph.Corners[at].At, hole));
            int next = Next(at, isHole, step++);
            AddHolesBelowEdge(at, next, corners);
            at = next;
        }
        while (at != start);
        return new TracedRing(polygon, isHole, corners);
    }

    /// <summary>Adds a corner for each slit that meets a horizontal edge, in the direction of the edge.</summary>
    private void AddHolesBelowEdge(int from, int to, List<TracedCorner> corners)
    {
        PixelCorner a = _graph.Corners[from].At, b = _graph.Corners[to].At;
        if (_holesBelowEdge.Count == 0 || a.Y != b.Y) return;
        if (!_holesBelowEdge.TryGetValue(a.X < b.X ? from : to, out var holes)) return;
        for (int i = 0; i < holes.Count; i++)
        {
            (int x, int hole) = holes[a.X < b.X ? i : holes.Count - 1 - i];
            corners.Add(new TracedCorner(new PixelCorner(x, a.Y), hole));
        }
    }
}
