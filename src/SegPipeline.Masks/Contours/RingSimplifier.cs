namespace SegPipeline.Masks.Contours;

/// <summary>Leaves out corners of a ring that lie close to the line between those that stay.</summary>
/// <remarks>
/// Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line
/// or its caricature", Cartographica 10 (1973). A closed ring is cut where it starts, at the corner farthest from there
/// and at the corner farthest from the line through these two, so that it never has fewer than three corners; corners
/// from which a slit leads into a hole stay, too. Of several corners equally far away the first is taken.
/// </remarks>
internal sealed class RingSimplifier
{
    private readonly PixelCorner[] _corners;
    private readonly bool[] _stays;
    private readonly double _tolerance2;

    private RingSimplifier(PixelCorner[] ring, double tolerancePx)
    {
        _corners = [.. ring, ring[0]];
        _stays = new bool[_corners.Length];
        _tolerance2 = tolerancePx * tolerancePx;
    }

    /// <summary>The ring without the corners that may go.</summary>
    /// <param name="ring">A ring whose corners are not all on one line.</param>
    /// <param name="tolerancePx">How far from the line between its neighbours a corner that goes may lie.</param>
    public static TracedRing Simplify(TracedRing ring, double tolerancePx)
    {
        if (tolerancePx == 0) return ring;
        var simplifier = new RingSimplifier(ring.Corners, tolerancePx);
        foreach (Slit slit in ring.Slits) simplifier._stays[slit.Corner] = true;
        simplifier.KeepThree();
        simplifier.Split();
        return simplifier.Without(ring);
    }

    private void KeepThree()
    {
        int last = _corners.Length - 1;
        (int far, _) = Farthest(0, last);
        PixelCorner start = _corners[0], end = _corners[far];
        double widest = -1;
        int wide = 0;
        for (int i = 1; i < last; i++)
        {
            double distance = Math.Abs(Cross(start, end, _corners[i]));
            if (distance > widest) (widest, wide) = (distance, i);
        }
        _stays[0] = _stays[far] = _stays[wide] = _stays[last] = true;
    }

    private void Split()
    {
        Stack<(int From, int To)> open = [];
        for (int from = 0, to = 1; to < _corners.Length; to++)
        {
            if (!_stays[to]) continue;
            open.Push((from, to));
            from = to;
        }
        while (open.TryPop(out var part))
        {
            if (part.To - part.From < 2) continue;
            (int middle, double distance2) = Farthest(part.From, part.To);
            if (distance2 <= _tolerance2) continue;
            _stays[middle] = true;
            open.Push((part.From, middle));
            open.Push((middle, part.To));
        }
    }

    private TracedRing Without(TracedRing ring)
    {
        List<PixelCorner> corners = [];
        List<Slit> slits = [];
        for (int i = 0; i < ring.Corners.Length; i++)
        {
            if (!_stays[i]) continue;
            if (slits.Count < ring.Slits.Count && ring.Slits[slits.Count].Corner == i)
                slits.Add(new Slit(corners.Count, ring.Slits[slits.Count].Hole));
            corners.Add(ring.Corners[i]);
        }
        return ring with { Corners = [.. corners], Slits = slits };
    }

    /// <summary>The corner between two that is farthest from the line segment between them.</summary>
    private (int Corner, double Distance2) Farthest(int from, int to)
    {
        PixelCorner a = _corners[from], b = _corners[to];
        double length2 = Square(a, b), farthest = -1;
        int found = from + 1;
        for (int i = from + 1; i < to; i++)
        {
            double distance2 = ToSegment(a, b, length2, _corners[i]);
            if (distance2 > farthest) (farthest, found) = (distance2, i);
        }
        return (found, farthest);
    }

    private static double ToSegment(PixelCorner a, PixelCorner b, double length2, PixelCorner p)
    {
        double along = ((double)p.X - a.X) * ((double)b.X - a.X) + ((double)p.Y - a.Y) * ((double)b.Y - a.Y);
        if (along <= 0) return Square(a, p);
        if (along >= length2) return Square(b, p);
        double cross = Cross(a, b, p);
        return cross * cross / length2;
    }

    private static double Cross(PixelCorner a, PixelCorner b, PixelCorner p) =>
        ((double)b.X - a.X) * ((double)p.Y - a.Y) - ((double)b.Y - a.Y) * ((double)p.X - a.X);

    private static double Square(PixelCorner a, PixelCorner b)
    {
        double dx = (double)b.X - a.X, dy = (double)b.Y - a.Y;
        return dx * dx + dy * dy;
    }
}
