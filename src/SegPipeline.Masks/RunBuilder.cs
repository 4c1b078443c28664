using System.Buffers;

namespace SegPipeline.Masks;

/// <summary>Collects edges (see <see cref="RunEdges"/>) when their number is not known beforehand.</summary>
internal ref struct RunBuilder
{
    private uint[] _edges;
    private int _count;

    /// <summary>Room for an expected number of edges; it grows when there are more.</summary>
    public RunBuilder(int capacity) => _edges = ArrayPool<uint>.Shared.Rent(Math.Max(capacity, 16));

    /// <summary>
    /// The mask changes before the pixel with this column-major index, which must not be below any given before. Two
    /// changes at one index cancel.
    /// </summary>
    public void Toggle(uint index)
    {
        if (_count == _edges.Length) Grow();
        _edges[_count++] = index;
    }

    /// <summary>The mask changes before each of these pixels, all different and ascending.</summary>
    public void Toggle(ReadOnlySpan<uint> indices)
    {
        if (indices.IsEmpty) return;
        Toggle(indices[0]);
        indices = indices[1..];
        while (_edges.Length - _count < indices.Length) Grow();
        indices.CopyTo(_edges.AsSpan(_count));
        _count += indices.Length;
    }

    /// <summary>Foreground from one column-major index up to, not including, another.</summary>
    public void Fill(uint start, uint end)
    {
        Toggle(start);
        Toggle(end);
    }

    /// <summary>Turns the changes into a mask and gives the buffer back; the builder is of no use afterwards.</summary>
    public readonly Mask Build(int heightPx, int widthPx)
    {
        Mask mask = RunEdges.ToMask(heightPx, widthPx, _edges.AsSpan(0, _count));
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
