using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class RunWarningsTests
{
    [Fact]
    public void Of_many_warnings_of_a_stage_the_first_are_written_and_the_others_counted()
    {
        string[] lines = Lines([.. Enumerable.Range(0, 1_234).Select(i => ("odd", $"picture {i}")), ("other", "one")]);
        Assert.Equal(StageWarnings.Most + 2, lines.Length);
        Assert.EndsWith("odd: picture 19", lines[19], StringComparison.Ordinal);
        Assert.EndsWith(
            "odd: 1,214 more warnings; MANIFEST.json of the release has them all", lines[20], StringComparison.Ordinal);
        Assert.EndsWith("other: one", lines[21], StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_warnings_as_are_written_out_need_no_further_line() =>
        Assert.Equal(20, Lines([.. Enumerable.Range(0, 20).Select(i => ("odd", $"picture {i}"))]).Length);

    private static string[] Lines((string, string)[] warnings)
    {
        var error = new StringWriter();
        LoadedPipeline pipeline = PipelineFile.Load(ShippedPipeline.PathOf("demo.yaml"), new LoadOptions());
        new Terminal(TextWriter.Null, error).WriteWarnings(
            pipeline, new RunResult(new Ledger([])) { Warnings = [.. warnings] });
        return error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
