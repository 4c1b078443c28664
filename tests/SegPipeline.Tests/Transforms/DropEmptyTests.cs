using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class DropEmptyTests
{
    [Fact]
    public void A_sample_with_instances_goes_on() =>
        Assert.Equal(["1"], new DropEmpty().Run(Image("a", Object(1))).OnlyIds);

    [Fact]
    public void A_sample_without_instances_is_dropped_as_empty()
    {
        StageResult result = new DropEmpty().Run(Image("b"));
        Assert.Equal(["SamplesDropped empty 1"], result.Tallies);
        Assert.False(new DropEmpty().KeepsSamples);
    }
}
