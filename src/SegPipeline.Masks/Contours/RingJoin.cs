using System.Collections.Immutable;

namespace SegPipeline.Masks.Contours;

/// <summary>Writes rings out as they are walked: down the slit into each hole that hangs on them, and up.</summary>
internal static class RingJoin
{
    /// <summary>One ring with all holes that hang on it, and on those.</summary>
    public static Ring Join(IReadOnlyList<TracedRing> rings, TracedRing outer)
    {
        var corners = ImmutableArray.CreateBuilder<PixelCorner>(outer.Corners.Count);
        Stack<(List<TracedCorner> Corners, int Hanger)> walk = new([(outer.Corners, -1)]);
        while (walk.TryPop(out var at))
        {
            if (at.Hanger >= 0) Add(corners, at.Corners[at.Hanger].At);
            int next = AddUntilHole(corners, at.Corners, at.Hanger + 1);
            if (next < at.Corners.Count)
            {
                walk.Push((at.Corners, next));
                walk.Push((rings[at.Corners[next].Hole].Corners, -1));
            }
            else if (walk.Count > 0) Add(corners, at.Corners[0].At);
        }
        return new Ring(corners.DrainToImmutable());
    }

    /// <summary>Adds corners up to the first on which a hole hangs, and returns its index.</summary>
    private static int AddUntilHole(ImmutableArray<PixelCorner>.Builder to, List<TracedCorner> corners, int next)
    {
        for (; next < corners.Count; next++)
        {
            Add(to, corners[next].At);
            if (corners[next].Hole >= 0) break;
        }
        return next;
    }

    /// <summary>A corner in the place of the one before it is left out: the slit has no length, or has ended.</summary>
    private static void Add(ImmutableArray<PixelCorner>.Builder corners, PixelCorner corner)
    {
        if (corners.Count == 0 || corners[^1] != corner) corners.Add(corner);
    }
}
