using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Contours;
using SegPipeline.Tests.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Contours;

public sealed class RingFillTests
{
    [Fact]
    public void A_pixel_belongs_to_the_shape_when_a_ray_from_its_centre_crosses_the_rings_an_odd_number_of_times() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyRings.ToArbitrary(), rings =>
            RingFill.EvenOdd(9, 12, rings)
                .Equals(Bitmap.Where(9, 12, (x, y) => CrossingsAbove(rings, x, y) % 2 == 1))));

    [Fact]
    public void A_centre_on_an_edge_lies_below_it()
    {
        var triangle = new Ring([new(0, 0), new(3, 3), new(0, 3)]);
        Assert.Equal(Bitmap.Drawn("#..", "##.", "###"), RingFill.EvenOdd(3, 3, [triangle]));
        var other = new Ring([new(0, 0), new(3, 0), new(3, 3)]);
        Assert.Equal(Bitmap.Drawn(".##", "..#", "..."), RingFill.EvenOdd(3, 3, [other]));
    }

    [Fact]
    public void Pycocotools_rounds_where_the_exact_fill_does_not()
    {
        var triangle = new Ring([new(0, 0), new(0, 6), new(5, 6)]);
        Assert.NotEqual(RingFill.EvenOdd(6, 6, [triangle]), PolygonFill.Fill(6, 6, triangle.ToXy()));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 3)]
    [InlineData(4, 0)]
    public void A_corner_outside_the_picture_is_refused(int x, int y)
    {
        var ring = new Ring([new(0, 0), new(1, 1), new(x, y)]);
        Assert.Equal(
            MaskFault.PolygonRange,
            Assert.Throws<MaskFormatException>(() => RingFill.EvenOdd(2, 3, [ring])).Code);
    }

    [Fact]
    public void No_rings_fill_nothing() => Assert.Equal(Mask.Empty(2, 3), RingFill.EvenOdd(2, 3, []));

    private static Gen<Ring[]> AnyRings => Gen.ArrayOf(
        Gen.Choose(0, 12).Zip(Gen.Choose(0, 9)).Select(c => new PixelCorner(c.Item1, c.Item2))
            .ArrayOf(7).Select(corners => new Ring(ImmutableArray.Create(corners, 0, 3 + corners[0].X % 5))), 2);

    /// <summary>Edges that cross the vertical line through the centre at the centre or above it; in quarters.</summary>
    private static int CrossingsAbove(Ring[] rings, int x, int y)
    {
        int crossings = 0;
        foreach (Ring ring in rings)
            for (int i = 0; i < ring.Corners.Length; i++)
            {
                PixelCorner a = ring.Corners[i], b = ring.Corners[(i + 1) % ring.Corners.Length];
                if (a.X > b.X) (a, b) = (b, a);
                if (a.X == b.X || 2 * a.X > 2 * x + 1 || 2 * b.X < 2 * x + 1) continue;
                int atCentre = 2 * a.Y * (b.X - a.X) + (2 * x + 1 - 2 * a.X) * (b.Y - a.Y);
                if (atCentre <= (2 * y + 1) * (b.X - a.X)) crossings++;
            }
        return crossings;
    }
}
