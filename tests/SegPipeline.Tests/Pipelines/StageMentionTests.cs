using static SegPipeline.Tests.Pipelines.TestStages;

namespace SegPipeline.Tests.Pipelines;

public sealed class StageMentionTests
{
    private static string[] ProblemsIn(string small, string large = "count: 100") => ProblemsOf(Pipeline($$"""
        all: { read.test: { root: x } }
        large: { from: all, sample: { {{large}} } }
        small: { from: all, sample: { count: 10, {{small}} } }
        out: { from: [large, small], write.test: {} }
        """));

    [Fact]
    public void A_draw_can_be_nested_in_another() => Assert.Empty(ProblemsIn("nested_in: large"));

    [Theory]
    [InlineData("nested_in: larg", "count: 100", "names 'larg', and there is no such stage; did you mean 'large'?")]
    [InlineData("nested_in: all", "count: 100", "names 'all', which is no sample stage")]
    [InlineData("nested_in: large", "count: 100, nested_in: small", "which is itself nested in 'small'; name that")]
    [InlineData("nested_in: large", "count: 2, by: folder", "which draws by something else: 'by' must be the same")]
    [InlineData("nested_in: large", "count: 100, stratify: category",
        "which is stratified, and stratified draws do not nest")]
    public void A_draw_that_would_not_nest_is_reported(string small, string large, string problem) => Assert.Contains(
        ProblemsIn(small, large), p => p.EndsWith(problem, StringComparison.Ordinal) &&
            p.StartsWith("p.yaml:7:3: error: 'nested_in' of 'small' names ", StringComparison.Ordinal));
}
