using SegPipeline.Masks.Morphology;

namespace SegPipeline.Masks.Components;

/// <summary>How the parts of a class are closed.</summary>
public enum AdeClosing
{
    /// <summary>
    /// As CascadePSP: dilated and eroded with the same 10x10 kernel, which is not symmetric, so that the closed region
    /// lies one pixel lower and further right, and a part loses its first row and column.
    /// </summary>
    CascadePsp,

    /// <summary>Eroded with the reflected kernel, so that nothing moves and no pixel is lost.</summary>
    Centred,
}

/// <summary>One connected part of one class of a prediction, with the truth cut to the same region.</summary>
/// <param name="Label">The class.</param>
/// <param name="Component">
/// Number of the connected component of the dilated class, from 1, by first pixel in column-major order. Not the
/// number that OpenCV gives: match parts by their pixels.
/// </param>
/// <param name="Seg">The predicted pixels of the class in the region.</param>
/// <param name="Gt">The true pixels of the class in the region.</param>
public sealed record AdePart(uint Label, int Component, Mask Seg, Mask Gt);

/// <summary>Splits label images of ADE20K into object-like parts, the input of CascadePSP's refinement.</summary>
/// <remarks>
/// As scripts/ade20K/ade_expand_inst.py of hkchengrex/CascadePSP: each class of the prediction with more than 1,024
/// pixels is dilated, so that near parts join; its 8-connected components are eroded; of those with more than 1,024
/// pixels left, prediction and truth of the class are cut out. Label 0 is a class like any other.
/// </remarks>
public static class AdeSplit
{
    /// <summary>A class or an eroded component must have more pixels than this.</summary>
    public const int SmallPartPx = 32 * 32;

    private const int KernelSidePx = 10;

    private static readonly Kernel Disk = Kernel.Disk(KernelSidePx);

    /// <summary>Splits one picture.</summary>
    /// <param name="seg">The mask of each label of the prediction.</param>
    /// <param name="gt">The mask of each label of the truth, of the same size; labels may be absent.</param>
    /// <param name="closing">Whether to shift the regions as the original does.</param>
    /// <returns>The parts, ordered by label and component. The masks of a part may be empty.</returns>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static IReadOnlyList<AdePart> Split(
        IReadOnlyDictionary<uint, Mask> seg, IReadOnlyDictionary<uint, Mask> gt,
        AdeClosing closing = AdeClosing.CascadePsp)
    {
        var parts = new List<AdePart>();
        Kernel erosion = closing == AdeClosing.CascadePsp ? Disk : Disk.Reflected();
        foreach ((uint label, Mask mask) in seg.OrderBy(pair => pair.Key))
        {
            if (mask.AreaPx <= SmallPartPx) continue;
            Mask truth = gt.GetValueOrDefault(label) ?? Mask.Empty(mask.HeightPx, mask.WidthPx);
            Mask dilated = MaskMorphology.Dilate(mask, Disk);
            IReadOnlyList<Mask> components = MaskComponents.Split(dilated, Connectivity.Eight);
            for (int i = 0; i < components.Count; i++)
            {
                // An erosion with a kernel that has its anchor only takes away.
                if (components[i].AreaPx <= SmallPartPx) continue;
                Mask region = MaskMorphology.Erode(components[i], erosion);
                if (region.AreaPx <= SmallPartPx) continue;
                parts.Add(new AdePart(
                    label, i + 1, MaskSets.Intersect(region, mask), MaskSets.Intersect(region, truth)));
            }
        }
        return parts;
    }
}
