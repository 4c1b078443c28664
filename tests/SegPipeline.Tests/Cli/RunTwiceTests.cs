using SegPipeline.Cli;
using SegPipeline.Engine;
using SegPipeline.Engine.Tracing;
using SegPipeline.Pipelines;
using SegPipeline.Tests.Engine.Support;

namespace SegPipeline.Tests.Cli;

public sealed class RunTwiceTests : IDisposable
{
    private readonly CocoSet _set = new(images: 80);

    public RunTwiceTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }", "clean: { drop_crowds: {} }",
        "encoded: { encode_rle: {} }", "out: { write.coco: { file: a.json } }");

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task Equal_runs_publish_the_release_that_one_run_makes_and_leave_nothing_else()
    {
        await _set.RunAsync("run", "p.yaml", "-q", "--to", "once");
        CliRun run = await _set.RunAsync("run", "p.yaml", "--twice", "--workers", "3", "--to", "twice");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("same bytes in two runs: 1 worker with window 1, 3 workers with window 16", run.Errors);
        Assert.Equal(0, (await _set.RunAsync("diff", "once", "twice")).ExitCode);
        string[] left = [.. Directory.EnumerateFileSystemEntries(_set.Path).Select(p => Path.GetFileName(p)!)
            .Where(name => name.StartsWith('.')).Order(StringComparer.Ordinal)];
        Assert.Equal([".once.lock", ".twice.lock"], left);
    }

    [Fact]
    public async Task Runs_that_differ_publish_nothing_and_name_the_port_and_sample()
    {
        await _set.RunAsync("run", "p.yaml", "-q");
        byte[] before = File.ReadAllBytes(_set["out/SHA256SUMS"]);
        int seen = 0;
        LoadedPipeline pipeline = PipelineFile.Load(_set["p.yaml"]);
        // 80 samples pass in the first run; in the second one of them is another.
        var wavering = new Apply((sample, output) =>
        {
            bool isOther = Interlocked.Increment(ref seen) > 80 && sample.Key == "40.jpg";
            output.Emit(isOther ? sample with { ExtraMembers = sample.ExtraMembers.Add("x", "1") } : sample);
        });
        var nodes = pipeline.Graph!.Nodes;
        pipeline = pipeline with
        {
            Graph = pipeline.Graph with { Nodes = nodes.SetItem(1, nodes[1] with { Stage = wavering }) },
        };
        var execution = new TwiceExecution(
            pipeline, new RunSettings(2, 8, 1 << 20, Journal: null), TimeProvider.System);
        RunsDifferException differ = await Assert.ThrowsAsync<RunsDifferException>(
            () => execution.RunAsync(_ => { }, CancellationToken.None));
        Assert.Equal(
            "the two runs differ: chunk 1, clean.out, sample '40.jpg': its frames or members differ", differ.Message);
        Assert.Equal(before, File.ReadAllBytes(_set["out/SHA256SUMS"]));
        Assert.False(Directory.Exists(_set[".out.once"]));
        CliRun told = Told(differ);
        Assert.Equal((int)ExitCode.Fault, told.ExitCode);
        Assert.DoesNotContain("   at ", told.Error, StringComparison.Ordinal);
        Assert.Contains("[RUNS_DIFFER]", told.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_cannot_be_resumed_twice()
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", "--twice", "--resume");
        Assert.Equal(((int)ExitCode.Usage,
            "segpipe: error: --twice compares two whole runs, so it cannot --resume one"),
            (run.ExitCode, run.Errors[0]));
    }

    private static CliRun Told(Exception failure)
    {
        var terminal = CliRun.Captured();
        int code = (int)Failure.Report(failure, terminal);
        return new CliRun(code, terminal.Out.ToString()!, terminal.Error.ToString()!);
    }
}
