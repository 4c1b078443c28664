using SegPipeline.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A replay makes the release that a whole run over the corrected data makes, whatever was
/// corrected.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const int Images = 160;

    private readonly TempFolder _temp = new();

    public ReplayCommandTests()
    {
        for (int i = 0; i < Images; i++) _temp.WriteGrey(Label(i), i % 2 == 0 ? "12/22" : "11/30");
        Pipeline("flatten: {}");
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task What_was_corrected_is_merged_and_all_other_chunks_are_taken_from_the_run_before()
    {
        _temp.Write(Label(70), "no picture");
        CliRun first = await RunAsync("run", "p.yaml");
        Assert.Equal(0, first.ExitCode);
        Assert.Single(File.ReadAllLines(_temp["out/rejects.jsonl"]));
        Assert.True(File.Exists(_temp["out.journal"]));
        _temp.WriteGrey(Label(70), "22/13");
        // The first chunk, which carries what is wrong with a dataset as a whole, passes always.
        await ReplayedLikeAWholeRunAsync("replay: 18 of 20 chunks were taken from the run before");
        Assert.Empty(File.ReadAllLines(_temp["out/rejects.jsonl"]));
        Assert.False(File.Exists(_temp["out.journal"]));
    }

    [Fact]
    public async Task Label_images_that_changed_without_having_been_rejected_are_read_again_too()
    {
        _temp.Write(Label(70), "no picture");
        await RunAsync("run", "p.yaml");
        _temp.WriteGrey(Label(70), "22/13");
        _temp.WriteGrey(Label(150), "33/31");
        await ReplayedLikeAWholeRunAsync("replay: 17 of 20 chunks were taken from the run before");
    }

    [Fact]
    public async Task A_replay_that_still_rejects_can_be_followed_by_another()
    {
        _temp.Write(Label(70), "no picture");
        _temp.Write(Label(100), "no picture either");
        await RunAsync("run", "p.yaml");
        _temp.WriteGrey(Label(70), "22/13");
        await ReplayedLikeAWholeRunAsync("replay: 17 of 20 chunks were taken from the run before");
        Assert.Single(File.ReadAllLines(_temp["out/rejects.jsonl"]));
        _temp.WriteGrey(Label(100), "22/13");
        await ReplayedLikeAWholeRunAsync("replay: 18 of 20 chunks were taken from the run before");
        Assert.Empty(File.ReadAllLines(_temp["out/rejects.jsonl"]));
    }

    [Fact]
    public async Task A_file_of_the_release_that_is_not_as_it_was_is_made_again()
    {
        _temp.Write(Label(70), "no picture");
        await RunAsync("run", "p.yaml");
        _temp.WriteGrey(Label(70), "22/13");
        File.AppendAllText(_temp["out/annotations/130.png"], "x");
        await ReplayedLikeAWholeRunAsync("replay: 17 of 20 chunks were taken from the run before");
    }

    [Fact]
    public async Task Images_that_came_or_went_change_the_plan_and_everything_runs_again()
    {
        _temp.Write(Label(70), "no picture");
        await RunAsync("run", "p.yaml");
        File.Delete(_temp[Label(70)]);
        await ReplayedLikeAWholeRunAsync($"replay: everything was run again, as {_temp[Label(70)]} has changed, " +
            "which any sample can depend on");
    }

    [Fact]
    public async Task Where_one_file_holds_all_records_everything_runs_again()
    {
        using var set = new CocoSet(images: 100);
        set.Write(
            "all: { read.coco: { annotations: instances.json } }", "encoded: { on_error: reject, encode_rle: {} }",
            "out: { write.coco: { file: a.json } }", "rejects: { from: errors, write.jsonl: { file: rejects.jsonl } }");
        string sound = File.ReadAllText(set.Annotations);
        set.WriteFile("instances.json", sound.Replace("\"id\":99,\"image_id\":50,\"category_id\":1,\"iscrowd\":1," +
            "\"bbox\":[1,1,3,3],\"area\":9,\"segmentation\":[[1,1,1,4,4,4,4,1]]", "\"id\":99,\"image_id\":50," +
            "\"category_id\":1,\"segmentation\":{\"size\":[6,8],\"counts\":[1]}", StringComparison.Ordinal));
        CliRun first = await set.RunAsync("run", "p.yaml", "-q");
        Assert.Equal((0, 1), (first.ExitCode, File.ReadAllLines(set["out/rejects.jsonl"]).Length));
        set.WriteFile("instances.json", sound);
        CliRun replay = await set.RunAsync("replay", "p.yaml", "-q");
        Assert.Equal(0, replay.ExitCode);
        Assert.EndsWith("instances.json has changed, which any sample can depend on", replay.Errors[^1],
            StringComparison.Ordinal);
        await set.RunAsync("run", "p.yaml", "-q", "--to", "whole");
        Assert.Equal(0, (await set.RunAsync("diff", "out", "whole")).ExitCode);
    }

    [Fact]
    public async Task A_file_that_a_stage_on_the_way_looks_into_is_one_that_any_sample_can_depend_on()
    {
        _temp.Write("classes.csv", "idx,name\n1,a\n2,b\n3,c\n");
        _temp.Write("map.csv", "from,to\na,one\nb,two\nc,two\n");
        Pipeline("map_categories: { file: map.csv }", ", taxonomy: classes.csv");
        _temp.Write(Label(70), "no picture");
        await RunAsync("run", "p.yaml");
        _temp.WriteGrey(Label(70), "22/13");
        _temp.Write("map.csv", "from,to\na,two\nb,one\nc,one\n");
        await ReplayedLikeAWholeRunAsync($"replay: everything was run again, as {_temp["map.csv"]} has changed, " +
            "which any sample can depend on");
    }

    [Fact]
    public async Task Another_pipeline_is_refused_and_the_release_stays()
    {
        _temp.Write(Label(70), "no picture");
        await RunAsync("run", "p.yaml");
        byte[] before = File.ReadAllBytes(_temp["out/SHA256SUMS"]);
        Pipeline("drop_empty: {}");
        CliRun run = await RunAsync("replay", "p.yaml");
        Assert.Equal(((int)ExitCode.BadData, "segpipe: error: the pipeline has changed since the run whose rejects " +
            "are to be replayed; run the whole pipeline: segpipe run [CANNOT_REPLAY]"), (run.ExitCode, run.Errors[0]));
        Assert.Equal(before, File.ReadAllBytes(_temp["out/SHA256SUMS"]));
        Assert.True(File.Exists(_temp["out.journal"]));
    }

    [Theory]
    [InlineData(false, "it rejected nothing, or was told to keep none")]
    [InlineData(true, "it rejected nothing, or was told to keep none")]
    public async Task Without_rejects_or_without_a_journal_there_is_nothing_to_replay(bool rejects, string why)
    {
        if (rejects) _temp.Write(Label(70), "no picture");
        await RunAsync(rejects ? ["run", "p.yaml", "--no-journal"] : ["run", "p.yaml"]);
        CliRun run = await RunAsync("replay", "p.yaml");
        Assert.Equal(((int)ExitCode.BadData, $"out: error: the run that made the release kept no journal: {why}; " +
            "run the whole pipeline: segpipe run [NOTHING_TO_REPLAY]"), (run.ExitCode, run.Errors[0]));
    }

    [Fact]
    public async Task A_run_without_a_journal_removes_that_of_the_run_before()
    {
        _temp.Write(Label(70), "no picture");
        await RunAsync("run", "p.yaml");
        await RunAsync("run", "p.yaml", "--no-journal");
        Assert.False(File.Exists(_temp["out.journal"]));
    }

    private static string Label(int image) => $"labels/{image:D3}.png";

    private void Pipeline(string between, string keys = "") => _temp.Write("p.yaml", $$"""
        segpipe: 1
        name: p
        seed: 1
        stages:
          all: { on_error: reject, read.label_maps: { labels: labels, void: none, background: 0{{keys}} } }
          between: { {{between}} }
          maps: { write.label_maps: {} }
          json: { from: between, write.coco: { file: a.json } }
          rejects: { from: errors, write.jsonl: { file: rejects.jsonl } }
        release: { to: out }
        """);

    private async Task ReplayedLikeAWholeRunAsync(string told)
    {
        CliRun replay = await RunAsync("replay", "p.yaml", "--workers", "3");
        Assert.Equal((0, told), (replay.ExitCode, replay.Errors.LastOrDefault()));
        await RunAsync("run", "p.yaml", "--to", "whole");
        CliRun diff = await RunAsync("diff", "out", "whole");
        Assert.Equal((0, ""), (diff.ExitCode, diff.Error));
        Assert.Equal(File.ReadAllBytes(_temp["whole.trace"]), File.ReadAllBytes(_temp["out.trace"]));
        Assert.Equal(0, (await RunAsync("verify", "out")).ExitCode);
    }

    private Task<CliRun> RunAsync(params string[] args) =>
        CliRun.InAsync(_temp.Path, [.. args, .. args[0] is "run" or "replay" ? (string[])["-q"] : []]);
}
