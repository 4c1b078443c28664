using System.Buffers;
using System.Numerics;

namespace SegPipeline.Masks;

/// <summary>Masks of one size combined pixel by pixel, on their run lengths.</summary>
public static class MaskSets
{
    /// <summary>Pixels that any of the masks has. A single mask is returned as it is.</summary>
    /// <param name="masks">At least one mask, all of one size.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    /// <exception cref="ArgumentException">There is no mask.</exception>
    public static Mask Union(params ReadOnlySpan<Mask> masks)
    {
        if (masks.Length < 2) return Fold(masks, MergeRule.Union);
        (long start, long end) = (long.MaxValue, 0);
        foreach (Mask mask in masks)
        {
            (long from, long to) = RunMeasure.Reach(mask.Counts, mask.PixelCount);
            (start, end) = (Math.Min(start, from), Math.Max(end, to));
        }
        // A canvas is read word by word, edges are merged log(n) times; either step takes about as long.
        long room = RoomFor(masks), merging = room * BitOperations.Log2((uint)masks.Length);
        if (start > end || BitCanvas.WordsFor(start, end) > merging) return Fold(masks, MergeRule.Union);
        var canvas = new BitCanvas(start, end);
        foreach (Mask mask in masks) canvas.Paint(mask.Counts);
        return canvas.ToMask(masks[0].HeightPx, masks[0].WidthPx, (int)Math.Min(room, 1 << 16));
    }

    /// <summary>Pixels that all masks have. A single mask is returned as it is.</summary>
    /// <param name="masks">At least one mask, all of one size.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    /// <exception cref="ArgumentException">There is no mask.</exception>
    public static Mask Intersect(params ReadOnlySpan<Mask> masks) => Fold(masks, MergeRule.Intersection);

    /// <summary>Pixels that the first mask has and the second has not.</summary>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static Mask Difference(Mask first, Mask second) => Fold([first, second], MergeRule.Difference);

    /// <summary>Pixels that exactly one of two masks has.</summary>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static Mask SymmetricDifference(Mask first, Mask second) =>
        Fold([first, second], MergeRule.SymmetricDifference);

    /// <summary>Pixels that the mask has not.</summary>
    public static Mask Complement(Mask mask)
    {
        ReadOnlySpan<uint> counts = mask.ToCanonical().Counts;
        uint[] inverse = counts[0] > 0 && mask.PixelCount > 0 ? [0, .. counts] : counts[1..].ToArray();
        return new Mask(mask.HeightPx, mask.WidthPx, inverse.Length == 0 ? [0] : inverse);
    }

    /// <summary>Merges neighbours, then neighbours of the results, until one is left: log(n) passes.</summary>
    private static Mask Fold(ReadOnlySpan<Mask> masks, MergeRule rule)
    {
        if (masks.IsEmpty) throw new ArgumentException("there must be at least one mask", nameof(masks));
        if (masks.Length == 1) return masks[0];
        int room = checked((int)RoomFor(masks));
        uint[] from = ArrayPool<uint>.Shared.Rent(room), to = ArrayPool<uint>.Shared.Rent(room);
        int[] ends = ArrayPool<int>.Shared.Rent(masks.Length);
        int end = 0, left = masks.Length;
        for (int i = 0; i < left; i++)
            ends[i] = end += RunEdges.Write(masks[i], from.AsSpan(end));
        for (; left > 1; left = (left + 1) / 2)
        {
            MergePairs(from, to, ends.AsSpan(0, left), rule);
            (from, to) = (to, from);
        }
        Mask result = RunEdges.ToMask(masks[0].HeightPx, masks[0].WidthPx, from.AsSpan(0, ends[0] - 2));
        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<uint>.Shared.Return(from);
        ArrayPool<uint>.Shared.Return(to);
        return result;
    }

    private static void MergePairs(ReadOnlySpan<uint> from, Span<uint> to, Span<int> ends, MergeRule rule)
    {
        int start = 0, written = 0;
        for (int i = 0; i < ends.Length; i += 2)
        {
            int middle = ends[i];
            if (i + 1 == ends.Length)
            {
                from[start..middle].CopyTo(to[written..]);
                written += middle - start;
            }
            else
            {
                written += RunMerge.Merge(from[start..middle], from[middle..ends[i + 1]], rule, to[written..]);
                start = ends[i + 1];
            }
            ends[i / 2] = written;
        }
    }

    private static long RoomFor(ReadOnlySpan<Mask> masks)
    {
        long room = 0;
        foreach (Mask mask in masks)
        {
            MaskSize.CheckSame(masks[0], mask);
            room += RunEdges.RoomFor(mask);
        }
        return room;
    }
}
