using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Tests.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Metrics;

public sealed class DavisMeasuresTests
{
    [Fact]
    public void J_and_F_are_those_of_the_published_code()
    {
        Mask truth = Stripes.Labels(off: 0)[2], prediction = Stripes.Labels(off: 1)[2];
        Assert.Equal(0.6904891933935723, DavisMeasures.RegionSimilarity(truth, prediction), 12);
        Assert.Equal(0.6613521695257316, DavisMeasures.RegionSimilarity(truth, prediction, Stripes.Void), 12);
        Assert.Equal(0.8624962145362215, DavisMeasures.ContourAccuracy(truth, prediction), 12);
        Assert.Equal(0.9036675423891357, DavisMeasures.ContourAccuracy(truth, prediction, Stripes.Void), 12);
        Assert.Equal(8258, DavisMeasures.Contour(truth).AreaPx);
        Assert.Equal(8295, DavisMeasures.Contour(prediction).AreaPx);
    }

    [Fact]
    public void A_contour_pixel_differs_from_its_neighbours_right_and_below() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, mask =>
        {
            var pixels = new Bitmap(mask);
            int lastX = mask.WidthPx - 1, lastY = mask.HeightPx - 1;
            return DavisMeasures.Contour(mask).Equals(pixels.Where((x, y) =>
                x == lastX && y == lastY ? false
                : x == lastX ? pixels[x, y] != pixels[x, y + 1]
                : y == lastY ? pixels[x, y] != pixels[x + 1, y]
                : pixels[x, y] != pixels[x + 1, y] || pixels[x, y] != pixels[x, y + 1]
                    || pixels[x, y] != pixels[x + 1, y + 1]));
        }));

    [Fact]
    public void Precision_and_recall_count_contour_pixels_within_the_radius() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Triple, Gen.Choose(1, 3).ToArbitrary(), (masks, radius) =>
        {
            Mask truth = MaskSets.Difference(masks.A, masks.Void);
            double expected = ByDistance(truth, MaskSets.Difference(masks.B, masks.Void), radius);
            return Math.Abs(DavisMeasures.ContourAccuracy(masks.A, masks.B, masks.Void, radius) - expected) < 1e-12;
        }));

    [Fact]
    public void Empty_masks_are_perfect_and_a_missing_object_is_worth_nothing()
    {
        Mask none = Mask.Empty(9, 9), some = Bitmap.Rectangle(9, 9, 2, 2, 6, 6);
        Assert.Equal((1, 1), (DavisMeasures.RegionSimilarity(none, none), DavisMeasures.ContourAccuracy(none, none)));
        Assert.Equal((0, 0), (DavisMeasures.RegionSimilarity(some, none), DavisMeasures.ContourAccuracy(some, none)));
        Assert.Equal((0, 0), (DavisMeasures.RegionSimilarity(none, some), DavisMeasures.ContourAccuracy(none, some)));
        Assert.Equal((1, 1), (DavisMeasures.RegionSimilarity(some, some), DavisMeasures.ContourAccuracy(some, some)));
    }

    [Fact]
    public void Masks_of_different_sizes_are_refused()
    {
        Assert.Throws<MaskFormatException>(() => DavisMeasures.RegionSimilarity(Mask.Empty(3, 4), Mask.Empty(4, 3)));
        Assert.Throws<MaskFormatException>(() => DavisMeasures.ContourAccuracy(Mask.Empty(3, 4), Mask.Empty(4, 3)));
        Assert.Throws<MaskFormatException>(
            () => DavisMeasures.ContourAccuracy(Mask.Empty(3, 4), Mask.Empty(3, 4), Mask.Empty(4, 3)));
    }

    private static double ByDistance(Mask truth, Mask prediction, int radius)
    {
        var expected = Points(DavisMeasures.Contour(truth));
        var found = Points(DavisMeasures.Contour(prediction));
        double precision = expected.Count == 0 && found.Count > 0 ? 0 : Share(found, expected, radius);
        double recall = found.Count == 0 && expected.Count > 0 ? 0 : Share(expected, found, radius);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static double Share(List<(int X, int Y)> of, List<(int X, int Y)> near, int radius) => of.Count == 0
        ? 1
        : of.Count(p => near.Any(q => (p.X - q.X) * (p.X - q.X) + (p.Y - q.Y) * (p.Y - q.Y) <= radius * radius))
            / (double)of.Count;

    private static List<(int X, int Y)> Points(Mask mask)
    {
        var pixels = new Bitmap(mask);
        return [.. from x in Enumerable.Range(0, mask.WidthPx)
                   from y in Enumerable.Range(0, mask.HeightPx)
                   where pixels[x, y]
                   select (x, y)];
    }
}
