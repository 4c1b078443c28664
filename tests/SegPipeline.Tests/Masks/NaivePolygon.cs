namespace SegPipeline.Tests.Masks;

/// <summary>
/// The polygon fill of maskApi as it is described, step by step and without any of the shortcuts of the library:
/// walk the whole outline in fifths of a pixel, keep the crossings, sort, take differences, join runs of length 0.
/// </summary>
internal static class NaivePolygon
{
    /// <summary>Run lengths of a filled polygon.</summary>
    public static uint[] Counts(int heightPx, int widthPx, double[] xy)
    {
        List<(int U, int V)> walk = Walk([.. xy.Chunk(2).Select(p => ((int)(5 * p[0] + .5), (int)(5 * p[1] + .5)))]);
        List<uint> places = [];
        for (int j = 1; j < walk.Count; j++)
        {
            if (walk[j].U == walk[j - 1].U) continue;
            double x = walk[j].U < walk[j - 1].U ? walk[j].U : walk[j].U - 1;
            x = (x + .5) / 5 - .5;
            if (Math.Floor(x) != x || x < 0 || x > widthPx - 1) continue;
            double y = Math.Min(walk[j].V, walk[j - 1].V);
            y = Math.Ceiling(Math.Clamp((y + .5) / 5 - .5, 0, heightPx));
            places.Add((uint)((int)x * heightPx + (int)y));
        }
        places.Add((uint)(heightPx * widthPx));
        places.Sort(Comparer<uint>.Default);
        return Join([.. places.Select((place, i) => i == 0 ? place : place - places[i - 1])]);
    }

    private static List<(int U, int V)> Walk((int X, int Y)[] vertices)
    {
        List<(int, int)> walk = [];
        for (int j = 0; j < vertices.Length; j++)
        {
            (int xs, int ys) = vertices[j];
            (int xe, int ye) = vertices[(j + 1) % vertices.Length];
            int dx = Math.Abs(xe - xs), dy = Math.Abs(ye - ys);
            bool flip = dx >= dy ? xs > xe : ys > ye;
            if (flip) (xs, ys, xe, ye) = (xe, ye, xs, ys);
            double slope = dx >= dy ? (double)(ye - ys) / dx : (double)(xe - xs) / dy;
            for (int d = 0; d <= Math.Max(dx, dy); d++)
            {
                int t = flip ? Math.Max(dx, dy) - d : d;
                walk.Add(dx >= dy ? (t + xs, (int)(ys + slope * t + .5)) : ((int)(xs + slope * t + .5), t + ys));
            }
        }
        return walk;
    }

    private static uint[] Join(uint[] lengths)
    {
        List<uint> counts = [lengths[0]];
        for (int j = 1; j < lengths.Length; j++)
        {
            if (lengths[j] > 0) counts.Add(lengths[j]);
            else if (++j < lengths.Length) counts[^1] += lengths[j];
        }
        return [.. counts];
    }
}
