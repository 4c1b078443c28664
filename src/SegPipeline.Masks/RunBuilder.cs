using System.Buffers;

namespace SegPipeline.Masks;

/// <summary>
/// Collects the places where a mask changes between background and foreground, in ascending order. Two changes at one
/// place cancel, so the run lengths that come out never hold a length of 0 except the first.
/// </summary>
internal ref struct RunBuilder
{
    private uint[] _edges;
    private int _count;

    /// <summary>Room for an expected number of changes; it grows when there are more.</summary>
    public RunBuilder(int capacity) => _edges = ArrayPool<uint>.Shared.Rent(Math.Max(capacity, 16));

    /// <summary>The mask changes before the pixel with this column-major index, not below any given before.</summary>
    public void Toggle(uint index)
    {
        if (_count > 0 && _edges[_count - 1] == index)
        {
            _count--;
            return;
        }
        if (_count == _edges.Length) Grow();
        _edges[_count++] = index;
    }

    /// <summary>Foreground from one column-major index up to, not including, another.</summary>
    public void Fill(uint start, uint end)
    {
        Toggle(start);
        Toggle(end);
    }

    /// <summary>Turns the changes into a mask and gives the buffer back; the builder is of no use afterwards.</summary>
    public Mask Build(int heightPx, int widthPx)
    {
        uint pixels = (uint)((long)heightPx * widthPx);
        if (_count > 0 && _edges[_count - 1] == pixels) _count--;
        uint[] counts = new uint[_count + 1];
        uint previous = 0;
        for (int i = 0; i < _count; i++)
        {
            counts[i] = _edges[i] - previous;
            previous = _edges[i];
        }
        counts[_count] = pixels - previous;
        ArrayPool<uint>.Shared.Return(_edges);
        return new Mask(heightPx, widthPx, counts);
    }

    private void Grow()
    {
        uint[] larger = ArrayPool<uint>.Shared.Rent(checked(_edges.Length * 2));
        _edges.CopyTo(larger, 0);
        ArrayPool<uint>.Shared.Return(_edges);
        _edges = larger;
    }
}
