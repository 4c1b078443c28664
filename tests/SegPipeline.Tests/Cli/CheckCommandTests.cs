using SegPipeline.Cli;

namespace SegPipeline.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private const string Read = "all: { read.coco: { annotations: instances.json } }";
    private const string Draw = "some: { drop: [out], sample: { count: $size } }";

    private readonly CocoSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task A_sound_pipeline_has_no_problems()
    {
        _set.Write(Read, Draw);
        CliRun run = await _set.RunAsync("check", "p.yaml");
        Assert.Equal((0, "p.yaml: no problems in 2 stages\n", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task A_folder_in_place_of_a_pipeline_is_told_as_one()
    {
        CliRun run = await _set.RunAsync("check", ".");
        Assert.Equal((int)ExitCode.BadConfig, run.ExitCode);
        Assert.Contains("the file cannot be opened: it is a folder", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all: { read.coco: { annotatons: x.json } }", "p.yaml:7:23: error: ", "did you mean 'annotations'?")]
    [InlineData("all: { read.cocoa: { annotations: x.json } }", "p.yaml:7:10: error: ", "did you mean 'read.coco'?")]
    [InlineData("some: { drop: [out], sample: { count: many } }", "p.yaml:7:41: error: ", "a whole number")]
    [InlineData("some: { from: al, sample: { count: 3 } }", "p.yaml:7:17: error: ", "'al'")]
    public async Task A_problem_is_told_with_its_line_and_column(string stage, string place, string part)
    {
        _set.Write(stage);
        CliRun run = await _set.RunAsync("check", "p.yaml");
        Assert.Equal((int)ExitCode.BadConfig, run.ExitCode);
        Assert.Contains(run.Errors, line =>
            line.StartsWith(place, StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal));
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task All_problems_are_told_at_once_and_counted()
    {
        _set.Write(
            "all: { read.coco: { annotatons: instances.json, imges: x } }",
            "some: { drop: [out], sample: { count: -1 } }",
            "more: { smple: { count: 1 } }");
        CliRun run = await _set.RunAsync("check", "p.yaml");
        Assert.True(run.Errors.Length > 4, run.Error);
        Assert.All(run.Errors[..^1], line => Assert.Matches(@"^p\.yaml:\d+:\d+: error: ", line));
        Assert.Equal($"{run.Errors.Length - 1} problems", run.Errors[^1]);
    }

    [Fact]
    public async Task A_file_that_is_no_yaml_or_not_there_is_a_bad_pipeline()
    {
        _set.WriteFile("p.yaml", "stages: [");
        Assert.Equal((int)ExitCode.BadConfig, (await _set.RunAsync("check", "p.yaml")).ExitCode);
        CliRun run = await _set.RunAsync("check", "nowhere.yaml");
        Assert.Equal((int)ExitCode.BadConfig, run.ExitCode);
        Assert.StartsWith("nowhere.yaml:1:1: error: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_pipelines_are_checked_whatever_is_wrong_with_the_first()
    {
        _set.Write(Read, Draw);
        _set.WriteFile("bad.yaml", "segpipe: 1\nname: bad\nstages: {}\n");
        CliRun run = await _set.RunAsync("check", "bad.yaml", "p.yaml");
        Assert.Equal(((int)ExitCode.BadConfig, "p.yaml: no problems in 2 stages\n"), (run.ExitCode, run.Out));
        Assert.StartsWith("bad.yaml:3:9: error: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_can_be_set_and_are_checked()
    {
        _set.Write(Read, Draw);
        Assert.Equal(0, (await _set.RunAsync("check", "p.yaml", "--set", "size=2")).ExitCode);
        Assert.Equal((int)ExitCode.BadConfig, (await _set.RunAsync("check", "p.yaml", "--set", "size=0")).ExitCode);
        Assert.Equal((int)ExitCode.BadConfig, (await _set.RunAsync("check", "p.yaml", "--set", "sise=2")).ExitCode);
        CliRun run = await _set.RunAsync("check", "p.yaml", "--set", "size");
        Assert.Equal((int)ExitCode.Usage, run.ExitCode);
        Assert.Equal("segpipe: error: --set takes name=value, found 'size'", run.Errors[0]);
    }

    [Fact]
    public async Task The_data_is_only_looked_at_when_that_is_asked_for()
    {
        _set.Write("all: { drop: [out], read.coco: { annotations: instance.json } }");
        Assert.Equal(0, (await _set.RunAsync("check", "p.yaml")).ExitCode);
        CliRun run = await _set.RunAsync("check", "p.yaml", "--inputs");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.StartsWith("p.yaml:7:49: error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'instances.json'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_inputs_the_dataset_behind_each_stage_is_described()
    {
        _set.Write(Read, Draw);
        CliRun run = await _set.RunAsync("check", "p.yaml", "--inputs");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "stage  does       samples are  categories  samples",
                "all    read.coco  images                1       12",
                "some   sample     images                1        4",
            ], run.Lines[1..]);
    }

    [Fact]
    public async Task With_digests_input_files_are_compared_with_what_the_pipeline_states()
    {
        await _set.RunAsync("checksum", "make", "instances.json", "--to", "SHA256SUMS");
        _set.Write("all: { drop: [out], read.coco: { annotations: instances.json, digest: { list: SHA256SUMS } } }");
        CliRun same = await _set.RunAsync("check", "p.yaml", "--digests");
        Assert.Equal((0, ""), (same.ExitCode, same.Error));
        Assert.Equal("all: 1 file: as listed in SHA256SUMS", same.Lines[1]);
        await File.AppendAllTextAsync(_set.Annotations, " ");
        CliRun other = await _set.RunAsync("check", "p.yaml", "--digests");
        Assert.Equal((int)ExitCode.BadData, other.ExitCode);
        Assert.Contains("[DIGEST_DIFFERS]", other.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _set.RunAsync("check", "p.yaml")).ExitCode);
    }

    [Fact]
    public async Task Bad_data_is_told_by_file_and_record()
    {
        _set.WriteFile("instances.json", "{\"images\": [");
        _set.Write("all: { drop: [out], read.coco: { annotations: instances.json } }");
        CliRun run = await _set.RunAsync("check", "p.yaml", "--inputs");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.StartsWith("instances.json", run.Error, StringComparison.Ordinal);
        Assert.Matches(@" \[[A-Z_]+\]\n$", run.Error);
    }
}
