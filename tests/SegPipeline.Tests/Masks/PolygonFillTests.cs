using FsCheck.Fluent;
using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks;

public sealed class PolygonFillTests
{
    [Fact]
    public void Two_hundred_thousand_generated_polygons_have_the_digest_of_maskApi()
    {
        ulong state = 88172645463325252, hash = 1469598103934665603;
        double[] buffer = new double[20];
        for (int t = 0; t < 200_000; t++)
        {
            int points = 3 + (int)(Next(ref state) * 8);
            for (int i = 0; i < 2 * points; i++)
                buffer[i] = Snap(Next(ref state) * 130 - 15, t % 4);
            foreach (uint count in PolygonFill.Fill(97, 101, buffer.AsSpan(0, 2 * points)).Counts)
                hash = (hash ^ count) * 1099511628211;
            hash = (hash ^ 0xffffffff) * 1099511628211;
        }
        Assert.Equal(0xf83d2bbe5f2e6859, hash);
    }

    [Fact]
    public void Only_the_steps_that_count_give_the_same_run_lengths_as_the_whole_walk() => MaskCases.ForAll(
        from height in Gen.Choose(1, 60)
        from width in Gen.Choose(1, 60)
        from points in Gen.Choose(1, 14)
        from divisor in Gen.Elements(1.0, 2, 5, 10, 100, 1000003)
        from coordinates in Gen.ArrayOf(Gen.Choose((int)(-40 * divisor), (int)(100 * divisor)), 2 * points)
        select (height, width, xy: coordinates.Select(c => c / divisor).ToArray()),
        p => PolygonFill.Fill(p.height, p.width, p.xy, PolygonRule.Pycocotools).Counts
            .SequenceEqual(NaivePolygon.Counts(p.height, p.width, p.xy)));

    [Theory]
    [InlineData("1,1,1,4,4,4,4,1", "7,3,3,3,3,3,8", "7330005", 9, "1,1,3,3")]
    [InlineData("0,0,0,6,5,6,5,0", "0,30", "0n0", 30, "0,0,5,6")]
    [InlineData("-3,-3,-3,9,9,9,9,-3", "0,30", "0n0", 30, "0,0,5,6")]
    [InlineData(".5,.5,.5,2.5,3.5,2.5,3.5,.5", "7,2,4,2,4,2,9", "7240005", 6, "1,1,3,2")]
    [InlineData("0,0,4,4,0,4,4,0", "3,1,2,1,1,2,2,1,1,2,5,1,8", "3120O11OO14O3", 8, "0,0,4,4")]
    [InlineData("1,1,3,4,2,5", "8,1,6,1,14", "81608", 2, "1,2,2,2")]
    [InlineData("2,2,2,2,2,2", "30", "n0", 0, "0,0,0,0")]
    [InlineData("20,20,30,20,30,30", "30", "n0", 0, "0,0,0,0")]
    public void A_polygon_is_filled_as_in_the_table(string xy, string counts, string text, long area, string box)
    {
        Mask mask = PolygonFill.Fill(6, 5, Numbers(xy));
        Assert.Equal(counts, string.Join(',', mask.Counts.ToArray()));
        Assert.Equal(text, mask.ToCocoString());
        Assert.Equal(area, mask.AreaPx);
        Assert.Equal(box, $"{mask.Box.X},{mask.Box.Y},{mask.Box.WidthPx},{mask.Box.HeightPx}");
    }

    [Theory]
    [InlineData(1, 1, 2, 3, "7330;")]
    [InlineData(0, 0, 1, 1, "01m0")]
    public void A_box_is_filled_as_in_the_table(double x, double y, double width, double height, string text) =>
        Assert.Equal(text, PolygonFill.FillBox(6, 5, x, y, width, height).ToCocoString());

    [Theory]
    [InlineData("0,0,4,4", MaskFault.PolygonShort, 4)]
    [InlineData("", MaskFault.PolygonShort, 0)]
    [InlineData("0,0,4,4,0", MaskFault.PolygonOdd, 4)]
    [InlineData("0,0,4,4,0,NaN", MaskFault.PolygonNotFinite, 5)]
    [InlineData("0,-Infinity,4,4,0,1", MaskFault.PolygonNotFinite, 1)]
    [InlineData("0,0,4,1e10,0,1", MaskFault.PolygonRange, 3)]
    public void A_malformed_polygon_is_refused_with_its_position(string xy, string code, long position)
    {
        var error = Assert.Throws<MaskFormatException>(() => PolygonFill.Fill(6, 5, Numbers(xy)));
        Assert.Equal((code, position), (error.Code, error.Position));
    }

    [Theory]
    [InlineData("0,0,4,4", "n0")]
    [InlineData("", "n0")]
    [InlineData("7", "n0")]
    [InlineData("1,1,1,4,4,4,4,1,99", "7330005")]
    public void Under_the_rule_of_pycocotools_a_short_polygon_is_empty_and_an_odd_number_ignored(
        string xy, string text) =>
        Assert.Equal(text, PolygonFill.Fill(6, 5, Numbers(xy), PolygonRule.Pycocotools).ToCocoString());

    [Fact]
    public void A_polygon_inside_another_does_not_make_a_hole() =>
        Assert.Equal(36, PolygonFill.Fill(9, 9, [Numbers("1,1,1,7,7,7,7,1"), Numbers("2,2,2,4,4,4,4,2")]).AreaPx);

    [Fact]
    public void A_polygon_with_more_crossings_than_memory_allows_is_refused()
    {
        double[] zigzag = [.. Enumerable.Range(0, 800).SelectMany(i => new double[] { i % 2 * 200_000, i })];
        var error = Assert.Throws<MaskFormatException>(() => PolygonFill.Fill(2, 200_000, zigzag));
        Assert.Equal((MaskFault.PolygonTooLong, 1600), (error.Code, error.Position));
    }

    [Fact]
    public void A_polygon_far_larger_than_the_picture_costs_only_the_picture() =>
        Assert.Equal(30, PolygonFill.Fill(6, 5, [-2e8, -2e8, -2e8, 2e8, 2e8, 2e8, 2e8, -2e8]).AreaPx);

    private static double[] Numbers(string list) => list.Length == 0
        ? []
        : [.. list.Split(',').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];

    private static double Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) * (1.0 / (1L << 53));
    }

    private static double Snap(double q, int mode) => mode switch
    {
        1 => Math.Floor(q),
        2 => Math.Floor(q * 100) / 100,
        3 => Math.Floor(q * 2) / 2,
        _ => q,
    };
}
