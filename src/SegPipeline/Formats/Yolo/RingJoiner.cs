namespace SegPipeline.Formats.Yolo;

/// <summary>
/// Makes one polygon of several: each is joined, in their order, from its corner nearest to the first corner of the
/// next one, by a line that is walked there and, when all that follow have been walked around, back. Lines of no width
/// change no pixel when the polygon is filled by the even-odd or the non-zero rule. Takes time in proportion to the
/// corners.
/// </summary>
internal static class RingJoiner
{
    /// <summary>Joins polygons.</summary>
    /// <param name="parts">At least one: x1, y1, x2, y2, ....</param>
    public static IReadOnlyList<double> Join(IReadOnlyList<IReadOnlyList<double>> parts)
    {
        if (parts.Count == 1) return parts[0];
        var joined = new List<double>(parts.Sum(part => part.Count) + 4 * parts.Count);
        int[] exits = new int[parts.Count - 1];
        for (int p = 0; p < exits.Length; p++)
        {
            exits[p] = Nearest(parts[p], parts[p + 1][0], parts[p + 1][1]);
            Add(joined, parts[p], 0, exits[p] + 2);
        }
        Add(joined, parts[^1], 0, parts[^1].Count);
        Add(joined, parts[^1], 0, 2);
        for (int p = exits.Length - 1; p >= 0; p--)
        {
            Add(joined, parts[p], exits[p], parts[p].Count);
            // The first part closes by itself, the others lead back from where they were entered.
            if (p > 0) Add(joined, parts[p], 0, 2);
        }
        return joined;
    }

    private static void Add(List<double> joined, IReadOnlyList<double> part, int from, int to)
    {
        for (int i = from; i < to; i++) joined.Add(part[i]);
    }

    private static int Nearest(IReadOnlyList<double> part, double x, double y)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < part.Count; i += 2)
        {
            double dx = part[i] - x, dy = part[i + 1] - y, squared = dx * dx + dy * dy;
            if (squared >= least) continue;
            least = squared;
            nearest = i;
        }
        return nearest;
    }
}
