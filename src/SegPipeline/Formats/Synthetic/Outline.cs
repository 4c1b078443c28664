namespace SegPipeline.Formats.Synthetic;

/// <summary>Where a shape is and how large.</summary>
/// <param name="X">Centre, in pixels from the left.</param>
/// <param name="Y">Centre, in pixels from the top.</param>
/// <param name="RadiusX">Half its extent along its own first axis, in pixels.</param>
/// <param name="RadiusY">Half its extent along its own second axis, in pixels.</param>
/// <param name="Turn">How far it is turned, in full turns.</param>
internal readonly record struct Pose(double X, double Y, double RadiusX, double RadiusY, double Turn);

/// <summary>Outlines as polygons, from arithmetic that is the same on every machine.</summary>
internal static class Outline
{
    private const int DiscCorners = 28;
    private const double StarWaist = 0.45;

    /// <summary>The polygon of a shape, cut to the picture, coordinates in hundredths of a pixel.</summary>
    /// <returns>x1, y1, x2, y2, ... in pixels.</returns>
    public static double[] Of(OutlineKind kind, Pose pose, int widthPx, int heightPx)
    {
        int corners = kind switch
        {
            OutlineKind.Disc => DiscCorners,
            OutlineKind.Triangle => 3,
            OutlineKind.Box => 4,
            OutlineKind.Hexagon => 6,
            _ => 10,
        };
        var axis = Direction(pose.Turn);
        double[] xy = new double[2 * corners];
        for (int i = 0; i < corners; i++)
        {
            double reach = kind == OutlineKind.Star && i % 2 == 1 ? StarWaist : 1;
            var (cos, sin) = Direction((double)i / corners);
            double x = cos * pose.RadiusX * reach, y = sin * pose.RadiusY * reach;
            xy[2 * i] = Within(pose.X + axis.Cos * x - axis.Sin * y, widthPx);
            xy[2 * i + 1] = Within(pose.Y + axis.Sin * x + axis.Cos * y, heightPx);
        }
        return xy;
    }

    /// <summary>
    /// A unit vector for a share of a full turn. By the rational parametrisation of the circle, not by sine and cosine,
    /// whose last bits differ between systems; the angle grows with the share, a little unevenly.
    /// </summary>
    private static (double Cos, double Sin) Direction(double turn)
    {
        double quarters = 4 * (turn - Math.Floor(turn));
        int quarter = Math.Min((int)quarters, 3);
        double t = quarters - quarter;
        double cos = (1 - t * t) / (1 + t * t), sin = 2 * t / (1 + t * t);
        return quarter switch
        {
            0 => (cos, sin),
            1 => (-sin, cos),
            2 => (-cos, -sin),
            _ => (sin, -cos),
        };
    }

    private static double Within(double coordinate, int sizePx) =>
        Math.Clamp(Math.Round(coordinate, 2, MidpointRounding.ToEven), 0, sizePx);
}
