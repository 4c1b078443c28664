using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class EncodeRleTests
{
    private static readonly Mask Column = TestMasks.FirstPixels(heightPx: 10, widthPx: 20, pixels: 10);

    private static Instance Shaped(SegmentationForm form) =>
        Object(1) with { Segmentations = [new MaskSegmentation(Column, form)] };

    [Theory]
    [InlineData(SegmentationForm.Counts, RunLengthForm.Compressed, SegmentationForm.CompressedCounts)]
    [InlineData(SegmentationForm.CompressedCounts, RunLengthForm.Counts, SegmentationForm.Counts)]
    [InlineData(SegmentationForm.LabelRegion, RunLengthForm.Compressed, SegmentationForm.CompressedCounts)]
    [InlineData(SegmentationForm.LabelRegion, RunLengthForm.Counts, SegmentationForm.Counts)]
    public void Every_form_becomes_the_one_asked_for(
        SegmentationForm written, RunLengthForm asked, SegmentationForm expected)
    {
        StageResult result = new EncodeRle { Form = asked }.Run(Image("a", Shaped(written)));

        Assert.Equal(new MaskSegmentation(Column, expected), result.Only.Instances[0].Segmentation);
        Assert.Equal(["Note encoded 1"], result.Tallies);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_it_is_a_crowd_stays_as_it_is(bool? isCrowd)
    {
        Instance instance = Shaped(SegmentationForm.Counts) with { IsCrowd = isCrowd };

        Assert.Equal(isCrowd, new EncodeRle().Run(Image("a", instance)).Only.Instances[0].IsCrowd);
    }

    [Fact]
    public void What_is_in_the_form_already_is_not_touched()
    {
        Instance instance = Shaped(SegmentationForm.Counts);

        StageResult result = new EncodeRle { Form = RunLengthForm.Counts }.Run(Image("a", instance));

        Assert.Same(instance, result.Only.Instances[0]);
        Assert.Equal(["Note already in the form 1"], result.Tallies);
    }

    [Theory]
    [InlineData(SegmentationForm.Missing)]
    [InlineData(SegmentationForm.Null)]
    [InlineData(SegmentationForm.EmptyList)]
    public void An_instance_without_a_mask_keeps_its_spelling_and_is_counted(SegmentationForm form)
    {
        Instance instance = Object(1) with { Segmentations = [new NoSegmentation(form)] };

        StageResult result = new EncodeRle().Run(Image("a", instance, new Instance()));

        Assert.Same(instance, result.Only.Instances[0]);
        Assert.Equal(["Note without a mask 2"], result.Tallies);
    }

    [Fact]
    public void In_a_video_frames_without_the_object_stay_null()
    {
        Instance track = Object(1) with
        {
            Segmentations =
                [new MaskSegmentation(Column, SegmentationForm.Counts), Segmentation.Null, Segmentation.EmptyList],
        };

        var forms = new EncodeRle().Run(Video("v", 3, track)).Only.Instances[0].Segmentations.Select(s => s.Form);

        Assert.Equal([SegmentationForm.CompressedCounts, SegmentationForm.Null, SegmentationForm.EmptyList], forms);
    }

    [Fact]
    public void Area_and_box_stay_unless_they_are_to_be_measured_anew()
    {
        Instance instance = Shaped(SegmentationForm.Counts) with { AreasPx = [9.5], Boxes = [new Box(1, 1, 1, 1)] };

        Instance kept = new EncodeRle().Run(Image("a", instance)).Only.Instances[0];
        Instance measured =
            new EncodeRle { Measures = Measures.Recompute }.Run(Image("a", instance)).Only.Instances[0];

        Assert.Equal((9.5, new Box(1, 1, 1, 1)), (kept.AreaPx, kept.Box));
        Assert.Equal((10, new Box(0, 0, 1, 10)), (measured.AreaPx, measured.Box));
    }

    [Fact]
    public void Measuring_leaves_right_values_as_the_source_wrote_them()
    {
        Instance right = new EncodeRle { Measures = Measures.Recompute }
            .Run(Image("a", Shaped(SegmentationForm.CompressedCounts))).Only.Instances[0];

        Assert.Same(right, new EncodeRle { Measures = Measures.Recompute }.Run(Image("a", right)).Only.Instances[0]);
    }

    [Fact]
    public void A_mask_of_another_size_than_the_picture_is_an_error_that_names_the_annotation()
    {
        Instance wrong = Object(41) with
        {
            Segmentations = [new MaskSegmentation(Mask.Full(10, 10), SegmentationForm.Counts)],
        };

        Problem problem = Assert.Single(Assert.Throws<BadDataException>(
            () => new EncodeRle().Run(Image("a", wrong))).Problems);

        Assert.Equal(("RLE_SIZE", "annotation 41 of 'a'"), (problem.Code, problem.Record));
    }

    [Fact]
    public void A_number_of_shapes_other_than_that_of_the_frames_is_an_error() => Assert.Equal("FRAME_COUNT",
        FailsWith(() => new EncodeRle().Run(Video("v", 2, Shaped(SegmentationForm.Counts)))));

    [Fact]
    public void A_picture_without_a_size_takes_that_of_the_mask()
    {
        Sample unsized = Image("a", Shaped(SegmentationForm.Counts)) with { Frames = [new Frame("a.jpg", 0, 0)] };

        Assert.Equal(["Note encoded 1"], new EncodeRle().Run(unsized).Tallies);
    }
}
