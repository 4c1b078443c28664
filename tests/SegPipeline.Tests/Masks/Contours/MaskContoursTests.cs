using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Masks.Contours;
using SegPipeline.Tests.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Contours;

public sealed class MaskContoursTests
{
    private static readonly ContourRule[] Exact =
    [
        .. from connectivity in new[] { Connectivity.Four, Connectivity.Eight }
           from holes in new[] { HoleRule.Keep, HoleRule.Cut }
           select new ContourRule { Connectivity = connectivity, Holes = holes },
    ];

    [Fact]
    public void A_pixel_is_a_clockwise_square_that_starts_at_its_top_left_corner()
    {
        MaskPolygon polygon = Assert.Single(MaskContours.Trace(Bitmap.Rectangle(4, 5, 2, 1, 3, 2)));
        Assert.Equal("2,1 3,1 3,2 2,2", Text(polygon.Outer));
        Assert.False(polygon.HasHoles);
        Assert.Equal([2, 1, 3, 1, 3, 2, 2, 2], polygon.ToCocoPart());
        Assert.Equal(2, polygon.Outer.DoubleSignedAreaPx);
    }

    [Fact]
    public void A_hole_runs_the_other_way_and_has_no_place_in_a_COCO_polygon()
    {
        Mask mask = Bitmap.Drawn("####", "#..#", "####");
        MaskPolygon polygon = Assert.Single(MaskContours.Trace(mask));
        Assert.Equal("0,0 4,0 4,3 0,3", Text(polygon.Outer));
        Assert.Equal("1,1 1,2 3,2 3,1", Text(Assert.Single(polygon.Holes)));
        Assert.Equal(-4, polygon.Holes[0].DoubleSignedAreaPx);
        Assert.Throws<InvalidOperationException>(() => polygon.ToCocoPart());
    }

    [Fact]
    public void A_hole_that_is_cut_open_hangs_on_a_slit_from_the_edge_above()
    {
        Mask mask = Bitmap.Drawn("####", "#.##", "####");
        MaskPolygon polygon = Assert.Single(MaskContours.Trace(mask, new ContourRule { Holes = HoleRule.Cut }));
        Assert.Equal("0,0 1,0 1,1 1,2 2,2 2,1 1,1 1,0 4,0 4,3 0,3", Text(polygon.Outer));
        Assert.Equal(mask, PolygonFill.Fill(3, 4, polygon.ToCocoPart()));
    }

    [Fact]
    public void Holes_below_holes_hang_on_each_other()
    {
        Mask mask = Bitmap.Drawn(
            "#######",
            "#..##.#",
            "#######",
            "#.#.#.#",
            "#######");
        MaskPolygon polygon = Assert.Single(MaskContours.Trace(mask, new ContourRule { Holes = HoleRule.Cut }));
        Assert.Equal(mask, PolygonFill.Fill(5, 7, polygon.ToCocoPart()));
        Assert.Equal(2 * mask.AreaPx, polygon.Outer.DoubleSignedAreaPx);
    }

    [Theory]
    [InlineData(Connectivity.Four, "0,0 1,0 1,1 0,1|1,1 2,1 2,2 1,2")]
    [InlineData(Connectivity.Eight, "0,0 1,0 1,1 2,1 2,2 1,2 1,1 0,1")]
    public void Pixels_that_touch_at_a_corner_are_apart_or_together_as_asked(Connectivity connectivity, string rings)
    {
        var polygons = MaskContours.Trace(Bitmap.Drawn("#.", ".#"), new ContourRule { Connectivity = connectivity });
        Assert.Equal(rings, string.Join('|', polygons.Select(p => Text(p.Outer))));
    }

    [Fact]
    public void Rings_filled_by_the_even_odd_rule_give_the_mask_back() => Holds((mask, _, polygons) =>
        RingFill.EvenOdd(mask.HeightPx, mask.WidthPx, polygons.SelectMany(p => p.Rings)).Equals(mask));

    [Fact]
    public void Pycocotools_fill_gives_the_mask_back_when_holes_are_cut() => Holds((mask, rule, polygons) =>
        rule.Holes == HoleRule.Keep
        || PolygonFill.Fill(mask.HeightPx, mask.WidthPx, [.. polygons.Select(p => p.ToCocoPart())]).Equals(mask));

    [Fact]
    public void Pycocotools_fill_of_the_outer_rings_closes_the_holes() => Holds((mask, rule, polygons) =>
    {
        if (rule.Holes == HoleRule.Cut) return true;
        int height = mask.HeightPx, width = mask.WidthPx;
        IEnumerable<Mask> filled = polygons.Select(p => RingFill.EvenOdd(height, width, [p.Outer]));
        Mask united = MaskSets.Union([Mask.Empty(height, width), .. filled]);
        return PolygonFill.Fill(height, width, [.. polygons.Select(p => p.Outer.ToXy())]).Equals(united);
    });

    [Fact]
    public void There_is_one_polygon_for_each_component_in_the_same_order() => Holds((mask, rule, polygons) =>
        MaskComponents.Split(mask, rule.Connectivity).SequenceEqual(
            polygons.Select(p => RingFill.EvenOdd(mask.HeightPx, mask.WidthPx, p.Rings))));

