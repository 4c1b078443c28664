using SegPipeline.Cli;
using SegPipeline.Pipelines.Catalogs;

namespace SegPipeline.Tests.Cli;

public sealed class StagesCommandTests
{
    private static Task<CliRun> Run(params string[] args) => CliRun.InAsync(Path.GetTempPath(), args);

    [Fact]
    public async Task The_list_has_a_line_for_every_stage()
    {
        CliRun run = await Run("stages", "list");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(StageCatalog.Default.Stages.Count + 1, run.Lines.Length);
        Assert.Contains(run.Lines, l => l.StartsWith("sample ", StringComparison.Ordinal) &&
            l.Contains(" selector ", StringComparison.Ordinal));
        Assert.Equal(run, await Run("stages"));
    }

    [Fact]
    public async Task Every_stage_can_be_described()
    {
        foreach (StageEntry stage in StageCatalog.Default.Stages)
        {
            CliRun run = await Run("stages", "describe", stage.Name);
            Assert.Equal(0, run.ExitCode);
            Assert.StartsWith(stage.Name + "  (", run.Out, StringComparison.Ordinal);
            Assert.All(stage.Keys, key => Assert.Contains($"\n  {key.Name}: ", run.Out, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_description_has_types_ranges_defaults_words_ports_and_an_example()
    {
        string page = (await Run("stages", "describe", "sample")).Out;
        foreach (string part in (string[])[
            "count: a whole number at least 1; optional", "at_most: true or false; default false",
            "fraction: a number above 0 and at most 1; optional", "      - none: By nothing",
            "ports: out", "  chosen: { sample: { count: 1000, by: image } }"])
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Split('\n'), l => l.Length > 90);
    }

    [Fact]
    public async Task A_misspelt_stage_is_a_usage_error_with_a_suggestion()
    {
        CliRun run = await Run("stages", "describe", "smple");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Equal(["segpipe: error: there is no stage 'smple'; did you mean 'sample'?"], run.Errors);
    }
}
