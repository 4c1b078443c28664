using SegPipeline.Cli;

namespace SegPipeline.Tests.Cli;

public sealed class TestCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public void Dispose() => _set.Dispose();

    private async Task<CliRun> RunAsync(string tests)
    {
        _set.Write("all: { read.coco: { annotations: nowhere.json } }", "clean: { drop: [out], drop_crowds: {} }");
        File.AppendAllText(_set["p.yaml"], tests);
        return await _set.RunAsync("test", "p.yaml");
    }

    private static string Test(string name, int kept) =>
        $"  - name: {name}\n" +
        "    given: { all: [ { key: a, instances: [ { id: 1, iscrowd: 1 }, { id: 2 } ] } ] }\n" +
        $"    expect: {{ clean: [ {{ key: a, instances: [ {{ id: {kept} }} ] }} ] }}\n";

    [Fact]
    public async Task Tests_that_hold_pass_without_any_data()
    {
        CliRun run = await RunAsync("tests:\n" + Test("crowds go", 2));
        Assert.Equal((0, "ok      crowds go\np.yaml: 1 test passed\n", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task A_test_that_does_not_hold_is_told_at_its_place_and_the_others_still_run()
    {
        CliRun run = await RunAsync("tests:\n" + Test("wrong", 1) + Test("right", 2));
        Assert.Equal((int)ExitCode.BadConfig, run.ExitCode);
        Assert.Equal(["failed  wrong", "ok      right", "p.yaml: 1 of 2 tests failed"], run.Lines);
        Assert.All(run.Errors, line => Assert.Matches(@"^p\.yaml:1\d:\d+: error: ", line));
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public async Task A_pipeline_without_tests_says_so()
    {
        CliRun run = await RunAsync("");
        Assert.Equal((0, "p.yaml: there are no tests\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task A_test_of_a_stage_that_is_not_there_is_a_problem_of_the_pipeline()
    {
        CliRun run = await RunAsync("tests:\n" + Test("x", 1).Replace("clean:", "claen:", StringComparison.Ordinal));
        Assert.Equal(((int)ExitCode.BadConfig, ""), (run.ExitCode, run.Out));
        Assert.Contains("did you mean 'clean'?", run.Error, StringComparison.Ordinal);
    }
}
