using System.Text.Json;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;
using SegPipeline.Model;
using SegPipeline.Tests.Masks;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

/// <summary>Samples are 20 x 10 pixels.</summary>
public sealed class DownsampleTests
{
    private static readonly Downsample Half = new() { Factor = 2 };

    private static Mask Rectangle(int x, int y, int width, int height) =>
        PolygonFill.FillBox(10, 20, x, y, width, height);

    private static Instance Masked(long id, Mask mask) => StageHarness.Object(id) with
    {
        Segmentations = [new MaskSegmentation(mask, SegmentationForm.Counts)],
        AreasPx = [1.5],
        Boxes = [new Box(0, 0, 1, 1)],
    };

    private static Instance With(Instance instance, string member, string json) =>
        instance with { ExtraMembers = instance.ExtraMembers.SetItem(member, json) };

    [Fact]
    public void Masks_areas_boxes_and_sizes_become_those_of_the_smaller_picture()
    {
        StageResult result = Half.Run(StageHarness.Image("a", Masked(1, Rectangle(4, 2, 6, 4))));

        Assert.True(result.Only.RecordChanged);
        Assert.Equal((10, 5, "a.jpg"),
            (result.Only.Frame.WidthPx, result.Only.Frame.HeightPx, result.Only.Frame.Name));
        Instance instance = result.Only.Instances[0];
        Assert.Equal(SegmentationForm.Counts, instance.Segmentation.Form);
        Assert.Equal(MaskResize.Coverage(Rectangle(4, 2, 6, 4), 5, 10), instance.Segmentation.ToMask(5, 10));
        Assert.Equal((6, new Box(2, 1, 3, 2)), (instance.AreaPx, instance.Box));
        Assert.Empty(result.Tallies);
    }

    [Theory]
    [InlineData(MaskReduction.Nearest, SamplePoint.Centre)]
    [InlineData(MaskReduction.Nearest, SamplePoint.TopLeft)]
    [InlineData(MaskReduction.Coverage, SamplePoint.Centre)]
    public void Each_rule_gives_the_pixels_it_is_named_after(MaskReduction rule, SamplePoint point)
    {
        Mask mask = Rectangle(3, 1, 8, 6);
        var stage = new Downsample { Factor = 3, Masks = rule, Point = point };

        Mask expected = rule == MaskReduction.Nearest
            ? MaskResize.Nearest(mask, 3, 7, point)
            : MaskResize.Coverage(mask, 3, 7);
        Assert.Equal(expected,
            stage.Run(StageHarness.Image("a", Masked(1, mask))).Only.Instances[0].Segmentation.ToMask(3, 7));
    }

    [Fact]
    public void In_a_vote_every_pixel_goes_to_one_object_and_void_takes_part()
    {
        Sample sample = StageHarness.Image("a",
            Masked(1, Rectangle(0, 0, 3, 10)), Masked(2, Rectangle(2, 0, 6, 10)));
        sample = sample with
        {
            Frames = [sample.Frame with
            {
                Void = new MaskSegmentation(Rectangle(8, 0, 12, 10), SegmentationForm.LabelRegion),
            }],
        };

        StageResult result = new Downsample { Factor = 2, Masks = MaskReduction.Vote }.Run(sample);

        Assert.Equal([5.0, 15.0], result.Only.Instances.Select(i => i.AreaPx!.Value));
        Assert.Equal(30, result.Only.Frame.Void!.ToMask(5, 10)!.AreaPx);
        Assert.Equal(["Note pixels under a later object 10"], result.Tallies);
    }

