using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("pic_9", "pic_10")]
    [InlineData("a", "b")]
    [InlineData("a", "a1")]
    [InlineData("a1b9", "a1b10")]
    [InlineData("a01", "a1")]
    [InlineData("a1", "a02")]
    [InlineData("9", "123456789012345678901234567890")]
    [InlineData("B", "a")]
    [InlineData("x/10", "x0/9")]
    public void One_name_comes_before_another(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
        Assert.Equal(0, NaturalOrder.Instance.Compare(first, first));
    }
}
