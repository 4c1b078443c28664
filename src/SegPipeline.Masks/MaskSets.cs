namespace SegPipeline.Masks;

/// <summary>Masks of one size combined pixel by pixel, on their run lengths.</summary>
public static class MaskSets
{
    /// <summary>Pixels of any of the masks. One mask is returned as it is.</summary>
    /// <param name="masks">At least one mask, all of one size.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    /// <exception cref="ArgumentException">There is no mask.</exception>
    public static Mask Union(params ReadOnlySpan<Mask> masks) => Fold(masks, Merge.Or);

    /// <summary>Pixels that all masks have. One mask is returned as it is.</summary>
    /// <inheritdoc cref="Union"/>
    public static Mask Intersect(params ReadOnlySpan<Mask> masks) => Fold(masks, Merge.And);

    private static Mask Fold(ReadOnlySpan<Mask> masks, Merge merge)
    {
        if (masks.IsEmpty) throw new ArgumentException("there must be at least one mask", nameof(masks));
        Mask result = masks[0];
        foreach (Mask mask in masks[1..]) result = Combine(result, mask, merge);
        return result;
    }

    private enum Merge
    {
        Or,
        And,
    }

    private static Mask Combine(Mask a, Mask b, Merge merge)
    {
        MaskSize.CheckSame(a, b);
        var runs = new RunBuilder(a.Counts.Length + b.Counts.Length);
        var walkA = new RunWalk(a.Counts);
        var walkB = new RunWalk(b.Counts);
        long pixels = a.PixelCount;
        bool was = false;
        for (long index = 0; index < pixels;)
        {
            walkA.SkipTo(index);
            walkB.SkipTo(index);
            bool now = merge == Merge.Or ? walkA.IsInside || walkB.IsInside : walkA.IsInside && walkB.IsInside;
            if (now != was) runs.Toggle((uint)index);
            was = now;
            index = Math.Min(walkA.End, walkB.End);
        }
        return runs.Build(a.HeightPx, a.WidthPx);
    }

    private ref struct RunWalk(ReadOnlySpan<uint> counts)
    {
        private readonly ReadOnlySpan<uint> _counts = counts;
        private int _run = -1;

        public long End { get; private set; }

        public readonly bool IsInside => (_run & 1) == 1;

        public void SkipTo(long index)
        {
            while (End <= index) End += _counts[++_run];
        }
    }
}
