using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Model;
using SegPipeline.Tests.Masks;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class EvaluateTests
{
    private static readonly Evaluate PerCategory = new() { Per = EvaluatePer.Category };

    private static readonly Evaluate Cascade = new() { Quirks = EvaluationQuirks.Cascadepsp };

    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Overlap_and_boundary_accuracy_are_those_of_the_published_code()
    {
        foreach (JsonElement c in GoldenCases.Load("boundary_accuracy.json"))
        {
            Mask gt = GoldenCases.Mask(c.GetProperty("gt")), pred = GoldenCases.Mask(c.GetProperty("pred"));
            var bands = c.GetProperty("boundary_accuracy").EnumerateArray().ToArray();

            var measures = new Evaluate { Metrics = [Metric.Iou, Metric.Mba] }
                .Run(Picture(gt), Picture(pred)).Only.Measures;

            Assert.Equal(
                new CountRatio(c.GetProperty("intersection").GetInt64(), c.GetProperty("union").GetInt64()),
                measures[0].Ratio);
            if (bands.Any(b => b.ValueKind == JsonValueKind.Null)) Assert.Null(measures[1].Value);
            else Assert.Equal(bands.Sum(b => b.GetDouble()) / 5, measures[1].Value!.Value, precision: 12);
        }
    }

    [Fact]
    public void The_truth_goes_on_with_its_measures_and_the_prediction_is_dropped()
    {
        Sample truth = Image("a", Thing(0, 4), Thing(10, 4));

        StageResult result = new Evaluate().Run(truth, Image("a", Thing(2, 4)));

        Assert.Equal(truth.Instances, result.Only.Instances);
        Assert.Equal(["iou - 8/40"], Text(result));
        Assert.Equal(["InstancesDropped compared 1"], result.Tallies);
    }

    [Fact]
    public void Per_category_every_category_of_either_side_is_measured_in_the_order_of_the_ids()
    {
        StageResult result = PerCategory.Run(
            Image("a", Thing(0, 4, category: 7), Thing(10, 4, category: 2), Thing(12, 4, category: 2)),
            Image("a", Thing(0, 4, category: 3), Thing(10, 4, category: 2)));

        Assert.Equal(["iou 2 16/24", "iou 3 0/16", "iou 7 0/16"], Text(result));
    }

    [Fact]
    public void Per_object_those_of_one_number_are_compared()
    {
        StageResult result = new Evaluate { Per = EvaluatePer.ObjectId }.Run(
            Image("a", Numbered(Thing(0, 4, category: 7), "2"), Numbered(Thing(8, 2), "1")),
            Image("a", Numbered(Thing(0, 4), "2"), Numbered(Thing(15, 2, category: 9), "3")));

        Assert.Equal(["iou 1 0/4", "iou 7 16/16", "iou 9 0/4"], Text(result));
        Assert.Equal(["1", "2", "3"], result.Only.Measures.Select(m => m.ObjectId?.JsonText));
    }

    [Fact]
    public void Void_pixels_count_for_nothing()
    {
        Sample truth = Image("a", Thing(0, 4));
        truth = truth with { Frames = [truth.Frame with { Void = Square(4, 6) }] };
        Evaluate both = new() { Metrics = [Metric.Iou, Metric.Mba, Metric.BoundaryIou] };

        Measure[] same = [.. both.Run(truth, Image("a", Thing(0, 4), Thing(4, 6))).Only.Measures];
        Assert.All(same, measure => Assert.Equal(1, measure.Value));
        Measure[] wrong = [.. both.Run(truth, Image("a", Thing(0, 5))).Only.Measures];
        Assert.Equal(new CountRatio(16, 20), wrong[0].Ratio);
        Assert.True(wrong[1].Value < 1);
    }

    [Fact]
    public void Pixels_without_a_label_can_be_void()
    {
        Sample truth = Image("a", Thing(0, 4)), prediction = Image("a", Thing(2, 8));

        Assert.Equal(["iou - 8/72"], Text(new Evaluate().Run(truth, prediction)));
        Assert.Equal(["iou - 8/16"],
            Text(new Evaluate { Unlabelled = Unlabelled.Void }.Run(truth, prediction)));
        Assert.Equal(["iou - 0/0"],
            Text(new Evaluate { Unlabelled = Unlabelled.Void }.Run(Image("a"), prediction)));
    }

    [Fact]
    public void A_truth_without_a_contour_has_no_boundary_accuracy_and_is_counted()
    {
        StageResult result = new Evaluate { Metrics = [Metric.Mba] }.Run(Image("a"), Image("a", Thing(0, 4)));

        Assert.Null(Assert.Single(result.Only.Measures).Value);
        Assert.Contains("Note truth without a contour 1", result.Tallies);
    }

    [Fact]
    public void The_boundary_accuracy_of_a_label_image_is_over_all_its_categories()
    {
        Evaluate labels = PerCategory with { Metrics = [Metric.LabelMba], Unlabelled = Unlabelled.Void };
        Sample truth = Image("a", Thing(0, 5, category: 1), Thing(5, 5, category: 2));
        Sample prediction = Image("a", Thing(0, 5, category: 2), Thing(5, 8, category: 2));

        double? expected = BoundaryAccuracy.MeasureLabels(10, 20,
            new Dictionary<uint, Mask> { [1] = Mask(0, 5), [2] = Mask(5, 5) },
            new Dictionary<uint, Mask> { [2] = MaskSets.Union(Mask(0, 5), Mask(5, 5)) }).Mean;

        Measure measure = Assert.Single(labels.Run(truth, prediction).Only.Measures);
        Assert.Equal(("label_mba", expected), (measure.Name, measure.Value));
        Assert.InRange(expected!.Value, 0.1, 0.9);
        Assert.Equal("LABELS_OVERLAP", FailsWith(() => labels.Run(
            Image("a", Thing(0, 5, category: 1), Thing(3, 5, category: 2)), prediction)));
    }

    [Fact]
    public void Boundary_overlap_is_that_of_the_boundary_iou_code()
    {
        var stage = new Evaluate { Metrics = [Metric.BoundaryIou], DilationRatio = 0.05 };
        PixelOverlap expected = BoundaryIou.Measure(Mask(0, 8), Mask(1, 8), 0.05);

        Assert.Equal(
            new CountRatio(expected.IntersectionPx, expected.UnionPx),
            stage.Run(Image("a", Thing(0, 8)), Image("a", Thing(1, 8))).Only.Measures[0].Ratio);
    }

    [Fact]
    public void Videos_are_measured_over_all_frames_and_absent_frames_count_as_empty()
    {
        Instance Track(params Segmentation[] shapes) => Object(1) with { Segmentations = [.. shapes] };
        var stage = new Evaluate { Metrics = [Metric.Iou, Metric.Mba] };

        StageResult result = stage.Run(
            Video("v", 3, Track(Square(0, 4), Segmentation.Null, Square(0, 4))),
            Video("v", 3, Track(Square(0, 4), Square(0, 4), Segmentation.Null)));

        Assert.Equal(["iou - 16/48", "mba - -"], Text(result));
        double? alone = BoundaryAccuracy.Measure(Mask(0, 4), Bitmap.Rectangle(10, 20, 0, 0, 0, 0)).Mean;
        Assert.Equal((1 + alone) / 2, result.Only.Measures[1].Value);
    }

    [Fact]
    public void A_coarse_segmentation_of_at_most_4_pixels_is_judged_in_place_of_the_prediction()
    {
        Sample truth = Image("a", Thing(0, 2)), refined = Image("a");

        StageResult small = Cascade.Run(truth, refined, Image("a", Thing(0, 2)));
        Assert.Equal(["iou - 4/4"], Text(small));
        Assert.Contains("Note judged by the coarse segmentation 1", small.Tallies);
        Assert.Equal(["iou - 0/4"], Text(Cascade.Run(truth, refined, Image("a", Thing(0, 3)))));
        Assert.Equal((3, 3), Cascade.Inputs);
        Assert.Equal((2, 3), new Evaluate().Inputs);
        Assert.Equal("NO_COARSE", FailsWith(() => Cascade.Run(truth, refined, null)));
    }

    [Fact]
    public void A_missing_prediction_is_an_error_unless_it_counts_as_empty_or_is_skipped()
    {
        Sample truth = Image("a", Thing(0, 2));
        var fault = Assert.Throws<BadDataException>(() => new Evaluate().Run(truth, null));

        Assert.Equal("there is no prediction of 'a'; give both inputs the same names, or set missing: empty or skip "
            + "[NO_PREDICTION]", fault.Problems[0].ToString());
        StageResult empty = new Evaluate { Missing = MissingPrediction.Empty }.Run(truth, null);
        Assert.Equal(["iou - 0/4"], Text(empty));
        Assert.Equal(["Note without a prediction 1"], empty.Tallies);
        Assert.Equal(["SamplesDropped no prediction 1"],
            new Evaluate { Missing = MissingPrediction.Skip }.Run(truth, null).Tallies);
    }

    [Fact]
    public void What_cannot_be_compared_is_an_error()
    {
        Sample small = Image("a") with { Frames = [new Frame("a.png", 3, 3)] };
        Assert.Equal("SIZE_DIFFERS", FailsWith(() => new Evaluate().Run(Image("a"), small)));
        Assert.Equal("KIND", FailsWith(() => new Evaluate().Run(Image("a"), Video("a", 1))));
        Assert.Equal("NOTHING_TO_MATCH", FailsWith(() =>
            new Evaluate { Per = EvaluatePer.ObjectId }.Run(Image("a", Thing(0, 2)), Image("a"))));
        Assert.Equal("NOTHING_TO_MATCH", FailsWith(() =>
            PerCategory.Run(Image("a", Thing(0, 2) with { CategoryId = null }), Image("a"))));
    }

    [Fact]
    public void Only_per_category_must_categories_mean_the_same()
    {
        DatasetInfo Info(string name) => new()
        {
            Taxonomy = new Taxonomy([new Category(new RecordId(1), name)], IsDeclared: true),
        };
        var fault = Assert.Throws<BadDataException>(() => PerCategory.Describe([Info("cat"), Info("dog")]));

        Assert.Equal("category 1 is 'cat' in the true labels and 'dog' in the predictions; bring both to one taxonomy "
            + "with map_categories [TAXONOMY_CLASH]", fault.Problems[0].ToString());
        Assert.Equal(Info("cat").Kind, new Evaluate().Describe([Info("cat"), Info("dog")]).Kind);
    }

    [Fact]
    public void Masks_of_different_sizes_in_frames_of_unknown_size_are_an_error()
    {
        Sample Unknown(int heightPx) => Image("a", Object(1) with
        {
            Segmentations = [new MaskSegmentation(SegPipeline.Masks.Mask.Full(heightPx, 4), SegmentationForm.Counts)],
        }) with
        { Frames = [new Frame("a", 0, 0)] };

        Assert.Equal("MASK_SIZE", FailsWith(() => new Evaluate().Run(Unknown(4), Unknown(5))));
    }

    [Fact]
    public void Keys_that_do_not_go_together_are_refused() => Assert.Equal(
        ["label_mba needs 'per: category'", "label_mba needs 'unlabelled: void'"],
        new Evaluate { Metrics = [Metric.LabelMba] }.Check());

    private static string[] Text(StageResult result) => [.. result.Only.Measures.Select(m =>
        $"{m.Name} {m.CategoryId?.JsonText ?? "-"} {(m.Ratio is { } r ? $"{r.Numerator}/{r.Denominator}" : "-")}")];

    private static Mask Mask(int x, int side) => Bitmap.Rectangle(10, 20, x, 0, x + side, side);

    private static MaskSegmentation Square(int x, int side) => new(Mask(x, side), SegmentationForm.Counts);

    private static Instance Thing(int x, int side, long category = 1) =>
        Object(1, category) with { Segmentations = [Square(x, side)] };

    private static Instance Numbered(Instance instance, string number) =>
        instance with { ExtraMembers = instance.ExtraMembers.Add("object_id", number) };

    private static Sample Picture(Mask mask) => new()
    {
        Key = "a",
        Frames = [new Frame("a", mask.WidthPx, mask.HeightPx)],
        Instances = [new Instance { Segmentations = [new MaskSegmentation(mask, SegmentationForm.LabelRegion)] }],
    };
}
