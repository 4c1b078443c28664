using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>The masks of one frame, made smaller together.</summary>
internal sealed class MaskReducer(Downsample stage, StageOutput output)
{
    /// <summary>Makes the masks of a frame smaller.</summary>
    /// <param name="masks">A mask of each object, null where it has none, and last that of void.</param>
    /// <param name="heightPx">Height to make them.</param>
    /// <param name="widthPx">Width to make them.</param>
    public Mask?[] Reduce(Mask?[] masks, int heightPx, int widthPx)
    {
        if (!Array.Exists(masks, mask => mask is not null)) return masks;
        Mask?[] reduced = stage.Masks switch
        {
            MaskReduction.Nearest => Each(masks, m => MaskResize.Nearest(m, heightPx, widthPx, stage.Point)),
            MaskReduction.Coverage => Each(masks, m => MaskResize.Coverage(m, heightPx, widthPx)),
            _ => Vote(masks, heightPx, widthPx),
        };
        if (stage.Rescue) Rescue(masks, reduced, heightPx, widthPx);
        Report(masks, reduced);
        return reduced;
    }

    private static Mask?[] Each(Mask?[] masks, Func<Mask, Mask> reduce) =>
        Array.ConvertAll(masks, mask => mask is null ? null : reduce(mask));

    private Mask?[] Vote(Mask?[] masks, int heightPx, int widthPx)
    {
        Mask first = masks.First(mask => mask is not null)!;
        int last = masks.Length - 1;
        var canvas = new LabelCanvas<uint>(first.HeightPx, first.WidthPx, background: 0);
        for (int i = 0; i < last; i++)
        {
            if (masks[i] is not { } mask) continue;
            long hiddenPx = canvas.Paint(mask, (uint)i + 1, PaintRule.Over);
            output.Count(Tally.Note, "pixels under a later object", hiddenPx);
        }
        // Void tells what no object has.
        if (masks[last] is { } @void) canvas.Paint(@void, (uint)masks.Length, PaintRule.Under);
        var rules = new VoteRules { Tie = VoteTie.ForegroundLowest };
        LabelRegions regions = LabelRegions.Of(
            LabelResize.Vote(canvas.Pixels, heightPx, widthPx, rules).Pixels, LabelRoles.BackgroundOnly);
        Mask?[] reduced = Each(masks, _ => Mask.Empty(heightPx, widthPx));
        foreach (LabelRegion region in regions.Objects) reduced[region.Label - 1] = region.Mask;
        return reduced;
    }

    private void Rescue(Mask?[] masks, Mask?[] reduced, int heightPx, int widthPx)
    {
        for (int i = 0; i < masks.Length - 1; i++)
        {
            if (masks[i] is not { IsEmpty: false } mask || !reduced[i]!.IsEmpty) continue;
            Mask best = MaskResize.Coverage(mask, heightPx, widthPx, new CoverageShare(1, 1), Vanishing.KeepsBestPixel);
            output.Count(Tally.Note, "rescued", 1);
            if (stage.Masks == MaskReduction.Vote) TakeAway(best, reduced);
            reduced[i] = best;
        }
    }

    // The objects of a vote share no pixel; but none gives its last one.
    private static void TakeAway(Mask pixel, Mask?[] from)
    {
        for (int i = 0; i < from.Length; i++)
            if (from[i] is { AreaPx: > 1 } owner && MaskOverlap.IntersectionPx(owner, pixel) > 0)
                from[i] = MaskSets.Difference(owner, pixel);
    }

    private void Report(Mask?[] masks, Mask?[] reduced)
    {
        var seen = new Dictionary<Mask, Mask>();
        for (int i = 0; i < masks.Length - 1; i++)
        {
            if (reduced[i] is not { IsEmpty: false } mask || seen.TryAdd(mask, masks[i]!)) continue;
            if (!seen[mask].Equals(masks[i])) output.Count(Tally.Note, "same pixels as another object", 1);
        }
        if (SharedPx(reduced) is > 0 and long sharedPx && SharedPx(masks) == 0)
            output.Count(Tally.Note, "pixels newly in several objects", sharedPx);
    }

    private static long SharedPx(Mask?[] masks)
    {
        Mask[] objects = [.. masks[..^1].OfType<Mask>()];
        return objects.Length < 2 ? 0 : objects.Sum(mask => mask.AreaPx) - MaskSets.Union(objects).AreaPx;
    }
}
