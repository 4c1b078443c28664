using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>The objects of a frame laid on each other: each keeps what none of those above it covers.</summary>
/// <param name="order">Which of two lies above.</param>
/// <param name="crowdsBelow">Whether crowds lie below all others.</param>
internal sealed class ObjectStack(OverlapOrder order, bool crowdsBelow)
{
    /// <summary>Parts the objects of a frame.</summary>
    /// <param name="sample">The sample, for messages.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="masks">Their masks by object and frame; those that lose pixels are replaced.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="lostPx">For each object the pixels it has lost, added to.</param>
    /// <exception cref="BadDataException">Objects overlap, and none may.</exception>
    public void Part(Sample sample, Instance[] objects, Mask?[][] masks, int frame, long[] lostPx)
    {
        int[] stack = TopFirst(objects, masks, frame);
        var above = new (Mask Mask, PixelBox Box)[stack.Length];
        var over = new List<Mask>();
        for (int k = 0; k < stack.Length; k++)
        {
            int i = stack[k];
            Mask mask = masks[i][frame]!;
            above[k] = (mask, mask.Box);
            over.Clear();
            for (int a = 0; a < k; a++)
                if (Touch(above[a].Box, above[k].Box)) over.Add(above[a].Mask);
            if (over.Count == 0) continue;
            Mask rest = MaskSets.Difference(mask, MaskSets.Union([.. over]));
            long lost = mask.AreaPx - rest.AreaPx;
            if (lost == 0) continue;
            if (order == OverlapOrder.Fail) CheckApart(sample, objects, stack.AsSpan(0, k + 1), masks, frame);
            lostPx[i] += lost;
            masks[i][frame] = rest;
        }
    }

    private int[] TopFirst(Instance[] objects, Mask?[][] masks, int frame)
    {
        var there = Enumerable.Range(0, objects.Length)
            .Where(i => frame < masks[i].Length && masks[i][frame] is { IsEmpty: false })
            .OrderBy(i => IsBelow(objects[i]) ? 1 : 0);
        return [.. order switch
        {
            OverlapOrder.SmallestOnTop => there.ThenBy(i => masks[i][frame]!.AreaPx),
            OverlapOrder.LargestOnTop => there.ThenByDescending(i => masks[i][frame]!.AreaPx),
            OverlapOrder.Score => there.ThenByDescending(i => objects[i].Score ?? double.NegativeInfinity),
            OverlapOrder.LastWins => there.ThenByDescending(i => i),
            OverlapOrder.LowestIdWins => there.ThenBy(i => NumberOf(objects[i]) is null ? 1 : 0)
                .ThenBy(i => NumberOf(objects[i]) ?? default),
            OverlapOrder.CorrectedOnTop => there.ThenBy(i => IsCorrected(objects[i]) ? 0 : 1),
            _ => there,
        }];
    }

    private bool IsBelow(Instance instance) => crowdsBelow && instance.IsCrowd == true;

    private static bool IsCorrected(Instance instance) => instance.MemberText("source") == "\"corrected\"";

    private static RecordId? NumberOf(Instance instance) => instance.Id ?? ObjectNumbers.Of(instance);

    // A crowd below gives way to others without a word; whatever else overlaps the last one is an error.
    private void CheckApart(Sample sample, Instance[] objects, ReadOnlySpan<int> stack, Mask?[][] masks, int frame)
    {
        Instance last = objects[stack[^1]];
        foreach (int i in stack[..^1])
        {
            long shared = MaskSets.Intersect(masks[i][frame]!, masks[stack[^1]][frame]!).AreaPx;
            if (shared == 0 || IsBelow(objects[i]) != IsBelow(last)) continue;
            string other = NumberOf(objects[i]) is { } number ? $"object {number}" : $"object {i + 1} of the list";
            throw new BadDataException(new Problem("OVERLAP",
                $"it shares {Counted.Of(shared, "pixel")} of '{sample.Frames[frame].Name}' with {other}")
            {
                Remedy = "set 'order' to something else than 'fail', which tells what each object loses",
            }).At(last, sample);
        }
    }

    private static bool Touch(PixelBox a, PixelBox b) =>
        a.X < b.X + b.WidthPx && b.X < a.X + a.WidthPx && a.Y < b.Y + b.HeightPx && b.Y < a.Y + a.HeightPx;
}
