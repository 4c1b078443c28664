using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Areas and boxes measured on masks.</summary>
internal static class MaskMeasures
{
    /// <summary>
    /// The instance with the areas and boxes of its masks, one per frame. Lists that say the same already stay as the
    /// source wrote them.
    /// </summary>
    public static Instance Apply(Instance instance, IReadOnlyList<Mask?> masks)
    {
        ImmutableArray<double?> areasPx = [.. masks.Select(mask => (double?)mask?.AreaPx)];
        ImmutableArray<Box?> boxes = [.. masks.Select(BoxOf)];
        if (!IsSame(instance.AreasPx, areasPx)) instance = instance with { AreasPx = areasPx };
        if (!IsSame(instance.Boxes, boxes)) instance = instance with { Boxes = boxes };
        return instance;
    }

    /// <summary>The box of a mask in COCO's continuous coordinates; null when there is no mask.</summary>
    public static Box? BoxOf(Mask? mask) => mask is null ? null : Box.Of(mask);

    private static bool IsSame<T>(ImmutableArray<T> written, ImmutableArray<T> measured) =>
        !written.IsDefault && written.SequenceEqual(measured);
}
