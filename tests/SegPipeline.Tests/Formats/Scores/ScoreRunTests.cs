using System.Text.Json;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Scores;

/// <summary>Scores from the files of a dataset and of results to what a user reads.</summary>
public sealed class ScoreRunTests
{
    private const string Pipeline = """
        segpipe: 1
        name: scores
        seed: 1
        params:
          gt: { path: gt.json, default: gt.json }
          results: { path: results.json, default: results.json }
        stages:
          gt: { read.coco: { annotations: $gt } }
          results: { read.coco: { annotations: $results, ground_truth: $gt } }
          scored:
            from: [gt, results]
            evaluate: { metrics: [iou, mba, boundary_iou], per: category, missing: empty }
          scores: { write.scores: { file: scores.json, table: scores.md } }
        release: { to: out }
        """;

    [Fact]
    public async Task Scores_of_results_are_told_at_the_end_and_are_the_same_for_any_workers()
    {
        using var folder = new TempFolder();
        folder.Write("gt.json", """
            {"images": [{"id": 1, "width": 20, "height": 10, "file_name": "a.jpg"},
                        {"id": 2, "width": 20, "height": 10, "file_name": "b.jpg"}],
             "annotations": [
               {"id": 1, "image_id": 1, "category_id": 3, "segmentation": [[0, 0, 0, 4, 4, 4, 4, 0]]},
               {"id": 2, "image_id": 2, "category_id": 3, "segmentation": [[0, 0, 0, 4, 4, 4, 4, 0]]},
               {"id": 3, "image_id": 2, "category_id": 5, "segmentation": [[8, 0, 8, 4, 12, 4, 12, 0]]}],
             "categories": [{"id": 5, "name": "dog"}, {"id": 3, "name": "cat"}]}
            """);
        folder.Write("results.json", """
            [{"image_id": 1, "category_id": 3, "score": 0.5,
              "segmentation": {"size": [10, 20], "counts": [0, 4, 6, 4, 186]}},
             {"image_id": 2, "category_id": 5, "score": 0.5,
              "segmentation": {"size": [10, 20], "counts": [80, 4, 6, 4, 6, 4, 6, 4, 86]}}]
            """);
        folder.Write("p.yaml", Pipeline);

        CliRun run = await CliRun.InAsync(folder.Path, "run", "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(
            "\n\nscores: iou 0.5000 (24 of 48), mean 0.5000 over 3 measured; mean 0.6250 over 2 categories\n",
            run.Out, StringComparison.Ordinal);
        Assert.Contains("\n## Results\n\n- `scores`: iou 0.5000 ",
            await File.ReadAllTextAsync(folder["out/README.md"]), StringComparison.Ordinal);
        await SameAsync(folder, folder["out"]);
    }

    [Fact]
    public async Task The_end_of_a_run_tells_its_results_to_programs()
    {
        using var set = new CocoSet();
        set.Write(
            "gt: { read.coco: { annotations: instances.json } }",
            "same: { read.coco: { annotations: instances.json } }",
            "scored: { from: [gt, same], evaluate: { per: category } }",
            "scores: { write.scores: { file: scores.json } }");

        CliRun run = await set.RunAsync("run", "p.yaml", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        using JsonDocument last = JsonDocument.Parse(run.Lines[^1]);
        Assert.Equal(
            ["iou 1.0000 (108 of 108), mean 1.0000 over 12 measured; mean 1.0000 over 1 categories"],
            last.RootElement.GetProperty("summary").EnumerateArray().Select(s => s.GetProperty("line").GetString()));
    }

    [RealDataFact]
    public async Task Published_results_score_the_same_for_any_workers()
    {
        string data = Path.Combine(SharedData.Data!, "coco", "coco-val2014-100-gt-and-results");
        string gt = Path.Combine(data, "instances_val2014_100.json");
        string results = Path.Combine(data, "instances_val2014_fakesegm100_results.json");
        using var folder = new TempFolder();
        folder.Write("p.yaml", Pipeline);

        string[] set = ["--set", $"gt={gt}", "--set", $"results={results}"];
        CliRun run = await CliRun.InAsync(folder.Path, ["run", "p.yaml", .. set]);
        Assert.True(run.ExitCode == 0, run.Error);
        await SameAsync(folder, folder["out"], set);
    }

    // Counted pixel by pixel over all frames with a program of its own.
    [RealDataFact]
    public async Task The_overlap_of_published_video_results_is_exact()
    {
        string data = Path.Combine(SharedData.Data!, "video-palette");
        using var folder = new TempFolder();
        folder.Write("p.yaml", $$"""
            segpipe: 1
            name: davis
            stages:
              gt: { read.palette: { masks: {{data}}/davis/Annotations/480p } }
              pred: { read.palette: { masks: {{data}}/davis2017-osvos } }
              scored: { from: [gt, pred], evaluate: {} }
              scores: { write.scores: { file: scores.json } }
            release: { to: out }
            """);

        CliRun run = await CliRun.InAsync(folder.Path, "run", "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder["out/scores.json"]));
        Assert.Equal(
            ["blackswan 1982384 2102004", "bmx-trees 472121 795690", "car-shadow 985229 1051539"],
            json.RootElement.GetProperty("per_sample").EnumerateArray().Select(sample =>
            {
                JsonElement iou = sample.GetProperty("measures")[0];
                return $"{sample.GetProperty("key").GetString()} {iou.GetProperty("numerator")} "
                    + $"{iou.GetProperty("denominator")}";
            }));
        await SameAsync(folder, folder["out"]);
    }

    private static async Task SameAsync(TempFolder folder, string release, params string[] arguments)
    {
        CliRun again = await CliRun.InAsync(
            folder.Path, ["run", "p.yaml", "--to", folder["again"], "--workers", "8", "--window", "9", .. arguments]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(ShippedPipeline.DigestOf(release), ShippedPipeline.DigestOf(folder["again"]));
    }
}
