using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>How many pixels a label has.</summary>
/// <param name="Label">The label.</param>
/// <param name="Pixels">Number of its pixels, 1 or more.</param>
public readonly record struct LabelCount(uint Label, long Pixels);

/// <summary>Counts the pixels of the labels of an image, and what an operation made of them.</summary>
public static class LabelCensus
{
    /// <summary>The labels of an image with their numbers of pixels, in ascending order of label.</summary>
    /// <typeparam name="T">byte, ushort, or uint for ids of panoptic images.</typeparam>
    public static ImmutableArray<LabelCount> Of<T>(RowMajorPixels<T> labels)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        using var runs = new LabelRuns<T>(labels);
        var index = new LabelSlots<T>();
        int[] slots = ArrayPool<int>.Shared.Rent(runs.Count);
        index.Number(runs.Labels, slots);
        long[] pixels = new long[index.Labels.Count];
        for (int i = 0; i < runs.Count; i++) pixels[slots[i]] += runs.Starts[i + 1] - runs.Starts[i];
        ArrayPool<int>.Shared.Return(slots);
        return [.. index.Labels.Select((label, slot) => new LabelCount(label, pixels[slot])).OrderBy(c => c.Label)];
    }

    /// <summary>The labels that an operation left without a pixel, with the pixels they had before.</summary>
    /// <param name="before">The image that was given to the operation.</param>
    /// <param name="after">The image that it made; may have another size.</param>
    public static ImmutableArray<LabelCount> Vanished<T>(RowMajorPixels<T> before, RowMajorPixels<T> after)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        HashSet<uint> left = [.. Of(after).Select(c => c.Label)];
        return [.. Of(before).Where(c => !left.Contains(c.Label))];
    }
}
