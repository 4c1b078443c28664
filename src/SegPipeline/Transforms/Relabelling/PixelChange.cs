using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Relabelling;

/// <summary>What a correction did to the pixels of a sample, over all categories and frames.</summary>
/// <param name="GainedPx">Pixels that have a category which they had not: one counts once for each.</param>
/// <param name="LostPx">Pixels that no longer have a category which they had.</param>
internal readonly record struct PixelChange(long GainedPx, long LostPx)
{
    /// <summary>Compares the masks of the categories of which an instance went or came.</summary>
    public static PixelChange Of(Sample original, Sample corrected, Sample result, HashSet<int> correctedAt)
    {
        var stayed = new HashSet<Instance>(
            result.Instances.Where((_, i) => !correctedAt.Contains(i)), ReferenceEqualityComparer.Instance);
        HashSet<RecordId?> touched =
        [
            .. original.Instances.Where(i => !stayed.Contains(i)).Select(i => i.CategoryId),
            .. correctedAt.Select(i => result.Instances[i].CategoryId),
        ];
        (long gained, long lost) = (0, 0);
        foreach (RecordId? category in touched)
        {
            Mask?[][] before = [.. original.Instances.Where(i => i.CategoryId == category)
                .Select(i => i.MasksIn(original))];
            Mask?[][] after = [.. Enumerable.Range(0, result.Instances.Length)
                .Where(i => result.Instances[i].CategoryId == category)
                .Select(i => result.Instances[i].MasksIn(correctedAt.Contains(i) ? corrected : original))];
            for (int f = 0; f < original.Frames.Length; f++)
            {
                (Mask? old, Mask? made) = (Union(before, f), Union(after, f));
                long shared = old is null || made is null ? 0 : MaskOverlap.IntersectionPx(old, made);
                gained += (made?.AreaPx ?? 0) - shared;
                lost += (old?.AreaPx ?? 0) - shared;
            }
        }
        return new PixelChange(gained, lost);
    }

    /// <summary>Notes it in the ledger.</summary>
    public void CountInto(StageOutput output)
    {
        output.Count(Tally.Note, "pixels gained", GainedPx);
        output.Count(Tally.Note, "pixels lost", LostPx);
    }

    private static Mask? Union(Mask?[][] masks, int frame)
    {
        Mask[] here = [.. masks.Where(m => frame < m.Length).Select(m => m[frame]).OfType<Mask>()];
        return here.Length == 0 ? null : MaskSets.Union(here);
    }
}
