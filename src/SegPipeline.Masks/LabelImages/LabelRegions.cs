using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>All pixels of one label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Mask">Its pixels; never empty.</param>
public readonly record struct LabelRegion(uint Label, Mask Mask);

/// <summary>The masks of all labels of a label image, void apart.</summary>
/// <param name="Objects">The labels that are objects and have pixels, in ascending order.</param>
/// <param name="Void">The void pixels; null when there are none.</param>
public sealed record LabelRegions(ImmutableArray<LabelRegion> Objects, Mask? Void)
{
    /// <summary>Takes a label image apart in one pass over its pixels, whatever the number of labels.</summary>
    /// <typeparam name="T">byte, ushort, or uint for ids of panoptic images.</typeparam>
    /// <param name="labels">A label for each pixel.</param>
    /// <param name="roles">Which labels are background and void.</param>
    public static LabelRegions Of<T>(RowMajorPixels<T> labels, LabelRoles roles)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (labels.Values.IsEmpty) return new LabelRegions([], null);
        EdgeList edges = LabelEdges.Find(labels);
        int count = edges.Count;
        int[] starts = ArrayPool<int>.Shared.Rent(count + 1);
        T[] values = ArrayPool<T>.Shared.Rent(count);
        try
        {
            edges.SortByColumn(labels, starts, values);
            starts[count] = labels.Values.Length;
            return LabelRunLists.Collect<T>(
                labels.HeightPx, labels.WidthPx, starts.AsSpan(0, count + 1), values.AsSpan(0, count), roles);
        }
        finally
        {
            edges.Dispose();
            ArrayPool<int>.Shared.Return(starts);
            ArrayPool<T>.Shared.Return(values);
        }
    }
}
