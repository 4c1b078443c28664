using SegPipeline.Model;

namespace SegPipeline.Tests.Model;

public class CountedTests
{
    [Theory]
    [InlineData(0, "0 videos")]
    [InlineData(1, "1 video")]
    [InlineData(12836, "12836 videos")]
    public void A_noun_follows_its_count(long count, string text) => Assert.Equal(text, Counted.Of(count, "video"));

    [Theory]
    [InlineData(1, "1 entry is")]
    [InlineData(2, "2 entries are")]
    public void A_verb_follows_its_count(long count, string text) =>
        Assert.Equal(text, Counted.Of(count, "entry is", "entries are"));
}
