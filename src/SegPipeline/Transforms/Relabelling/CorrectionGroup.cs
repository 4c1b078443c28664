using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Relabelling;

/// <summary>Original instances and the corrected ones that stand for them.</summary>
/// <param name="Originals">Places of the originals in their sample; empty where the image has none.</param>
/// <param name="Corrected">Places of the corrected in theirs; empty where they say that there is nothing.</param>
internal sealed record CorrectionGroup(ImmutableArray<int> Originals, ImmutableArray<int> Corrected)
{
    /// <summary>Finds out what corrects what. What is in no group corrects nothing, or is not corrected.</summary>
    public static IReadOnlyList<CorrectionGroup> Of(Relabel stage, Sample original, Sample corrected)
    {
        if (stage.Key == RelabelKey.Object) return Pairs(original, corrected, stage.MinIou);
        if (stage.Key == RelabelKey.ImageAndCategory) return ByCategory(original.Instances, corrected.Instances);
        return [new CorrectionGroup(
            [.. Enumerable.Range(0, original.Instances.Length)],
            [.. Enumerable.Range(0, corrected.Instances.Length)])];
    }

    private static CorrectionGroup[] ByCategory(ImmutableArray<Instance> original, ImmutableArray<Instance> corrected)
    {
        ILookup<RecordId?, int> places = Enumerable.Range(0, corrected.Length).ToLookup(i => corrected[i].CategoryId);
        return [.. Enumerable.Range(0, original.Length)
            .GroupBy(i => original[i].CategoryId)
            .Where(group => places.Contains(group.Key))
            .Select(group => new CorrectionGroup([.. group], [.. places[group.Key]]))];
    }

    private static CorrectionGroup[] Pairs(Sample original, Sample corrected, double minIou)
    {
        Mask?[][] before = [.. original.Instances.Select(i => i.MasksIn(original))];
        Mask?[][] after = [.. corrected.Instances.Select(i => i.MasksIn(corrected))];
        var pairs = from o in Enumerable.Range(0, before.Length)
                    from c in Enumerable.Range(0, after.Length)
                    where IsAlike(original.Instances[o], corrected.Instances[c])
                    let iou = Overlap(before[o], after[c]).Iou
                    where iou >= minIou
                    orderby iou descending, o, c
                    select (o, c);
        var groups = new List<CorrectionGroup>();
        var taken = (Originals: new HashSet<int>(), Corrected: new HashSet<int>());
        foreach ((int o, int c) in pairs)
        {
            if (taken.Originals.Contains(o) || !taken.Corrected.Add(c)) continue;
            taken.Originals.Add(o);
            groups.Add(new CorrectionGroup([o], [c]));
        }
        return [.. groups];
    }

    private static bool IsAlike(Instance one, Instance other) =>
        one.CategoryId == other.CategoryId && one.IsCrowd == true == (other.IsCrowd == true);

    private static PixelOverlap Overlap(Mask?[] one, Mask?[] other)
    {
        PixelOverlap sum = default;
        for (int f = 0; f < Math.Min(one.Length, other.Length); f++)
            sum += (one[f], other[f]) switch
            {
                ({ } a, { } b) => PixelOverlap.Of(a, b),
                var (a, b) => new PixelOverlap(0, (a ?? b)?.AreaPx ?? 0),
            };
        return sum;
    }
}
