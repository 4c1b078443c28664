using System.Numerics;

namespace SegPipeline.Masks;

/// <summary>
/// Edges: the column-major indices at which a mask changes between background and foreground, ascending. They are the
/// running sums of the run lengths, the last one (the number of pixels) left out.
/// </summary>
internal static class RunEdges
{
    /// <summary>Room that the edges of run lengths take together with their end marks.</summary>
    public static long RoomFor(Mask mask) => mask.Counts.Length + 2L;

    /// <summary>Writes the edges and two end marks (see <see cref="RunMerge"/>) and returns their number.</summary>
    public static int Write(Mask mask, Span<uint> edges)
    {
        uint index = 0;
        ReadOnlySpan<uint> counts = mask.ToCanonical().Counts;
        int count = counts.Length - 1;
        for (int i = 0; i < count; i++) edges[i] = index += counts[i];
        edges.Slice(count, 2).Fill((uint)mask.PixelCount);
        return count + 2;
    }

    /// <summary>
    /// A mask of edges in ascending order. Two edges at one place cancel, so the run lengths never hold a length of 0
    /// except the first. The span may be overwritten.
    /// </summary>
    public static Mask ToMask(int heightPx, int widthPx, Span<uint> edges)
    {
        uint pixels = (uint)((long)heightPx * widthPx);
        uint[] counts = Differences(edges, pixels);
        if (counts.AsSpan(1).Contains(0u)) counts = Differences(edges[..Cancel(edges, pixels)], pixels);
        return new Mask(heightPx, widthPx, counts);
    }

    private static int Cancel(Span<uint> edges, uint pixels)
    {
        int kept = 0;
        foreach (uint edge in edges)
        {
            if (kept > 0 && edges[kept - 1] == edge) kept--;
            else edges[kept++] = edge;
        }
        return kept > 0 && edges[kept - 1] == pixels ? kept - 1 : kept;
    }

    private static uint[] Differences(ReadOnlySpan<uint> edges, uint pixels)
    {
        uint[] counts = GC.AllocateUninitializedArray<uint>(edges.Length + 1);
        if (edges.IsEmpty)
        {
            counts[0] = pixels;
            return counts;
        }
        counts[0] = edges[0];
        int i = 1;
        for (; i <= edges.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            (new Vector<uint>(edges[i..]) - new Vector<uint>(edges[(i - 1)..])).CopyTo(counts, i);
        for (; i < edges.Length; i++) counts[i] = edges[i] - edges[i - 1];
        counts[^1] = pixels - edges[^1];
        return counts;
    }
}
