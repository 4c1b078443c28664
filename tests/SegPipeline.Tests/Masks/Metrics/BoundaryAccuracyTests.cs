using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Masks.Morphology;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks.Metrics;

public sealed class BoundaryAccuracyTests
{
    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Radii_accuracies_and_overlap_are_those_of_OpenCV()
    {
        foreach (JsonElement c in GoldenCases.Load("boundary_accuracy.json"))
        {
            Mask truth = GoldenCases.Mask(c.GetProperty("gt")), prediction = GoldenCases.Mask(c.GetProperty("pred"));
            BoundaryAccuracy accuracy = BoundaryAccuracy.Measure(truth, prediction);
            Assert.Equal(
                c.GetProperty("radii").EnumerateArray().Select(r => r.GetInt32()),
                accuracy.Bands.Select(b => b.RadiusPx));
            foreach (var (expected, band) in c.GetProperty("boundary_accuracy").EnumerateArray().Zip(accuracy.Bands))
                Assert.Equal(Number(expected) ?? -1, band.Accuracy ?? -1, 1e-12);
            Assert.Equal(
                new PixelOverlap(c.GetProperty("intersection").GetInt64(), c.GetProperty("union").GetInt64()),
                PixelOverlap.Of(truth, prediction));
        }

        static double? Number(JsonElement e) => e.ValueKind == JsonValueKind.Null ? null : e.GetDouble();
    }

    [Fact]
    public void A_mask_is_scored_by_the_pixels_near_the_contours_of_the_truth() =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Pair, pair =>
        {
            Mask band = MaskMorphology.Gradient(pair.A, Kernel.Ellipse(3, 3));
            var (truth, prediction, near) = (new Bitmap(pair.A), new Bitmap(pair.B), new Bitmap(band));
            long correct = near.Where((x, y) => near[x, y] && truth[x, y] == prediction[x, y]).AreaPx;
            var expected = new BoundaryBand(1, band.AreaPx, correct);
            return BoundaryAccuracy.Measure(pair.A, pair.B).Bands.All(b => b == expected);
        }));

    [Theory]
    [InlineData(480, 854, "1 1 2 3 3")]
    [InlineData(3600, 5000, "1 6 12 17 23")]
    [InlineData(2048, 1600, "1 3 5 7 9")]
    [InlineData(1, 1, "1 1 1 1 1")]
    [InlineData(150, 150, "1 1 1 1 1")]
    public void Radii_grow_with_the_picture(int heightPx, int widthPx, string radii) =>
        Assert.Equal(radii, string.Join(' ', BoundaryAccuracy.RadiiPx(heightPx, widthPx)));

    [Fact]
    public void A_truth_without_contours_has_no_score()
    {
        Assert.Null(BoundaryAccuracy.Measure(Mask.Full(20, 20), Mask.Empty(20, 20)).Mean);
        Assert.Null(BoundaryAccuracy.Measure(Mask.Empty(20, 20), Mask.Full(20, 20)).Mean);
        Assert.Null(BoundaryAccuracy.Measure(Mask.Empty(0, 0), Mask.Empty(0, 0)).Mean);
        Assert.Null(BoundaryAccuracy.MeasureLabels(9, 9, Masks(), Masks((1, Mask.Full(9, 9)))).Mean);
    }

    [Fact]
    public void The_mean_is_over_the_five_bands()
    {
        Mask truth = Bitmap.Rectangle(600, 600, 100, 100, 400, 400);
        Mask off = Bitmap.Rectangle(600, 600, 102, 100, 400, 400);
        BoundaryAccuracy accuracy = BoundaryAccuracy.Measure(truth, off);
        Assert.Equal(accuracy.Bands.Sum(b => b.Accuracy!.Value) / 5, accuracy.Mean);
        Assert.Equal(1, BoundaryAccuracy.Measure(truth, truth).Mean);
    }

    [Fact]
    public void Label_images_are_scored_as_by_the_published_code()
    {
        Dictionary<uint, Mask> truth = Stripes.Labels(off: 0), prediction = Stripes.Labels(off: 1);
        Assert.Equal("1 16457 5523, 1 16457 5523, 2 39610 13282, 3 55873 18718, 3 55873 18718", Text());
        foreach (uint label in truth.Keys.Where(l => l != 0))
            prediction[label] = MaskSets.Difference(prediction[label], truth[0]);
        prediction.Remove(0);
        Assert.Equal("1 16457 8324, 1 16457 8324, 2 39610 20001, 3 55873 28201, 3 55873 28201", Text());

        string Text() => string.Join(", ", BoundaryAccuracy.MeasureLabels(480, 854, truth, prediction).Bands
            .Select(b => $"{b.RadiusPx} {b.BoundaryPx} {b.CorrectPx}"));
    }

    [Fact]
    public void Another_label_can_be_void()
    {
        Mask left = Bitmap.Rectangle(20, 20, 0, 0, 10, 20), right = Bitmap.Rectangle(20, 20, 10, 0, 20, 20);
        Dictionary<uint, Mask> truth = Masks((0, left), (255, right)), prediction = Masks((0, left));
        BoundaryAccuracy accuracy = BoundaryAccuracy.MeasureLabels(20, 20, truth, prediction, voidLabel: 255);
        Assert.Equal(new BoundaryBand(1, 20, 20), accuracy.Bands[0]);
    }

    [Fact]
    public void Void_pixels_are_neither_boundary_nor_right_or_wrong()
    {
        Mask truth = Bitmap.Rectangle(20, 20, 5, 5, 15, 15), wide = Bitmap.Rectangle(20, 20, 5, 5, 20, 15);
        Mask right = Bitmap.Rectangle(20, 20, 15, 0, 20, 20);
        Mask corner = Bitmap.Rectangle(20, 20, 0, 0, 1, 1);
        BoundaryBand all = BoundaryAccuracy.Measure(truth, wide).Bands[0];
        Assert.Equal(all, BoundaryAccuracy.Measure(truth, wide, corner).Bands[0]);
        Assert.Equal(all, BoundaryAccuracy.Measure(truth, wide, Mask.Empty(20, 20)).Bands[0]);
        BoundaryBand left = BoundaryAccuracy.Measure(truth, wide, right).Bands[0];
        Assert.Equal((all.BoundaryPx - 10, left.BoundaryPx), (left.BoundaryPx, left.CorrectPx));
    }

    [Fact]
    public void Masks_of_different_sizes_are_refused()
    {
        Assert.Throws<MaskFormatException>(() => BoundaryAccuracy.Measure(Mask.Empty(3, 4), Mask.Empty(4, 3)));
        Assert.Throws<MaskFormatException>(
            () => BoundaryAccuracy.MeasureLabels(3, 4, Masks((1, Mask.Empty(4, 3))), Masks()));
    }

    private static Dictionary<uint, Mask> Masks(params (uint Label, Mask Mask)[] masks) =>
        masks.ToDictionary(m => m.Label, m => m.Mask);
}
