using System.Buffers;
using System.Numerics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>
/// A label image as runs along the column-major path: where each run starts, and its label. Neighbouring runs differ.
/// </summary>
internal readonly ref struct LabelRuns<T>
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly int[] _starts;
    private readonly T[] _labels;

    /// <summary>Finds the runs of a picture in one pass over its pixels.</summary>
    public LabelRuns(RowMajorPixels<T> pixels)
    {
        EdgeList edges = pixels.Values.IsEmpty ? new EdgeList(0, 0) : LabelEdges.Find(pixels);
        Count = edges.Count;
        _starts = ArrayPool<int>.Shared.Rent(Count + 1);
        _labels = ArrayPool<T>.Shared.Rent(Count);
        edges.SortByColumn(pixels, _starts, _labels);
        edges.Dispose();
        _starts[Count] = pixels.Values.Length;
    }

    /// <summary>Number of runs; 0 for a picture without pixels.</summary>
    public int Count { get; }

    /// <summary>Column-major index of the first pixel of each run, and the number of pixels behind the last.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count + 1);

    /// <summary>Label of each run.</summary>
    public ReadOnlySpan<T> Labels => _labels.AsSpan(0, Count);

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<T>.Shared.Return(_labels);
    }
}
