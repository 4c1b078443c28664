using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SegPipeline.Masks.Bitmaps;

/// <summary>
/// The places where a row-major picture changes along the column-major path. They are found row by row, by comparing
/// each row with the one above it, and are then brought into column-major order by one counting pass: pictures are
/// large and their edges few, so the picture is read once, in the order in which it lies in memory.
/// </summary>
internal ref struct EdgeList
{
    private readonly int[] _rowEnds;
    private readonly int[] _columnCounts;
    private readonly int _heightPx;
    private readonly int _widthPx;
    private int[] _columns;
    private int _row;

    /// <summary>No edges yet, for a picture of this size.</summary>
    public EdgeList(int heightPx, int widthPx)
    {
        _heightPx = heightPx;
        _widthPx = widthPx;
        _columns = ArrayPool<int>.Shared.Rent(4 * Math.Max(widthPx, 1));
        _rowEnds = ArrayPool<int>.Shared.Rent(Math.Max(heightPx, 1));
        _columnCounts = ArrayPool<int>.Shared.Rent(widthPx + 1);
        _columnCounts.AsSpan(0, widthPx + 1).Clear();
    }

    /// <summary>Number of edges found.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for a row; must come before the edges of each row.</summary>
    public void BeginRow()
    {
        if (_columns.Length - Count >= _widthPx) return;
        int[] larger = ArrayPool<int>.Shared.Rent(checked(Math.Max(2 * _columns.Length, Count + _widthPx)));
        _columns.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<int>.Shared.Return(_columns);
        _columns = larger;
    }

    /// <summary>Adds the edges of a block of up to 64 pixels of the row.</summary>
    /// <param name="bits">Bit i is set when there is an edge at column <paramref name="firstColumn"/> + i.</param>
    /// <param name="firstColumn">Column of bit 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong bits, int firstColumn)
    {
        if (bits != 0) AddSome(bits, firstColumn);
    }

    private void AddSome(ulong bits, int firstColumn)
    {
        int[] columns = _columns, counts = _columnCounts;
        int count = Count;
        do
        {
            int x = firstColumn + BitOperations.TrailingZeroCount(bits);
            columns[count++] = x;
            counts[x]++;
            bits &= bits - 1;
        }
        while (bits != 0);
        Count = count;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow() => _rowEnds[_row++] = Count;

    /// <summary>Gives the column-major index (x * height + y) of every edge, in ascending order.</summary>
    /// <param name="positions">Room for <see cref="Count"/> indices.</param>
    public readonly void SortByColumn(Span<int> positions)
    {
        Span<int> next = CountsToStarts();
        ReadOnlySpan<int> columns = _columns;
        for (int y = 0, i = 0; y < _row; y++)
            for (int end = _rowEnds[y]; i < end; i++)
            {
                int x = columns[i];
                positions[next[x]++] = x * _heightPx + y;
            }
    }

    /// <summary>As <see cref="SortByColumn(Span{int})"/>, with the pixel at each edge beside its index.</summary>
    public readonly void SortByColumn<T>(RowMajorPixels<T> pixels, Span<int> positions, Span<T> values)
        where T : unmanaged
    {
        Span<int> next = CountsToStarts();
        ReadOnlySpan<int> columns = _columns;
        for (int y = 0, i = 0; y < _row; y++)
        {
            ReadOnlySpan<T> row = pixels.Row(y);
            for (int end = _rowEnds[y]; i < end; i++)
            {
                int x = columns[i], slot = next[x]++;
                positions[slot] = x * _heightPx + y;
                values[slot] = row[x];
            }
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_columns);
        ArrayPool<int>.Shared.Return(_rowEnds);
        ArrayPool<int>.Shared.Return(_columnCounts);
    }

    /// <summary>Turns the number of edges of each column into the place of its first edge.</summary>
    private readonly Span<int> CountsToStarts()
    {
        Span<int> counts = _columnCounts.AsSpan(0, _widthPx);
        int start = 0;
        for (int x = 0; x < counts.Length; x++)
        {
            int count = counts[x];
            counts[x] = start;
            start += count;
        }
        return counts;
    }
}
