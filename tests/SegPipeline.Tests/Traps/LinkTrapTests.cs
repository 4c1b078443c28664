using SegPipeline.Engine.Journal;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>Links that stand where a run will write, and lead to files of somebody else.</summary>
public sealed class LinkTrapTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public LinkTrapTests()
    {
        foreach (string file in (string[])["journal", "old/kept.txt", "files/kept.txt", "scratch/1", "kept.txt"])
            _temp.Write("theirs/" + file, "theirs");
        Directory.CreateDirectory(_temp["ours"]);
        _temp.Write("ours/p.yaml", """
            segpipe: 1
            name: p
            stages:
              in: { read.synthetic: { count: 12, width: 32, height: 24 } }
              out: { write.voc: { set: val, images: copy } }
            release: { to: out }
            """);
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(".out.partial-000000000000", "run")]
    [InlineData(".out.partial-000000000000", "resume")]
    [InlineData("out.run.json", "run")]
    [InlineData("out.run.json.partial", "run")]
    [InlineData("out.journal", "run")]
    [InlineData(".out.lock", "run")]
    public async Task A_link_beside_the_release_leads_no_run_elsewhere(string name, string command)
    {
        bool isFolder = name.Contains("partial-", StringComparison.Ordinal);
        if (isFolder) Directory.CreateSymbolicLink(_temp["ours/" + name], _temp["theirs"]);
        else File.CreateSymbolicLink(_temp["ours/" + name], _temp["theirs/kept.txt"]);
        CliRun run = await CliRun.InAsync(_temp["ours"], command, "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        AssertTheirsIsAsItWas();
    }

    [Fact]
    public async Task A_link_within_the_release_that_is_replaced_leads_no_run_elsewhere()
    {
        Assert.Equal(0, (await CliRun.InAsync(_temp["ours"], "run", "p.yaml")).ExitCode);
        string[] before = TestRelease.Entries(_temp["ours"]);
        Directory.Delete(_temp["ours/out/SegmentationClass"], recursive: true);
        Directory.CreateSymbolicLink(_temp["ours/out/SegmentationClass"], _temp["theirs"]);
        CliRun run = await CliRun.InAsync(_temp["ours"], "run", "p.yaml");
        Assert.Equal("out: error: the release holds files that no run put there: 'SegmentationClass'; move them " +
            "away, or choose another folder with 'release: to:' or --to [NOT_A_RELEASE]",
            run.Errors[0].Replace(_temp["ours"] + "/", "", StringComparison.Ordinal));
        Assert.Equal(before, TestRelease.Entries(_temp["ours"]));
        AssertTheirsIsAsItWas();
    }

    [Fact]
    public async Task A_link_in_what_an_interrupted_run_left_leads_the_next_one_nowhere()
    {
        var pipeline = new ResumablePipeline(_temp,
            "in: { read.synthetic: { count: 24, width: 32, height: 24 } }", "out: { write.voc: { set: val } }");
        await pipeline.InterruptAsync("out", JournalStart.Anew, workers: 2, afterSamples: 9);
        string staging = Assert.Single(Directory.GetDirectories(_temp.Path, ".out.partial-*"));
        Directory.CreateSymbolicLink(Path.Combine(staging, "files", "JPEGImages"), _temp["theirs"]);
        await pipeline.RunAsync("out", JournalStart.Resume, workers: 2);
        Assert.False(Path.Exists(_temp["out/JPEGImages"]));
        AssertTheirsIsAsItWas();
    }

    private void AssertTheirsIsAsItWas()
    {
        var files = TestRelease.Contents(_temp["theirs"]);
        Assert.Equal(["files/kept.txt", "journal", "kept.txt", "old/kept.txt", "scratch/1"], files.Keys);
        Assert.All(files.Values, text => Assert.Equal("theirs", text));
        Assert.Equal(["files", "journal", "kept.txt", "old", "scratch"], TestRelease.Entries(_temp["theirs"]));
    }
}