    [Fact]
    public void Signed_areas_sum_to_the_area_and_only_outer_rings_are_positive() => Holds((mask, _, polygons) =>
        polygons.SelectMany(p => p.Rings).Sum(r => r.DoubleSignedAreaPx) == 2 * mask.AreaPx
        && polygons.All(p => p.Outer.DoubleSignedAreaPx > 0 && p.Holes.All(h => h.DoubleSignedAreaPx < 0)));

    [Fact]
    public void Uncut_rings_turn_at_every_corner_and_start_at_their_first_one() => Holds((_, rule, polygons) =>
        rule.Holes == HoleRule.Cut || polygons.SelectMany(p => p.Rings).All(ring =>
            ring.Corners[0] == ring.Corners.OrderBy(c => c.X).ThenBy(c => c.Y).First()
            && Edges(ring).Index().All(e => (e.Index % 2 == 0) == (Edges(ring).First().From.Y == ring.Corners[1].Y)
                ? e.Item.From.Y == e.Item.To.Y && e.Item.From.X != e.Item.To.X
                : e.Item.From.X == e.Item.To.X && e.Item.From.Y != e.Item.To.Y)));

    [Fact]
    public void A_simplified_ring_keeps_its_start_and_only_has_corners_it_had() => Simplified((exact, simple, _) =>
        simple.Corners[0] == exact.Corners[0]
        && simple.Corners.Length >= 3
        && simple.DoubleSignedAreaPx != 0
        && simple.Corners.All(exact.Corners.Contains));

    [Fact]
    public void Every_corner_left_out_lies_within_the_tolerance_of_what_remains() => Simplified((exact, simple, rule) =>
        exact.Corners.All(c => Edges(simple).Min(e => Distance(c, e.From, e.To)) <= rule.TolerancePx + 1e-9));

    [Fact]
    public void A_ring_of_pixels_stays_one_when_it_is_cut_open_and_simplified()
    {
        Mask annulus = Bitmap.Where(100, 100, (x, y) => (x - 50) * (x - 50) + (y - 50) * (y - 50) is > 400 and < 2000);
        var rule = new ContourRule { Holes = HoleRule.Cut, TolerancePx = 1 };
        MaskPolygon polygon = Assert.Single(MaskContours.Trace(annulus, rule));
        Assert.InRange(polygon.Outer.Corners.Length, 20, 60);
        foreach (Mask filled in new[]
        {
            RingFill.EvenOdd(100, 100, polygon.Rings),
            PolygonFill.Fill(100, 100, polygon.ToCocoPart()),
        })
            Assert.InRange(MaskSets.Intersect(filled, annulus).AreaPx, 0.97 * annulus.AreaPx, 1.03 * filled.AreaPx);
    }

    [Fact]
    public void A_staircase_becomes_a_line_within_the_tolerance()
    {
        Mask stairs = Bitmap.Where(10, 10, (x, y) => y <= x);
        Ring ring = Assert.Single(MaskContours.Trace(stairs, new ContourRule { TolerancePx = 1 })).Outer;
        Assert.Equal("0,0 10,0 10,10", Text(ring));
    }

    [Fact]
    public void A_shape_smaller_than_the_tolerance_keeps_three_corners()
    {
        Mask pixel = Bitmap.Rectangle(4, 5, 2, 1, 3, 2);
        Assert.Equal("2,1 3,1 3,2", Text(MaskContours.Trace(pixel, new ContourRule { TolerancePx = 50 })[0].Outer));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void An_impossible_tolerance_is_refused(double tolerance) => Assert.Throws<ArgumentException>(
        () => MaskContours.Trace(Mask.Empty(2, 2), new ContourRule { TolerancePx = tolerance }));

    [Fact]
    public void Nothing_has_no_outline() => Assert.Empty(MaskContours.Trace(Mask.Empty(3, 3)));

    private static Gen<double> Tolerance => Gen.Elements(0.3, 0.5, 0.8, 1, 1.5, 3, 20);

    private static void Holds(Func<Mask, ContourRule, IReadOnlyList<MaskPolygon>, bool> property) =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, mask =>
            Exact.All(rule => property(mask, rule, MaskContours.Trace(mask, rule)))));

    private static void Simplified(Func<Ring, Ring, ContourRule, bool> property) =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, Tolerance.ToArbitrary(), (mask, tolerance) =>
        {
            var rule = new ContourRule { TolerancePx = tolerance };
            IEnumerable<Ring> exact = MaskContours.Trace(mask).SelectMany(p => p.Rings);
            IEnumerable<Ring> simple = MaskContours.Trace(mask, rule).SelectMany(p => p.Rings);
            return exact.Zip(simple).All(pair => property(pair.First, pair.Second, rule));
        }));

    private static IEnumerable<(PixelCorner From, PixelCorner To)> Edges(Ring ring) =>
        ring.Corners.Zip([.. ring.Corners[1..], ring.Corners[0]]);

    private static double Distance(PixelCorner p, PixelCorner a, PixelCorner b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y;
        double t = Math.Clamp(((p.X - a.X) * dx + (p.Y - a.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.Sqrt(Math.Pow(a.X + t * dx - p.X, 2) + Math.Pow(a.Y + t * dy - p.Y, 2));
    }

    private static string Text(Ring ring) => string.Join(' ', ring.Corners.Select(c => $"{c.X},{c.Y}"));
}
