using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;

namespace SegPipeline.Tests.Masks.Geometry;

public sealed class MaskShapeTests
{
    [Fact]
    public void The_centroid_is_the_mean_of_the_foreground() => MaskCases.ForAll(MaskCases.AnyMask(), m =>
    {
        (int Y, int X)[] points = [.. Foreground(m)];
        if (points.Length == 0) return MaskShape.Centroid(m) is null;
        PixelPoint found = MaskShape.Centroid(m)!.Value;
        return Math.Abs(found.X - points.Average(p => p.X)) < 1e-9 &&
            Math.Abs(found.Y - points.Average(p => p.Y)) < 1e-9;
    });

    [Fact]
    public void The_perimeter_counts_the_sides_towards_background() => MaskCases.ForAll(MaskCases.AnyMask(), m =>
    {
        var points = Foreground(m).ToHashSet();
        return MaskShape.PerimeterPx(m) == points.Sum(p => new[]
        {
            (p.Y - 1, p.X), (p.Y + 1, p.X), (p.Y, p.X - 1), (p.Y, p.X + 1),
        }.Count(neighbour => !points.Contains(neighbour)));
    });

    [Fact]
    public void A_mask_of_four_thousand_million_pixels_has_a_centroid_in_the_middle_and_four_sides()
    {
        Assert.Equal(new PixelPoint(34_999.5, 29_999.5), MaskShape.Centroid(Mask.Full(60_000, 70_000)));
        Assert.Equal(new PixelPoint(.5, int.MaxValue / 2), MaskShape.Centroid(Mask.Full(int.MaxValue, 2)));
        Assert.Equal(2L * 60_000 + 2 * 70_000, MaskShape.PerimeterPx(Mask.Full(60_000, 70_000)));
    }

    private static IEnumerable<(int Y, int X)> Foreground(Mask mask)
    {
        bool[,] pixels = MaskCases.Pixels(mask);
        for (int y = 0; y < mask.HeightPx; y++)
            for (int x = 0; x < mask.WidthPx; x++)
                if (pixels[y, x]) yield return (y, x);
    }
}
