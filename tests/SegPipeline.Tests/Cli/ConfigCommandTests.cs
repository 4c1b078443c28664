using SegPipeline.Cli;

namespace SegPipeline.Tests.Cli;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public ConfigCommandTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }",
        "some: { drop: [out], sample: { count: $size } }");

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task The_resolved_pipeline_is_itself_a_pipeline_of_the_same_digest()
    {
        CliRun first = await _set.RunAsync("config", "p.yaml", "--set", "size=3");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains("count: 3", first.Out, StringComparison.Ordinal);
        _set.WriteFile("q.yaml", first.Out);
        Assert.Equal(first, await _set.RunAsync("config", "q.yaml"));
        CliRun digest = await _set.RunAsync("config", "q.yaml", "--digest");
        Assert.Matches("^[0-9a-f]{64}\n$", digest.Out);
        Assert.Equal(digest, await _set.RunAsync("config", "p.yaml", "--digest", "--set", "size=3"));
        Assert.NotEqual(digest, await _set.RunAsync("config", "p.yaml", "--digest"));
    }

    [Fact]
    public async Task A_bad_pipeline_is_not_shown()
    {
        _set.Write("all: { read.cocoa: {} }");
        CliRun run = await _set.RunAsync("config", "p.yaml");
        Assert.Equal(((int)ExitCode.BadConfig, ""), (run.ExitCode, run.Out));
    }
}