    [Theory]
    [InlineData(MaskReduction.Nearest)]
    [InlineData(MaskReduction.Coverage)]
    [InlineData(MaskReduction.Vote)]
    public void An_object_that_would_vanish_keeps_its_best_pixel(MaskReduction rule)
    {
        Sample sample = StageHarness.Image("a",
            Masked(1, MaskSets.Difference(Rectangle(0, 0, 20, 10), Rectangle(6, 4, 1, 1))),
            Masked(2, Rectangle(6, 4, 1, 1)));

        StageResult result = new Downsample { Factor = 4, Masks = rule }.Run(sample);

        Assert.Contains("Note rescued 1", result.Tallies);
        Assert.Equal((1, new Box(1, 1, 1, 1)), (result.Only.Instances[1].AreaPx, result.Only.Instances[1].Box));
        if (rule == MaskReduction.Vote) Assert.Equal(3 * 5 - 1, result.Only.Instances[0].AreaPx);
    }

    [Fact]
    public void Without_rescue_it_is_dropped_or_kept_without_a_mask_and_counted()
    {
        Sample sample = StageHarness.Image("a", Masked(1, Rectangle(6, 4, 1, 1)), Masked(2, Rectangle(0, 0, 8, 8)));
        var stage = new Downsample { Factor = 4, Rescue = false };

        StageResult dropped = stage.Run(sample), kept = (stage with { Vanished = Vanished.Keep }).Run(sample);

        Assert.Equal(["2"], dropped.OnlyIds);
        Assert.Equal(["InstancesDropped vanished 1"], dropped.Tallies);
        Assert.Equal(["1", "2"], kept.OnlyIds);
        Assert.Equal(["Note vanished 1"], kept.Tallies);
        Assert.Equal(SegmentationForm.EmptyList, kept.Only.Instances[0].Segmentation.Form);
    }

    [Fact]
    public void Objects_that_come_to_share_pixels_or_to_be_equal_are_counted()
    {
        Sample sample = StageHarness.Image("a", Masked(1, Rectangle(4, 4, 1, 2)), Masked(2, Rectangle(5, 4, 1, 2)));

        Assert.Equal(["Note pixels newly in several objects 1", "Note same pixels as another object 1"],
            Half.Run(sample).Tallies);
    }

    [Fact]
    public void Polygons_boxes_and_keypoints_are_scaled_unrounded()
    {
        Instance polygon = With(StageHarness.Object(1) with
        {
            Segmentations = [new PolygonSegmentation([[1, 1, 7, 1, 7, 8.5]])],
            AreasPx = [22.5],
            Boxes = [new Box(1, 1, 6, 7.5)],
        }, "keypoints", "[3,5,2, 0,0,0]");

        Instance scaled = new Downsample { Longest = 10 }.Run(StageHarness.Image("a", polygon)).Only.Instances[0];

        Assert.Equal([0.5, 0.5, 3.5, 0.5, 3.5, 4.25], ((PolygonSegmentation)scaled.Segmentation).Parts[0].ToArray());
        Assert.Equal((5.625, new Box(0.5, 0.5, 3, 3.75)), (scaled.AreaPx, scaled.Box));
        Assert.Equal("[1.5,2.5,2,0,0,0]", scaled.MemberText("keypoints"));
    }

    [Fact]
    public void Polygons_can_be_filled_first()
    {
        Instance polygon = StageHarness.Object(1) with
        {
            Segmentations = [new PolygonSegmentation([[0, 0, 8, 0, 8, 8, 0, 8]])],
        };

        Instance filled = (Half with { Polygons = PolygonReduction.Rasterise })
            .Run(StageHarness.Image("a", polygon)).Only.Instances[0];

        Assert.Equal((SegmentationForm.CompressedCounts, 16), (filled.Segmentation.Form, filled.AreaPx));
    }

    [Fact]
    public void What_is_small_enough_is_passed_on_untouched()
    {
        Sample sample = StageHarness.Image("a", Masked(1, Rectangle(0, 0, 2, 2)));

        StageResult result = new Downsample { Longest = 20 }.Run(sample);

        Assert.Same(sample, result.Only);
        Assert.Equal(["Note small enough 1"], result.Tallies);
    }

