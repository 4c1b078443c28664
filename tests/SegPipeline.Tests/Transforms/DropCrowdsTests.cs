using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class DropCrowdsTests
{
    [Fact]
    public void A_crowd_is_dropped_and_counted()
    {
        StageResult result = new DropCrowds().Run(
            Image("a", Object(1) with { IsCrowd = true }, Object(2) with { IsCrowd = false }, Object(3)));

        Assert.Equal(["2", "3"], result.OnlyIds);
        Assert.Equal(["InstancesDropped crowd 1"], result.Tallies);
    }

    [Fact]
    public void A_crowd_is_dropped_whatever_its_mask_form()
    {
        Segmentation[] forms =
            [Segmentation.Missing, Segmentation.Null, Segmentation.EmptyList, .. TestMasks.InEveryForm(10, 20)];
        Instance[] crowds =
            [.. forms.Select((form, i) => Object(i) with { IsCrowd = true, Segmentations = [form] })];

        Assert.Empty(new DropCrowds().Run(Image("a", crowds)).OnlyIds);
    }

    [Fact]
    public void A_sample_without_crowds_is_passed_on_as_it_is()
    {
        Sample sample = Image("a", Object(1));

        Assert.Same(sample, new DropCrowds().Run(sample).Only);
    }

    [Fact]
    public void A_sample_left_empty_goes_on_unless_told_otherwise()
    {
        Sample onlyCrowd = Image("a", Object(1) with { IsCrowd = true });

        Assert.Empty(new DropCrowds().Run(onlyCrowd).OnlyIds);
        Assert.Equal(["SamplesDropped empty 1"], new DropCrowds { KeepEmpty = false }.Run(onlyCrowd).Tallies);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keys_stay_known_only_while_empty_samples_are_kept(bool keepEmpty) =>
        Assert.Equal(keepEmpty, new DropCrowds { KeepEmpty = keepEmpty }.KeepsSamples);
}
