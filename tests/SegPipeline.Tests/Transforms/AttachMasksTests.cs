using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class AttachMasksTests
{
    private static readonly Segmentation Shape =
        new MaskSegmentation(TestMasks.FirstPixels(heightPx: 10, widthPx: 20, pixels: 4), SegmentationForm.Counts);

    private static Instance Box(long id, bool isCrowd = false) =>
        Object(id) with { Boxes = [new Box(1, 2, 3, 4)], AreasPx = [12], IsCrowd = isCrowd };

    private static Instance Answer(long id, Segmentation shape) =>
        new() { Id = new RecordId(id), Segmentations = [shape] };

    [Fact]
    public void A_mask_goes_to_the_box_with_its_annotation_id_and_changes_nothing_else()
    {
        Sample boxes = Image("a", Box(1), Box(2));

        Instance[] joined = [.. new AttachMasks().Run(boxes, Image("a", Answer(2, Shape))).Only.Instances];

        Assert.Same(boxes.Instances[0], joined[0]);
        Assert.Equal(boxes.Instances[1] with { Segmentations = joined[1].Segmentations }, joined[1]);
        Assert.Equal(Shape, joined[1].Segmentation);
    }

    [Fact]
    public void Asked_valid_skipped_and_crowd_are_counted_as_raters_answer()
    {
        StageResult result = new AttachMasks().Run(
            Image("a", Box(1), Box(2), Box(3), Box(4), Box(5, isCrowd: true), Box(6)),
            Image("a", Answer(1, Shape), Answer(2, Segmentation.EmptyList), Answer(3, Segmentation.Null),
                Answer(4, Segmentation.Missing)));

        Assert.Equal(
            [
                "InstancesDropped answer attached 1", "InstancesDropped answer without a mask 3",
                "Note asked 5", "Note crowd 1", "Note skipped 4", "Note valid 1",
            ], result.Tallies);
    }

    [Fact]
    public void Boxes_without_a_mask_can_be_dropped_and_crowds_then_stay()
    {
        StageResult result = new AttachMasks { Skipped = Skipped.Drop }.Run(
            Image("a", Box(1), Box(2), Box(3, isCrowd: true)), Image("a", Answer(1, Shape)));

        Assert.Equal(["1", "3"], result.OnlyIds);
        Assert.Contains("InstancesDropped skipped 1", result.Tallies);
    }

    [Fact]
    public void A_crowd_with_an_answer_gets_its_mask_and_is_not_counted_as_asked()
    {
        StageResult result = new AttachMasks().Run(Image("a", Box(1, isCrowd: true)), Image("a", Answer(1, Shape)));

        Assert.Equal(Shape, result.Only.Instances[0].Segmentation);
        Assert.Equal(["InstancesDropped answer attached 1", "Note crowd 1"], result.Tallies);
    }

    [Fact]
    public void A_sample_without_answers_has_all_its_boxes_skipped() =>
        Assert.Equal(["Note asked 1", "Note skipped 1"], new AttachMasks().Run(Image("a", Box(1)), null).Tallies);

    [Fact]
    public void An_answer_to_no_annotation_is_warned_of_by_its_id()
    {
        var warnings = new List<string>();
        Sample[] samples = [Image("a", Box(1)), Image("a", Answer(1, Shape), Answer(9, Shape))];

        StageResult result = new AttachMasks().Run(Context with { Warn = warnings.Add }, samples);

        Assert.Equal(["answer 9 of 'a' belongs to no annotation"], warnings);
        Assert.Contains("InstancesDropped answer to no annotation 1", result.Tallies);
        Assert.Equal("ANSWER_UNKNOWN",
            FailsWith(() => new AttachMasks { UnknownAnswer = UnknownAnswer.Fail }.Run(samples)));
    }

    [Fact]
    public void Two_answers_to_one_annotation_and_answers_without_an_id_are_errors()
    {
        Sample boxes = Image("a", Box(1));

        Assert.Equal("ANSWER",
            FailsWith(() => new AttachMasks().Run(boxes, Image("a", Answer(1, Shape), Answer(1, Shape)))));
        Assert.Equal("ANSWER",
            FailsWith(() => new AttachMasks().Run(boxes, Image("a", new Instance { Segmentations = [Shape] }))));
    }

    [Fact]
    public void An_annotation_without_an_id_is_asked_and_skipped()
    {
        Sample boxes = Image("a", new Instance());

        Assert.Equal(["Note asked 1", "Note skipped 1"], new AttachMasks().Run(boxes, null).Tallies);
    }

    [Fact]
    public void Images_and_videos_do_not_join() =>
        Assert.Equal("KIND", FailsWith(() => new AttachMasks().Run(Image("a"), Video("a", 2))));
}