    [Fact]
    public void In_a_video_an_object_vanishes_frame_by_frame()
    {
        Instance moving = With(StageHarness.Object(1) with
        {
            Segmentations =
            [
                new MaskSegmentation(Rectangle(0, 0, 8, 8), SegmentationForm.CompressedCounts),
                new MaskSegmentation(Rectangle(1, 1, 1, 1), SegmentationForm.CompressedCounts), Segmentation.Null,
            ],
        }, "width", "20");

        StageResult result = (Half with { Rescue = false }).Run(StageHarness.Video("v", 3, moving));

        Assert.Equal(["Note vanished from a frame 1"], result.Tallies);
        Instance instance = result.Only.Instances[0];
        Assert.Equal([SegmentationForm.CompressedCounts, SegmentationForm.Null, SegmentationForm.Null],
            instance.Segmentations.Select(s => s.Form));
        Assert.Equal([16.0, null, null], instance.AreasPx.ToArray());
        Assert.Equal("10", instance.MemberText("width"));
    }

    [Fact]
    public void Sizes_are_rounded_half_up_and_never_grow()
    {
        static (int, int) Size(Downsample stage) => DownsampledSize.Of(stage, 641, 99);

        Assert.Equal((321, 50), Size(new Downsample { Factor = 2 }));
        Assert.Equal((256, 40), Size(new Downsample { Factor = 2.5 }));
        Assert.Equal((1, 1), Size(new Downsample { Factor = 2000 }));
        Assert.Equal((320, 49), Size(new Downsample { Longest = 320 }));
        Assert.Equal((320, 49), Size(new Downsample { Width = 320 }));
        Assert.Equal((324, 50), Size(new Downsample { Height = 50 }));
        Assert.Equal((320, 99), Size(new Downsample { Width = 320, Height = 100 }));
    }

    [Fact]
    public void Exactly_one_way_to_say_the_size_is_taken()
    {
        Assert.Single(new Downsample().Check());
        Assert.Single(new Downsample { Factor = 2, Longest = 3 }.Check());
        Assert.Single(new Downsample { Factor = 2, Point = SamplePoint.TopLeft }.Check());
        Assert.Empty(new Downsample { Width = 2, Height = 3 }.Check());
    }

    [Fact]
    public void A_mask_of_another_size_than_its_frame_or_a_frame_of_no_size_is_an_error()
    {
        Sample wrong = StageHarness.Image("a", Masked(1, Mask.Full(4, 4)));
        Sample unknown = wrong with { Frames = [new Frame("a.jpg", 0, 0)] };

        Assert.Equal("RLE_SIZE", StageHarness.FailsWith(() => Half.Run(wrong)));
        Assert.Equal("FRAME_SIZE", StageHarness.FailsWith(() => Half.Run(unknown)));
        Assert.Equal("KEYPOINTS", StageHarness.FailsWith(() =>
            Half.Run(StageHarness.Image("a", With(StageHarness.Object(1), "keypoints", "[\"x\"]")))));
    }

    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Masks_are_those_of_the_reference_tools()
    {
        foreach (JsonElement c in GoldenCases.Load("downsample.json"))
        {
            Mask mask = GoldenCases.Mask(c.GetProperty("mask"));
            int factor = c.GetProperty("factor").GetInt32();
            int height = mask.HeightPx / factor, width = mask.WidthPx / factor;
            var stage = new Downsample { Width = width, Height = height, Rescue = false, Vanished = Vanished.Keep };
            Sample sample = StageHarness.Image("a", Masked(1, mask)) with
            {
                Frames = [new Frame("a.jpg", mask.WidthPx, mask.HeightPx)],
            };
            foreach ((MaskReduction rule, string name) in new[]
                { (MaskReduction.Nearest, "nearest_centre"), (MaskReduction.Coverage, "coverage_half") })
            {
                Segmentation shape = (stage with { Masks = rule }).Run(sample).Only.Instances[0].Segmentation;
                Assert.Equal(GoldenCases.Text(c.GetProperty(name)),
                    (shape.ToMask(height, width) ?? Mask.Empty(height, width)).ToCocoString());
            }
        }
    }
}
