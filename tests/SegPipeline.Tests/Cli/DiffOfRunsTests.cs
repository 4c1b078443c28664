using System.Text.Json.Nodes;

namespace SegPipeline.Tests.Cli;

/// <summary>Two finished runs are held against each other by what flowed through them.</summary>
public sealed class DiffOfRunsTests : IDisposable
{
    private readonly CocoSet _set = new(images: 80);

    public DiffOfRunsTests() => Write("a.json", "area < 100");

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task The_first_chunk_port_and_sample_are_named_and_the_record_of_the_file()
    {
        await RunAsync("one");
        Write("a.json", "id != 82");
        await RunAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("what flowed\n  first difference: chunk 1, some.out, sample '41.jpg': its frames, members or " +
            "annotations differ\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(", in annotation 83 of '42.jpg', written by 'out', chunk 1\n", run.Out,
            StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse((await _set.RunAsync("diff", "one", "two", "--json")).Out)!;
        Assert.Equal((1, "some.out", "41.jpg"), ((int)json["flow"]!["first"]!["chunk"]!,
            (string?)json["flow"]!["first"]!["edge"], (string?)json["flow"]!["first"]!["key"]));
        JsonNode file = json["files"]!.AsArray().Single(f => (string?)f!["name"] == "a.json")!;
        Assert.Equal(("out", 1, "42.jpg", "83"), ((string?)file["stage"], (int)file["chunk"]!,
            (string?)file["record"]!["key"], (string?)file["record"]!["instance"]));
    }

    [Fact]
    public async Task Stages_that_only_one_run_has_are_passed_over()
    {
        await RunAsync("one");
        Write("a.json", "area < 100", "more: { filter: { where: id != 101 } }");
        await RunAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Contains("first difference: chunk 1, out: what the writer encoded differs\n", run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_that_flowed_is_the_same_it_is_said()
    {
        await RunAsync("one");
        Write("b.json", "area < 100");
        await RunAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Contains("what flowed\n  the same at every port of every chunk\n", run.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^  b.json: added, [^,]+, written by 'out'$", run.Out);
    }

    [Fact]
    public async Task Runs_over_other_files_are_not_compared_stage_by_stage_but_by_their_data()
    {
        await RunAsync("one");
        _set.WriteFile("instances.json", File.ReadAllText(_set.Annotations).Replace(
            "\"id\":90,\"image_id\":45,\"category_id\":1,\"iscrowd\":1",
            "\"id\":90,\"image_id\":45,\"category_id\":1,\"iscrowd\":0", StringComparison.Ordinal));
        await RunAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Contains("cannot be compared: 'all' read other files, so what differs begins there", run.Out,
            StringComparison.Ordinal);
        Assert.Contains(", in annotation 90 of '45.jpg', written by 'out', chunk 1\n", run.Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("torn")]
    [InlineData("of another release")]
    public async Task Without_a_trace_of_its_own_it_is_said_how_to_get_one_and_the_record_is_named(string fault)
    {
        await RunAsync("one");
        Write("a.json", "id != 82");
        await RunAsync("two");
        string trace = _set["one.trace"];
        if (fault == "missing") File.Delete(trace);
        else if (fault == "torn") File.WriteAllBytes(trace, File.ReadAllBytes(trace)[..20]);
        else File.Copy(_set["two.trace"], trace, overwrite: true);
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("cannot be compared: one has no trace beside it that is its own (NAME.trace); every run " +
            "leaves one", run.Out, StringComparison.Ordinal);
        Assert.Contains(", in annotation 83 of '42.jpg', written by 'out', chunk 1\n", run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_is_damaged_further_on_is_not_taken_for_a_shorter_run()
    {
        await RunAsync("one");
        Write("b.json", "area < 100");
        await RunAsync("two");
        byte[] bytes = File.ReadAllBytes(_set["one.trace"]);
        bytes[^5] ^= 1;
        File.WriteAllBytes(_set["one.trace"], bytes);
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Contains("cannot be compared: one has no trace beside it", run.Out, StringComparison.Ordinal);
    }

    private void Write(string file, string where, params string[] more) => _set.Write([
        "all: { read.coco: { annotations: instances.json } }", $"some: {{ filter: {{ where: '{where}' }} }}", .. more,
        $"out: {{ write.coco: {{ file: {file} }} }}"]);

    private async Task RunAsync(string to)
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", "-q", "--to", to);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }
}
