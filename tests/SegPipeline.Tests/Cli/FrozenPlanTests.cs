using SegPipeline.Cli;
using SegPipeline.Model;
using SegPipeline.Releases.Shards;

namespace SegPipeline.Tests.Cli;

/// <summary>The file that <c>plan --freeze</c> writes: where it may go, and what is told of one that is none.</summary>
public sealed class FrozenPlanTests : IDisposable
{
    private const string NotWhole = "this is no whole frozen plan: ";

    private readonly ShardedSet _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_plan_that_is_missing_damaged_or_something_else_is_refused_in_our_words()
    {
        await RefusedAsync("plan.json: error: there is no frozen plan here; make one with 'segpipe plan PIPELINE " +
            "--freeze' [PLAN_UNREADABLE]");
        Directory.CreateDirectory(_run["plan.json"]);
        await RefusedAsync("plan.json: error: this is a folder, no frozen plan");
        Directory.Delete(_run["plan.json"]);
        await _run.FreezeAsync();
        string text = File.ReadAllText(_run["plan.json"]);
        foreach ((string bad, string message) in ((string, string)[])
        [
            ("", $"plan.json:1: error: {NotWhole}it is no JSON, or was cut short; make"),
            (text[..^10], $": error: {NotWhole}it is no JSON, or was cut short; make"),
            ("[]", "plan.json: error: this is no frozen plan: it has no 'segpipe_plan'; make"),
            ("{}", "plan.json: error: this is no frozen plan: it has no 'segpipe_plan'; make"),
            ("{\"segpipe_plan\": 2}", "this is a frozen plan of format 2, this segpipe reads format 1; make"),
            (text.Replace("\"chunks\": 10", "\"chunks\": 11", StringComparison.Ordinal),
                $"{NotWhole}its content does not have the digest that it states; make"),
            (text.Replace("\"inputs\"", "\"input\"", StringComparison.Ordinal),
                $"{NotWhole}something in it is missing or was changed; make"),
            (text.Replace("\"modified\": \"2", "\"modified\": \"x", StringComparison.Ordinal),
                $"{NotWhole}something in it is missing or was changed; make"),
        ])
        {
            _run.Set.WriteFile("plan.json", bad);
            await RefusedAsync(message);
        }
    }

    [Fact]
    public async Task A_plan_never_replaces_something_else()
    {
        string pipeline = File.ReadAllText(_run["p.yaml"]);
        foreach (string taken in (string[])["p.yaml", "instances.json", "photos"])
        {
            CliRun run = await _run.Set.RunAsync("plan", "p.yaml", "--freeze", taken);
            Assert.Equal((int)ExitCode.BadData, run.ExitCode);
            Assert.StartsWith($"{taken}: error: there is a f", run.Errors[0], StringComparison.Ordinal);
            Assert.EndsWith("give the plan another name, or move it away [PLAN_NOT_REPLACED]", run.Errors[0],
                StringComparison.Ordinal);
        }
        Assert.Equal(pipeline, File.ReadAllText(_run["p.yaml"]));
        _run.Set.WriteFile("plan.json", "");
        await _run.FreezeAsync();
        await _run.FreezeAsync();
        await _run.OkAsync("plan", "p.yaml", "--freeze", "new/folder/plan.json");
        Assert.Equal([_run["new/folder/plan.json"]], Directory.GetFileSystemEntries(_run["new/folder"]));
    }

    [Fact]
    public async Task A_plan_is_frozen_or_keys_are_written_but_not_both()
    {
        CliRun run = await _run.Set.RunAsync("plan", "p.yaml", "--keys", "some", "--freeze", "plan.json");
        Assert.Equal((2, false), (run.ExitCode, File.Exists(_run["plan.json"])));
        Assert.Equal("segpipe: error: --keys writes nothing else, so it cannot --freeze a plan", run.Errors[0]);
    }

    [Fact]
    public async Task A_plan_that_no_shard_could_read_is_not_written()
    {
        await _run.FreezeAsync();
        PlanFile plan = PlanFileJson.Read(_run["plan.json"]);
        var large = new PlanFile(plan.Tool, plan.ConfigDigest,
            plan.Plan with { Surveys = new byte[(1 << 29) + 1] }, plan.Inputs);
        Problem problem = Assert.Throws<BadDataException>(
            () => PlanFileJson.Write(large, _run["large.json"])).Problems[0];
        Assert.Equal(("PLAN_TOO_LARGE", "what surveys gathered has 536870913 bytes, which is more than a frozen plan " +
            "can hold"), (problem.Code, problem.Message));
        Assert.Empty(Directory.GetFiles(_run.Set.Path, "large*"));
    }

    [Fact]
    public async Task A_plan_of_another_version_of_segpipe_is_refused()
    {
        await _run.FreezeAsync();
        PlanFile plan = PlanFileJson.Read(_run["plan.json"]);
        PlanFileJson.Write(new PlanFile("0.1.0+abc", plan.ConfigDigest, plan.Plan, plan.Inputs), _run["plan.json"]);
        await RefusedAsync($"segpipe was 0.1.0+abc and is {Segpipe.Version}; use that version, or freeze the plan " +
            "again and run all shards [PLAN_CHANGED]");
    }

    [Fact]
    public async Task A_reader_that_finds_another_number_of_files_is_named()
    {
        _run.Set.Write("all: { read.coco: { annotations: instances.json } }",
            "cells: { read.kaggle_masks: { root: cells } }", "out: { from: all, write.coco: { file: set.json } }",
            "more: { from: cells, write.coco: { file: more.json } }");
        _run.WriteCell();
        await _run.FreezeAsync();
        File.Copy(_run["cells/a/masks/m.png"], _run["cells/a/masks/n.png"]);
        await RefusedAsync("this is not what the plan was frozen of: 'cells' had 1 input file and has 2 now");
    }

    private async Task RefusedAsync(string message)
    {
        CliRun run = await _run.TryShardAsync(0, 1);
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Errors), StringComparison.Ordinal);
    }
}
