namespace SegPipeline.Formats.Yolo;

/// <summary>
/// Makes one polygon of several: each part, in their order, is joined by its first corner to the nearest corner of what
/// came before it, by a line that is walked there and back. Lines of no width change no pixel when the polygon is
/// filled by the even-odd or the non-zero rule.
/// </summary>
internal static class RingJoiner
{
    /// <summary>Joins polygons.</summary>
    /// <param name="parts">At least one: x1, y1, x2, y2, ....</param>
    public static IReadOnlyList<double> Join(IReadOnlyList<IReadOnlyList<double>> parts)
    {
        if (parts.Count == 1) return parts[0];
        List<double> joined = [.. parts[0]];
        foreach (IReadOnlyList<double> part in parts.Skip(1))
        {
            int at = Nearest(joined, part[0], part[1]);
            // The part, back to its first corner, and back to where it was left from.
            joined.InsertRange(at + 2, [.. part, part[0], part[1], joined[at], joined[at + 1]]);
        }
        return joined;
    }

    private static int Nearest(List<double> ring, double x, double y)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < ring.Count; i += 2)
        {
            double dx = ring[i] - x, dy = ring[i + 1] - y, squared = dx * dx + dy * dy;
            if (squared >= least) continue;
            least = squared;
            nearest = i;
        }
        return nearest;
    }
}
