namespace SegPipeline.Masks;

/// <summary>What to make of a polygon that has fewer than 6 numbers or an odd number of them.</summary>
public enum PolygonRule
{
    /// <summary>Refuse it: POLY_SHORT, POLY_ODD.</summary>
    Strict,

    /// <summary>As pycocotools: the last of an odd number of numbers is ignored; two points or fewer are
    /// empty.</summary>
    Pycocotools,
}

/// <summary>Fills polygons and boxes; bit-exact with pycocotools.</summary>
/// <remarks>
/// After <c>rleFrPoly</c> of cocodataset/cocoapi, common/maskApi.c (Piotr Dollar and Tsung-Yi Lin, 2015, Simplified
/// BSD; see NOTICE). The original walks the outline in steps of a fifth of a pixel and keeps one step in five at
/// most; here only the steps that are kept are computed, by the same floating-point expressions.
/// </remarks>
public static class PolygonFill
{
    /// <summary>
    /// Largest coordinate in pixels, negative or positive: up to it the walk's arithmetic is exact in 32 bits.
    /// </summary>
    public const double MaxCoordinatePx = 200_000_000;

    /// <summary>Fills one closed polygon by the even-odd rule; parts outside the picture are cut off.</summary>
    /// <param name="heightPx">Height of the mask in pixels.</param>
    /// <param name="widthPx">Width of the mask in pixels.</param>
    /// <param name="xy">Coordinates x1, y1, x2, y2, ... in pixels; the last point is joined to the first.</param>
    /// <param name="rule">What to make of too few or an odd number of coordinates.</param>
    /// <exception cref="MaskFormatException">
    /// POLY_SHORT, POLY_ODD (strict only), POLY_NOT_FINITE, POLY_RANGE, POLY_TOO_LONG or MASK_SIZE.
    /// </exception>
    public static Mask Fill(
        int heightPx, int widthPx, ReadOnlySpan<double> xy, PolygonRule rule = PolygonRule.Strict)
    {
        MaskSize.Check(heightPx, widthPx);
        if (rule == PolygonRule.Strict) CheckLength(xy.Length);
        xy = xy[..(xy.Length & ~1)];
        return xy.Length == 0 ? Mask.Empty(heightPx, widthPx) : PolygonOutline.Fill(heightPx, widthPx, xy);
    }

    /// <summary>Fills the parts of an annotation and unites them (a part inside another does not make a
    /// hole).</summary>
    /// <param name="heightPx">Height of the mask in pixels.</param>
    /// <param name="widthPx">Width of the mask in pixels.</param>
    /// <param name="parts">One polygon each, as x1, y1, x2, y2, ...; none at all gives an empty mask.</param>
    /// <param name="rule">What to make of too few or an odd number of coordinates.</param>
    /// <exception cref="MaskFormatException">As for a single polygon.</exception>
    public static Mask Fill(
        int heightPx, int widthPx, IReadOnlyList<double[]> parts, PolygonRule rule = PolygonRule.Strict)
    {
        if (parts.Count == 0) return Mask.Empty(heightPx, widthPx);
        Mask[] masks = new Mask[parts.Count];
        for (int i = 0; i < masks.Length; i++) masks[i] = Fill(heightPx, widthPx, parts[i], rule);
        return MaskSets.Union(masks);
    }

    /// <summary>Fills a box of continuous coordinates as pycocotools does: as the polygon of its four
    /// corners.</summary>
    /// <param name="heightPx">Height of the mask in pixels.</param>
    /// <param name="widthPx">Width of the mask in pixels.</param>
    /// <param name="x">Left edge in pixels.</param>
    /// <param name="y">Top edge in pixels.</param>
    /// <param name="boxWidthPx">Width of the box.</param>
    /// <param name="boxHeightPx">Height of the box.</param>
    /// <exception cref="MaskFormatException">POLY_NOT_FINITE, POLY_RANGE or MASK_SIZE.</exception>
    public static Mask FillBox(
        int heightPx, int widthPx, double x, double y, double boxWidthPx, double boxHeightPx)
    {
        double right = x + boxWidthPx, bottom = y + boxHeightPx;
        return Fill(heightPx, widthPx, [x, y, x, bottom, right, bottom, right, y]);
    }

    private static void CheckLength(int length)
    {
        if (length % 2 != 0)
            throw new MaskFormatException(MaskFault.PolygonOdd, length - 1,
                $"a polygon must have an even number of coordinates, found {length}");
        if (length < 6)
            throw new MaskFormatException(MaskFault.PolygonShort, length,
                $"a polygon must have at least 6 coordinates (3 points), found {length}");
    }
}
