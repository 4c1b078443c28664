using System.Text.Json;
using SegPipeline.Cli;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Tests.Releases;

namespace SegPipeline.Tests.Cli;

public sealed class RunCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public RunCommandTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }",
        "some: { sample: { count: $size } }",
        "clean: { drop_crowds: {} }",
        "encoded: { encode_rle: {} }",
        "set: { write.coco: { file: set.json } }");

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task A_run_publishes_a_release_that_verifies_and_says_where_it_is_and_what_is_in_it()
    {
        CliRun run = await _set.RunAsync("run", "p.yaml");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^out: released in \d+\.\d s, with [\d.]+ [MG]B of memory$", run.Lines[0]);
        Assert.Matches(@"^file +holds +size$", run.Lines[1]);
        Assert.Matches(@"^set\.json +6 annotations, 4 images +\d", run.Lines[2]);
        Assert.Contains(run.Lines, l => System.Text.RegularExpressions.Regex.IsMatch(l, @"^some +12 +4 +"));
        Assert.Contains(run.Lines, l => l.StartsWith("clean ", StringComparison.Ordinal) &&
            l.Contains("instances dropped: crowd", StringComparison.Ordinal));
        Assert.Empty(ReleaseCheck.Verify(_set["out"]).Findings);
    }

    [Fact]
    public async Task The_bytes_are_the_same_whatever_the_workers_the_window_and_the_place()
    {
        await _set.RunAsync("run", "p.yaml", "--workers", "1", "--window", "1");
        await _set.RunAsync("run", "p.yaml", "--workers", "7", "--memory", "1K", "--to", "other/place");
        var one = TestRelease.Contents(_set["out"]);
        Assert.Equal(one, TestRelease.Contents(_set["other/place"]));
        Assert.DoesNotContain(one.Values, text => text.Contains(_set.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_record_of_the_run_stands_beside_the_release()
    {
        await _set.RunAsync("run", "p.yaml", "--workers", "3");
        using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(_set["out.run.json"]));
        Assert.Equal(3, record.RootElement.GetProperty("workers").GetInt32());
        Assert.True(record.RootElement.GetProperty("peak_resident_bytes").GetInt64() > 1 << 20);
        Assert.Equal(
            FileDigest.OfFile(_set["out/MANIFEST.json"]).Sha256,
            record.RootElement.GetProperty("manifest_sha256").GetString());
    }

    [Fact]
    public async Task Machines_are_told_in_JSON_one_object_a_line()
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using JsonDocument last = JsonDocument.Parse(run.Lines[^1]);
        Assert.All(run.Lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Equal("finished", last.RootElement.GetProperty("event").GetString());
        Assert.Equal(_set["out"], last.RootElement.GetProperty("release").GetString());
        JsonElement records = last.RootElement.GetProperty("records").GetProperty("set.json");
        Assert.Equal("""{"annotations":6,"images":4}""", JsonSerializer.Serialize(records));
        Assert.Equal(5, last.RootElement.GetProperty("ledger").GetArrayLength());
    }

    [Fact]
    public async Task A_quiet_run_says_nothing_when_all_is_well()
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", "-q");
        Assert.Equal(new CliRun(0, "", ""), run);
        Assert.True(Directory.Exists(_set["out"]));
    }

    [Fact]
    public async Task Bad_data_names_its_record_and_leaves_the_old_release()
    {
        await _set.RunAsync("run", "p.yaml");
        var old = TestRelease.Contents(_set["out"]);
        string text = File.ReadAllText(_set.Annotations);
        _set.WriteFile("instances.json", text.Replace("[[1,1,1,4,4,4,4,1]]", "{\"size\":[6,8],\"counts\":[1,2]}",
            StringComparison.Ordinal));
        CliRun run = await _set.RunAsync("run", "p.yaml");
        Assert.Equal(((int)ExitCode.BadData, ""), (run.ExitCode, run.Out));
        Assert.Matches(@"^instances\.json.*: error: .*annotation \d+: .* \[[A-Z_]+\]$", run.Errors[0]);
        Assert.Equal("out is as it was before this run.", run.Errors[^1]);
        Assert.Equal(old, TestRelease.Contents(_set["out"]));

        CliRun json = await _set.RunAsync("run", "p.yaml", "--json");
        using JsonDocument last = JsonDocument.Parse(json.Lines[^1]);
        Assert.Equal(65, last.RootElement.GetProperty("exit_code").GetInt32());
        string problem = last.RootElement.GetProperty("problems")[0].GetString()!;
        Assert.Contains("annotation", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_another_run_is_writing_is_a_reason_to_try_again_later()
    {
        using ReleaseFolder other = TestRelease.Begin(_set["out"]);
        CliRun run = await _set.RunAsync("run", "p.yaml");
        Assert.Equal((int)ExitCode.Temporary, run.ExitCode);
        Assert.Equal(
            "out: error: another run is writing this release, or reading it; wait for it to end, or write to another " +
            "folder [RELEASE_LOCKED]", run.Errors[0]);
    }

    [Fact]
    public async Task A_release_is_not_replaced_while_another_run_reads_it()
    {
        await _set.RunAsync("run", "p.yaml");
        _set.WriteFile("q.yaml", """
            segpipe: 1
            name: second
            stages:
              set: { read.coco: { annotations: out/set.json } }
              out: { write.coco: { file: again.json } }
            release: { to: again }
            """);
        LoadedPipeline reading = PipelineFile.Load(_set["q.yaml"]);
        using (ReleaseLeases.Take(reading))
        {
            CliRun refused = await _set.RunAsync("run", "p.yaml");
            Assert.Equal((int)ExitCode.Temporary, refused.ExitCode);
            // Any number of runs read it.
            CliRun beside = await _set.RunAsync("run", "q.yaml");
            Assert.True(beside.ExitCode == 0, beside.Error);
        }
        CliRun after = await _set.RunAsync("run", "p.yaml");
        Assert.True(after.ExitCode == 0, after.Error);
    }

    [Fact]
    public async Task A_folder_that_is_no_release_is_not_touched()
    {
        _set.WriteFile("out/thesis.tex", "years of work");
        CliRun run = await _set.RunAsync("run", "p.yaml");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.Contains("[NOT_A_RELEASE]", run.Errors[0], StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], TestRelease.Contents(_set["out"]).Keys);
    }

    [Fact]
    public async Task A_cancelled_run_says_what_became_of_the_release()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        CliRun run = await CliRun.InAsync(_set.Path, cancel.Token, "run", "p.yaml");
        Assert.Equal((int)ExitCode.Cancelled, run.ExitCode);
        Assert.Equal(["segpipe: cancelled", "Nothing was released."], run.Errors);
    }

    [Fact]
    public async Task Missing_inputs_are_told_where_the_pipeline_names_them()
    {
        File.Delete(_set.Annotations);
        CliRun run = await _set.RunAsync("run", "p.yaml");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.StartsWith("p.yaml:7:36: error: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_that_writes_nothing_cannot_be_run()
    {
        _set.Write("all: { drop: [out], read.coco: { annotations: instances.json } }");
        CliRun run = await _set.RunAsync("run", "p.yaml");
        Assert.Equal((int)ExitCode.BadConfig, run.ExitCode);
        Assert.Contains("no stage that writes", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--workers", "0", "--workers takes a number above 0, found '0'")]
    [InlineData("--window", "-3", "--window takes a number above 0, found '-3'")]
    [InlineData("--memory", "lots", "--memory takes a size such as 512M or 2G, found 'lots'")]
    public async Task Settings_out_of_range_are_usage_errors(string option, string value, string message)
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", option, value);
        Assert.Equal(((int)ExitCode.Usage, "segpipe: error: " + message), (run.ExitCode, run.Errors[0]));
    }

    [Fact]
    public async Task After_a_run_the_graph_can_show_how_many_samples_passed()
    {
        CliRun before = await _set.RunAsync("graph", "p.yaml", "--run");
        Assert.Equal((int)ExitCode.BadData, before.ExitCode);
        await _set.RunAsync("run", "p.yaml");
        CliRun after = await _set.RunAsync("graph", "p.yaml", "--run", "-f", "mermaid");
        Assert.Contains("  n0 -->|\"12\"| n1\n  n1 -->|\"4\"| n2\n", after.Out, StringComparison.Ordinal);
    }
}
