using SegPipeline.Cli;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Cli;

public sealed class PlanCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public PlanCommandTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }",
        "some: { drop: [out], sample: { count: $size } }");

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task The_plan_tells_what_is_read_and_what_is_drawn()
    {
        CliRun run = await _set.RunAsync("plan", "p.yaml");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^reader +samples +to read +chunks +largest chunk$", run.Lines[0]);
        Assert.Matches(@"^all +12 +0 +1 +0 B$", run.Lines[1]);
        Assert.Matches(@"^selector +port +chosen +first$", run.Lines[2]);
        Assert.Matches(@"^some +out +4 +\d+\.jpg$", run.Lines[3]);
        Assert.Equal(4, run.Lines.Length);
    }

    [Fact]
    public async Task The_drawn_keys_are_those_of_the_smallest_hashes_in_the_order_of_the_source()
    {
        CliRun run = await _set.RunAsync("plan", "p.yaml", "--keys", "some");
        string[] all = [.. Enumerable.Range(1, 12).Select(i => $"{i}.jpg")];
        string[] drawn = [.. all.OrderBy(key => SampleRank.Of(7, "some", key)).Take(4)];
        Assert.Equal(all.Where(drawn.Contains), run.Lines);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Keys_of_what_is_no_selector_are_a_usage_error()
    {
        CliRun run = await _set.RunAsync("plan", "p.yaml", "--keys", "all");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Equal(
            "segpipe: error: 'all' is no selector that decides before the run; there are: some\n", run.Error);
    }

    [Fact]
    public async Task A_selector_that_looks_at_samples_is_said_to_decide_later()
    {
        _set.Write(
            "all: { read.coco: { annotations: instances.json } }",
            "some: { drop: [out], sample: { count: 4, stratify: category } }");
        CliRun run = await _set.RunAsync("plan", "p.yaml");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("is decided in the run", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_are_told_where_keys_tell_them()
    {
        _set.Write(
            "all: { read.synthetic: { count: 3, frames: 2 } }",
            "stills: { to_frames: {} }",
            "videos: { drop: [out], to_video: { by: folder } }",
            "images: { read.synthetic: { count: 6 } }",
            "folders: { drop: [out], to_video: { by: member, member: width } }");
        CliRun run = await _set.RunAsync("plan", "p.yaml");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^grouping +samples +groups$", run.Lines[3]);
        Assert.Matches(@"^videos +found in the run$", run.Lines[4]);
    }
}
