using SegPipeline.Cli;

namespace SegPipeline.Tests.Cli;

public sealed class UsageTests
{
    private static Task<CliRun> Run(params string[] args) => CliRun.InAsync(Path.GetTempPath(), args);

    [Fact]
    public async Task Help_is_asked_for_and_ends_well()
    {
        foreach (string word in (string[])["--help", "-h"])
        {
            CliRun run = await Run(word);
            Assert.Equal((int)ExitCode.Ok, run.ExitCode);
            foreach (string command in (string[])["run", "check", "plan", "graph", "stages", "schema", "config", "test",
                "new", "verify"])
                Assert.Contains($"  {command}", run.Out, StringComparison.Ordinal);
            Assert.Contains("130 cancelled", run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_version_names_release_commit_and_runtime()
    {
        CliRun run = await Run("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            @"^segpipe \d+\.\d+\.\d+ \([0-9a-f]{40}\), \.NET 10\.\d+\.\d+[^,]*, [a-z]+-[a-z0-9]+\n$", run.Out);
    }

    [Fact]
    public async Task No_command_at_all_is_a_usage_error_that_shows_the_help()
    {
        CliRun run = await Run();
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Contains("Commands:", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run x.yaml --workers --quiet", "--workers takes a number above 0, found '--quiet'")]
    [InlineData("run x.yaml --workers many", "--workers takes a number above 0, found 'many'")]
    [InlineData("run x.yaml --window 0", "--window takes a number above 0, found '0'")]
    public async Task A_number_that_is_none_is_a_usage_error(string line, string error)
    {
        CliRun run = await Run(line.Split(' '));
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verif", "segpipe: error: Unrecognized command or argument 'verif'; did you mean 'verify'?",
        "See 'segpipe --help'.")]
    [InlineData("runn x.yaml --quiet",
        "segpipe: error: Unrecognized command or argument 'runn'; did you mean 'run'?", "See 'segpipe --help'.")]
    [InlineData("xylophone", "segpipe: error: Unrecognized command or argument 'xylophone'.", "See 'segpipe --help'.")]
    [InlineData("schedule runn", "segpipe: error: Unrecognized command or argument 'runn'; did you mean 'run'?",
        "See 'segpipe schedule --help'.")]
    [InlineData("inspect x --fromat=coco",
        "segpipe: error: Unrecognized command or argument '--fromat=coco'; did you mean '--format'?",
        "See 'segpipe inspect --help'.")]
    [InlineData("verify", "segpipe: error: Required argument 'release' missing for command: 'verify'.",
        "See 'segpipe verify --help'.")]
    [InlineData("completion fish", "segpipe: error: Argument 'fish' not recognized. Must be one of: 'bash' 'zsh'",
        "See 'segpipe completion --help'.")]
    [InlineData("verify x --fast", "segpipe: error: Unrecognized command or argument '--fast'.",
        "See 'segpipe verify --help'.")]
    public async Task A_wrong_command_line_is_a_usage_error_that_says_where_to_look(
        string line, string error, string hint)
    {
        CliRun run = await Run(line.Split(' '));
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Equal([error, hint], run.Errors);
        Assert.Empty(run.Out);
    }
}
