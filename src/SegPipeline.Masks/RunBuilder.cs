using System.Buffers;

namespace SegPipeline.Masks;

/// <summary>Collects edges (see <see cref="RunEdges"/>) when their number is not known beforehand.</summary>
internal ref struct RunBuilder
{
    private uint[] _edges;

    /// <summary>Room for an expected number of edges; it grows when there are more.</summary>
    public RunBuilder(int capacity) => _edges = ArrayPool<uint>.Shared.Rent(Math.Max(capacity, 16));

    /// <summary>Number of changes so far.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The mask changes before the pixel with this column-major index, which must not be below any given before. Two
    /// changes at one index cancel.
    /// </summary>
    public void Toggle(uint index)
    {
        if (Count == _edges.Length) Grow();
        _edges[Count++] = index;
    }

    /// <summary>Where further edges can be written, to be followed by <see cref="Add"/>.</summary>
    public Span<uint> Room(int edges)
    {
        while (_edges.Length - Count < edges) Grow();
        return _edges.AsSpan(Count, edges);
    }

    /// <summary>Adds the edges that were written into the room, all different and ascending.</summary>
    public void Add(int edges)
    {
        // Cancelling here, where the edges of two columns meet, saves a pass over all edges in the end.
        if (edges > 0 && Count > 0 && _edges[Count - 1] == _edges[Count])
        {
            _edges.AsSpan(Count + 1, edges - 1).CopyTo(_edges.AsSpan(Count - 1));
            edges -= 2;
        }
        Count += edges;
    }

    /// <summary>Foreground from one column-major index up to, not including, another.</summary>
    public void Fill(uint start, uint end)
    {
        Toggle(start);
        Toggle(end);
    }

    /// <summary>Reverses the order of the changes from a given one on, for those that were added in reverse.</summary>
    public readonly void ReverseFrom(int first) => _edges.AsSpan(first..Count).Reverse();

    /// <summary>Turns the changes into a mask and gives the buffer back; the builder is of no use afterwards.</summary>
    public readonly Mask Build(int heightPx, int widthPx)
    {
        Mask mask = RunEdges.ToMask(heightPx, widthPx, _edges.AsSpan(0, Count));
        ArrayPool<uint>.Shared.Return(_edges);
        return mask;
    }

    private void Grow()
    {
        uint[] larger = ArrayPool<uint>.Shared.Rent(checked(_edges.Length * 2));
        _edges.CopyTo(larger, 0);
        ArrayPool<uint>.Shared.Return(_edges);
        _edges = larger;
    }
}
