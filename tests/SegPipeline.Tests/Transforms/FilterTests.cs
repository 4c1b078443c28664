using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using SegPipeline.Transforms.Conditions;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class FilterTests
{
    private static readonly Sample Two =
        Image("a", Object(1) with { AreasPx = [10] }, Object(2) with { AreasPx = [20] });

    private static Filter Where(string condition) => new() { Where = Condition.Parse(condition) };

    [Fact]
    public void Instances_for_which_the_condition_fails_are_dropped_under_the_given_reason()
    {
        StageResult result = (Where("area > 15") with { Reason = "small" }).Run(Two);

        Assert.Equal(["2"], result.OnlyIds);
        Assert.Equal(["InstancesDropped small 1"], result.Tallies);
    }

    [Fact]
    public void Samples_for_which_the_condition_fails_are_dropped()
    {
        Filter wide = Where("width > 15") with { Of = FilterOf.Samples };

        Assert.Same(Two, wide.Run(Two).Only);
        Assert.Equal(["SamplesDropped filtered out 1"],
            (Where("width > 50") with { Of = FilterOf.Samples }).Run(Two).Tallies);
    }

    [Fact]
    public void Samples_left_empty_go_on_unless_told_otherwise()
    {
        Assert.Empty(Where("area > 99").Run(Two).OnlyIds);
        Assert.Equal(["SamplesDropped empty 1"], (Where("area > 99") with { KeepEmpty = false }).Run(Two).Tallies);
    }

    [Fact]
    public void An_area_that_the_source_does_not_give_is_that_of_the_mask()
    {
        Instance masked = Object(1) with
        {
            Segmentations =
                [new MaskSegmentation(TestMasks.FirstPixels(10, 20, pixels: 12), SegmentationForm.Counts)],
        };

        Assert.Equal(["1"], Where("area == 12 and bbox.width == 2 and has_mask").Run(Image("a", masked)).OnlyIds);
    }

    [Fact]
    public void The_area_of_a_video_is_the_mean_over_the_frames_that_have_one()
    {
        Instance track = Object(1) with
        {
            AreasPx = [10, null, 20],
            Boxes = [null, new Box(1, 1, 5, 5), null],
        };

        Assert.Equal(["1"], Where("area == 15 and bbox.width == 5").Run(Video("v", 3, track)).OnlyIds);
    }

    [Fact]
    public void It_is_counted_how_often_a_member_is_missing()
    {
        StageResult result = Where("isfake == 1").Run(Two);

        Assert.Contains("Note without 'isfake' 2", result.Tallies);
    }

    [Fact]
    public void A_name_that_looks_like_a_mistyped_field_is_warned_of()
    {
        var warnings = new List<string>();

        Where("aera > 5 and isfake == 0").Prepare(new DatasetInfo(), Context with { Warn = warnings.Add });

        Assert.Equal(["'aera' is read as a member of the record; did you mean 'area'?"], warnings);
    }

    [Fact]
    public void What_cannot_be_right_is_reported_with_its_place()
    {
        Assert.Equal(["'where' column 1: the condition needs something that is true or false, this is a number"],
            Where("area").Check());
        Assert.Single((Where("width > 1") with { Of = FilterOf.Samples, KeepEmpty = false }).Check());
    }

    [Fact]
    public void Keys_stay_known_only_while_no_sample_is_dropped()
    {
        Assert.True(Where("area > 1").KeepsSamples);
        Assert.False((Where("area > 1") with { KeepEmpty = false }).KeepsSamples);
        Assert.False((Where("width > 1") with { Of = FilterOf.Samples }).KeepsSamples);
    }
}
