using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SegPipeline.Masks.Contours;

/// <summary>Writes rings out as they are walked: down the slit into each hole that hangs on them, and up.</summary>
internal static class RingJoin
{
    /// <summary>One ring with all holes that hang on it, and on those.</summary>
    public static Ring Join(TracedRing[] rings, TracedRing outer)
    {
        if (outer.Slits.Count == 0) return new Ring(ImmutableCollectionsMarshal.AsImmutableArray(outer.Corners));
        var corners = ImmutableArray.CreateBuilder<PixelCorner>(outer.Corners.Length);
        Stack<(TracedRing Ring, int SlitsDone)> walk = new([(outer, 0)]);
        while (walk.TryPop(out var at))
        {
            (TracedRing ring, int done) = at;
            int from = done == 0 ? 0 : ring.Slits[done - 1].Corner;
            int to = done == ring.Slits.Count ? ring.Corners.Length - 1 : ring.Slits[done].Corner;
            Add(corners, ring.Corners.AsSpan(from..(to + 1)));
            if (done < ring.Slits.Count)
            {
                walk.Push((ring, done + 1));
                walk.Push((rings[ring.Slits[done].Hole], 0));
            }
            else if (walk.Count > 0) Add(corners, ring.Corners.AsSpan(0, 1));
        }
        return new Ring(corners.DrainToImmutable());
    }

    /// <summary>A corner in the place of the one before it is left out: the slit has no length.</summary>
    private static void Add(ImmutableArray<PixelCorner>.Builder corners, ReadOnlySpan<PixelCorner> next)
    {
        if (corners.Count > 0 && corners[^1] == next[0]) next = next[1..];
        corners.AddRange(next);
    }
}
