using System.Buffers;
using SegPipeline.Masks.Components;

namespace SegPipeline.Masks.Contours;

/// <summary>A corner at which the outline of a mask turns, with the two edges that meet there.</summary>
internal struct OutlineCorner
{
    /// <summary>Where it is.</summary>
    public PixelCorner At;

    /// <summary>The corner at the other end of its horizontal edge.</summary>
    public int Horizontal;

    /// <summary>The corner at the other end of its vertical edge.</summary>
    public int Vertical;

    /// <summary>
    /// The corner next above it in the same place between two columns, or, when an edge passes there without a turn,
    /// the complement (~) of the corner at that edge's left end. Undefined for the topmost.
    /// </summary>
    public int Above;

    /// <summary>True when the foreground lies below the horizontal edge.</summary>
    public bool IsTop;
}

/// <summary>All corners of the outlines of a mask, in column-major order, found by one sweep over its runs.</summary>
/// <remarks>
/// Between two neighbouring columns, every end of a run in just one of them is a turn; ends that both columns share
/// are straight horizontal edges; and where a run of one ends as one of the other begins, foreground touches
/// foreground at a corner and two turns lie in one place. Time and memory grow with the number of runs.
/// </remarks>
internal sealed class CornerGraph : IDisposable
{
    private readonly ColumnRuns _runs;
    private readonly Connectivity _connectivity;
    private readonly int[] _topLeft;
    private readonly int[] _bottomLeft;
    private OutlineCorner[] _corners = ArrayPool<OutlineCorner>.Shared.Rent(1024);
    private int _count;

    private CornerGraph(ColumnRuns runs, Connectivity connectivity)
    {
        _runs = runs;
        _connectivity = connectivity;
        _topLeft = new int[runs.Count];
        _bottomLeft = new int[runs.Count];
    }

    /// <summary>The corners.</summary>
    public ReadOnlySpan<OutlineCorner> Corners => _corners.AsSpan(0, _count);

    /// <summary>Gives the memory of the corners back.</summary>
    public void Dispose() => ArrayPool<OutlineCorner>.Shared.Return(_corners);

    /// <summary>Finds the corners of a mask.</summary>
    public static CornerGraph Of(Mask mask, Connectivity connectivity)
    {
        var graph = new CornerGraph(ColumnRuns.Of(mask), connectivity);
        ReadOnlySpan<int> columns = graph._runs.Column;
        int left = 0, start = 0;
        while (start < columns.Length)
        {
            int end = start, column = columns[start];
            while (end < columns.Length && columns[end] == column) end++;
            if (left < start && columns[left] < column - 1)
            {
                graph.Sweep(columns[left] + 1, new ColumnEnds(graph._runs, left, start), default);
                left = start;
            }
            graph.Sweep(column, new ColumnEnds(graph._runs, left, start), new ColumnEnds(graph._runs, start, end));
            (left, start) = (start, end);
        }
        if (left < start) graph.Sweep(columns[left] + 1, new ColumnEnds(graph._runs, left, start), default);
        return graph;
    }

    /// <summary>Adds the corners between two columns, from top to bottom.</summary>
    private void Sweep(int x, ColumnEnds left, ColumnEnds right)
    {
        int open = -1, above = -1;
        while (left.HasMore || right.HasMore)
        {
            long y = Math.Min(left.Y, right.Y);
            var at = new PixelCorner(x, (int)y);
            bool leftEnds = left.Y == y, rightEnds = right.Y == y;
            if (!leftEnds) above = AddStart(at, ref right, above, ref open);
            else if (!rightEnds) above = AddEnd(at, ref left, above, ref open);
            else if (left.IsTop == right.IsTop) above = ~PassThrough(ref left, ref right);
            else above = AddTouching(at, ref left, ref right, above, ref open);
        }
    }

    private int AddStart(PixelCorner at, ref ColumnEnds right, int above, ref int open)
    {
        int corner = Add(at, right.IsTop, above);
        LeftEnd(right) = corner;
        JoinVertically(corner, ref open);
        right.Next();
        return corner;
    }

    private int AddEnd(PixelCorner at, ref ColumnEnds left, int above, ref int open)
    {
        int corner = Add(at, left.IsTop, above);
        JoinHorizontally(LeftEnd(left), corner);
        JoinVertically(corner, ref open);
        left.Next();
        return corner;
    }

    private int PassThrough(ref ColumnEnds left, ref ColumnEnds right)
    {
        int start = LeftEnd(left);
        LeftEnd(right) = start;
        left.Next();
        right.Next();
        return start;
    }

    /// <summary>The end of the left edge and the start of the right one; connectivity says which turns up.</summary>
    private int AddTouching(PixelCorner at, ref ColumnEnds left, ref ColumnEnds right, int above, ref int open)
    {
        int end = Add(at, left.IsTop, above), start = Add(at, right.IsTop, end);
        JoinHorizontally(LeftEnd(left), end);
        LeftEnd(right) = start;
        bool isForegroundAboveLeft = !left.IsTop;
        bool endTurnsUp = isForegroundAboveLeft == (_connectivity == Connectivity.Four);
        JoinVertically(endTurnsUp ? end : start, ref open);
        open = endTurnsUp ? start : end;
        left.Next();
        right.Next();
        return start;
    }

    private ref int LeftEnd(in ColumnEnds end) => ref (end.IsTop ? _topLeft : _bottomLeft)[end.Run];

    private void JoinHorizontally(int a, int b) => (_corners[a].Horizontal, _corners[b].Horizontal) = (b, a);

    /// <summary>Closes the vertical edge that comes from above, or opens one downwards.</summary>
    private void JoinVertically(int corner, ref int open)
    {
        if (open < 0)
        {
            open = corner;
            return;
        }
        (_corners[corner].Vertical, _corners[open].Vertical) = (open, corner);
        open = -1;
    }

    private int Add(PixelCorner at, bool isTop, int above)
    {
        if (_count == _corners.Length) Grow();
        _corners[_count] = new OutlineCorner { At = at, IsTop = isTop, Above = above };
        return _count++;
    }

    private void Grow()
    {
        OutlineCorner[] larger = ArrayPool<OutlineCorner>.Shared.Rent(checked(2 * _count));
        _corners.CopyTo(larger, 0);
        ArrayPool<OutlineCorner>.Shared.Return(_corners);
        _corners = larger;
    }
}
