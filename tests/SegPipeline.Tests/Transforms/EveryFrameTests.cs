using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class EveryFrameTests
{
    private static readonly Segmentation Shape =
        new MaskSegmentation(TestMasks.FirstPixels(10, 20, 4), SegmentationForm.Counts);

    private static Instance Track(long id, params int[] framesOfSix) => Object(id) with
    {
        Segmentations =
            [.. Enumerable.Range(0, 6).Select(f => framesOfSix.Contains(f) ? Shape : Segmentation.Null)],
        AreasPx = [.. Enumerable.Range(0, 6).Select(f => framesOfSix.Contains(f) ? (double?)(10 + f) : null)],
    };

    [Fact]
    public void Frames_are_chosen_by_their_number_so_that_gaps_do_not_shift_the_choice()
    {
        Sample video = Video("v", 6, Track(1, 0, 1, 2, 3, 4, 5));
        int[] positions = [0, 3, 4, 5, 8, 10];
        Sample gaps = video with { Frames = [.. video.Frames.Zip(positions, (f, p) => f with { Position = p })] };

        Assert.Equal([0, 5, 10], new EveryFrame { Step = 5 }.Run(gaps).Only.Frames.Select(f => f.Position));
        Assert.Equal([3, 8], new EveryFrame { Step = 5, Offset = 3 }.Run(gaps).Only.Frames.Select(f => f.Position));
    }

    [Fact]
    public void Instances_keep_what_they_have_in_the_frames_kept_and_others_are_dropped()
    {
        Sample video = Video("v", 6, Track(1, 0, 1), Track(2, 1, 2), Track(3, 3));

        StageResult result = new EveryFrame { Step = 3 }.Run(video);

        Assert.Equal(["1", "3"], result.OnlyIds);
        Assert.Equal([10, null], result.Only.Instances[0].AreasPx.ToArray());
        Assert.Equal([Segmentation.Null, Shape], result.Only.Instances[1].Segmentations.ToArray());
        Assert.Empty(result.Only.Instances[0].Boxes);
        Assert.True(result.Only.RecordChanged);
        Assert.Equal(["InstancesDropped in no frame kept 1", "Note frames dropped 4"], result.Tallies);
    }

    [Fact]
    public void An_instance_without_any_shape_box_or_area_stands_for_the_video_and_stays() =>
        Assert.Equal(["1"], new EveryFrame { Step = 3 }.Run(Video("v", 6, Object(1))).OnlyIds);

    [Fact]
    public void A_video_of_which_all_frames_stay_is_passed_on_as_it_is()
    {
        Sample video = Video("v", 6, Track(1, 0));

        Assert.Same(video, new EveryFrame { Step = 1 }.Run(video).Only);
    }

    [Fact]
    public void A_video_without_any_of_the_frames_is_dropped() => Assert.Equal(
        ["SamplesDropped no frame kept 1"], new EveryFrame { Step = 10, Offset = 9 }.Run(Video("v", 6)).Tallies);

    [Fact]
    public void A_number_of_areas_other_than_that_of_the_frames_is_an_error()
    {
        Sample video = Video("v", 6, Object(1) with { AreasPx = [1, 2] });

        Assert.Equal("FRAME_COUNT", FailsWith(() => new EveryFrame { Step = 2 }.Run(video)));
    }

    [Fact]
    public void Members_with_one_value_a_frame_are_cut_down_where_they_are_named()
    {
        Sample video = Video("v", 3, Object(1) with
        {
            Segmentations = [Shape, Segmentation.Null, Shape],
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty
                .Add("occlusion", "[\"no\", null, {\"x\": 1}]").Add("pair", "[1,2]").Add("none", "null"),
        });
        var stage = new EveryFrame { Step = 2, PerFrame = ["occlusion", "none", "absent"] };

        Instance cut = Assert.Single(stage.Run(video).Only.Instances);

        Assert.Equal("[\"no\", {\"x\": 1}]", cut.MemberText("occlusion"));
        Assert.Equal("[1,2]", cut.MemberText("pair"));
        Assert.Equal("null", cut.MemberText("none"));
        Assert.Null(cut.MemberText("absent"));
        Assert.Equal("PER_FRAME", FailsWith(() => (stage with { PerFrame = ["pair"] }).Run(video)));
    }

    [Fact]
    public void Images_are_refused() =>
        Assert.Equal("KIND", FailsWith(() => new EveryFrame { Step = 2 }.Run(Image("a"))));

    [Fact]
    public void The_offset_lies_below_the_step() => Assert.Single(new EveryFrame { Step = 2, Offset = 2 }.Check());
}
