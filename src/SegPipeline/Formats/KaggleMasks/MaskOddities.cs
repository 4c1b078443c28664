using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Masks.Contours;
using SegPipeline.Model;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>What is odd about the masks of an image, as real ones are; nothing of it is changed.</summary>
/// <param name="Repeated">Masks with the very pixels of an earlier one.</param>
/// <param name="SharedPx">Pixels by which the areas of all masks exceed that of their union.</param>
/// <param name="Empty">Masks without a pixel.</param>
/// <param name="Outlines">Masks that are but an outline: their holes are larger than they are.</param>
internal readonly record struct MaskOddities(int Repeated, long SharedPx, int Empty, int Outlines)
{
    /// <summary>Looks at all masks of an image.</summary>
    public static MaskOddities Of(ImmutableArray<Mask> masks)
    {
        if (masks.IsEmpty) return default;
        var known = new HashSet<Mask>();
        int repeated = masks.Count(mask => !mask.IsEmpty && !known.Add(mask));
        return new MaskOddities(
            repeated, masks.Sum(m => m.AreaPx) - MaskSets.Union([.. masks]).AreaPx,
            masks.Count(m => m.IsEmpty), masks.Count(IsOutline));
    }

    /// <summary>Tells in one sentence; says nothing when nothing is odd.</summary>
    public void Report(string id, Action<string> warn)
    {
        var parts = new List<string>();
        if (Repeated > 0) parts.Add(Counted.Of(Repeated, "has", "have") + " the pixels of an earlier one");
        if (SharedPx > 0) parts.Add("they share " + Counted.Of(SharedPx, "pixel"));
        if (Empty > 0) parts.Add(Counted.Of(Empty, "has", "have") + " no pixel");
        if (Outlines > 0) parts.Add(Counted.Of(Outlines, "is", "are") + " only an outline");
        if (parts.Count > 0) warn($"masks of '{id}' are kept as they are: {string.Join(", ", parts)}");
    }

    private static bool IsOutline(Mask mask) => !mask.IsEmpty && MaskContours.Trace(mask)
        .SelectMany(polygon => polygon.Holes).Sum(hole => Math.Abs(hole.DoubleSignedAreaPx)) > 2 * mask.AreaPx;
}
