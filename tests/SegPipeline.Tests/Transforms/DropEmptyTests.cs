using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class DropEmptyTests
{
    [Fact]
    public void A_sample_without_instances_is_dropped_and_counted() =>
        Assert.Equal(["SamplesDropped empty 1"], new DropEmpty().Run(Image("a")).Tallies);

    [Fact]
    public void A_sample_with_instances_goes_on_even_if_they_have_no_masks() =>
        Assert.Equal(["1"], new DropEmpty().Run(Image("a", Object(1))).OnlyIds);
}
