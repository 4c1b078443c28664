using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Relabelling;

/// <summary>The void pixels of a corrected sample.</summary>
internal static class CorrectedVoid
{
    /// <summary>
    /// The sample with the void pixels of the corrected labels where they count, else its own without the pixels of
    /// corrected instances.
    /// </summary>
    public static Sample Put(Relabel stage, Sample result, Sample corrected, HashSet<int> correctedAt)
    {
        var frames = ImmutableArray.CreateBuilder<Frame>(result.Frames.Length);
        for (int f = 0; f < result.Frames.Length; f++)
        {
            bool replaces = stage.Key == RelabelKey.Image || corrected.Frames[f].Void is not null;
            Segmentation? voidPixels = replaces
                ? corrected.Frames[f].Void
                : Rest(result, f, [.. correctedAt.OrderBy(i => i).Select(i => result.Instances[i])], corrected);
            frames.Add(ReferenceEquals(voidPixels, result.Frames[f].Void)
                ? result.Frames[f]
                : result.Frames[f] with { Void = voidPixels });
        }
        return result with { Frames = frames.MoveToImmutable() };
    }

    private static Segmentation? Rest(Sample result, int frame, Instance[] instances, Sample corrected)
    {
        if (result.VoidIn(frame) is not { } voidPixels) return null;
        Mask[] masks = [.. instances.Select(i => i.MasksIn(corrected))
            .Where(m => m.Length > 0).Select(m => m[frame]).OfType<Mask>()];
        if (masks.Length == 0) return result.Frames[frame].Void;
        Mask left = MaskSets.Difference(voidPixels, MaskSets.Union(masks));
        if (left.AreaPx == voidPixels.AreaPx) return result.Frames[frame].Void;
        return left.IsEmpty ? null : new MaskSegmentation(left, SegmentationForm.LabelRegion);
    }
}
