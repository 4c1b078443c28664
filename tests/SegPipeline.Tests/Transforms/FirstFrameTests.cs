using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class FirstFrameTests
{
    [Fact]
    public void Only_the_first_frame_stays_and_instances_that_come_later_are_dropped()
    {
        Segmentation shape = new MaskSegmentation(TestMasks.FirstPixels(10, 20, 4), SegmentationForm.Counts);
        Sample video = Video("v", 2,
            Object(1) with { Segmentations = [shape, Segmentation.Null] },
            Object(2) with { Segmentations = [Segmentation.Null, shape] },
            Object(3) with { Boxes = [new Box(1, 1, 2, 2), null] });

        StageResult result = new FirstFrame().Run(video);

        Assert.Equal(["1", "3"], result.OnlyIds);
        Assert.Equal([video.Frame], result.Only.Frames.ToArray());
        Assert.Equal(["InstancesDropped in no frame kept 1", "Note frames dropped 1"], result.Tallies);
    }

    [Fact]
    public void Members_with_one_value_a_frame_are_cut_down_where_they_are_named()
    {
        Instance thing = Object(3) with { Boxes = [new Box(1, 1, 2, 2), null] };
        thing = thing with { ExtraMembers = thing.ExtraMembers.Add("occlusion", "[\"slight\", null]") };

        StageResult result = new FirstFrame { PerFrame = ["occlusion"] }.Run(Video("v", 2, thing));

        Assert.Equal("[\"slight\"]", Assert.Single(result.Only.Instances).MemberText("occlusion"));
    }

    [Fact]
    public void A_video_without_frames_is_dropped() =>
        Assert.Equal(["SamplesDropped no frame kept 1"], new FirstFrame().Run(Video("v", 0)).Tallies);

    [Fact]
    public void Images_are_refused() => Assert.Equal("KIND", FailsWith(() => new FirstFrame().Run(Image("a"))));
}
