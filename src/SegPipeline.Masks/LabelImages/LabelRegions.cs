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
        using var runs = new LabelRuns<T>(labels);
        if (runs.Count == 0) return new LabelRegions([], null);
        return LabelRunLists.Collect(labels.HeightPx, labels.WidthPx, runs, roles);
    }
}
