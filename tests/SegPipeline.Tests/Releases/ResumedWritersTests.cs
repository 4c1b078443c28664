using SegPipeline.Engine;
using SegPipeline.Engine.Journal;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>Every writer goes on where it was interrupted and ends with the bytes of a run that was not.</summary>
public sealed class ResumedWritersTests : IDisposable
{
    private const string Images = "scenes: { read.synthetic: { count: 24, width: 64, height: 48, photo: png } }";
    private const string Videos =
        "scenes: { read.synthetic: { count: 24, frames: 3, width: 64, height: 48, photo: png } }";

    private static readonly Dictionary<string, string[]> Pipelines = new(StringComparer.Ordinal)
    {
        ["write.coco"] = [Images, "out: { write.coco: { file: a.json, images: copy, id_map: ids.csv, ids: dense } }",
            "more: { from: scenes, write.coco: { file: b.json, as: results } }"],
        ["write.ytvis"] = [Videos, "out: { write.ytvis: { file: a.json, frames: copy } }"],
        ["write.jsonl"] = [Images, "out: { write.jsonl: { file: a.jsonl } }"],
        ["write.palette"] = [Videos, "small: { downsample: { height: 24 } }",
            "out: { write.palette: { frames: copy, sequences_file: all.txt, meta: meta.json, id_map: ids.csv } }",
            "bare: { from: scenes, write.palette: { dir: bare } }"],
        ["write.voc"] = [Images, "out: { write.voc: { set: val, images: copy } }"],
        ["write.kaggle_rle"] = [Images, "out: { write.kaggle_rle: { file: a.csv, class_column: ClassId } }"],
        ["write.kaggle_masks"] = [Images, "out: { write.kaggle_masks: { images: copy } }",
            "bare: { from: scenes, write.kaggle_masks: { dir: bare } }"],
        ["write.images"] = [Images, "out: { write.images: { dir: pictures } }"],
        ["write.label_maps"] = [Images, "out: { write.label_maps: { images: copy } }",
            "bare: { from: scenes, write.label_maps: { dir: bare, taxonomy: bare.csv } }"],
        ["write.coco_panoptic"] = [Images,
            "out: { write.coco_panoptic: { file: a.json, images: copy, overlap: highest_wins } }"],
        ["write.triplets"] = [Images, "out: { write.triplets: { role: gt, names: category, images: copy } }"],
        ["write.yolo"] = [Images, "out: { write.yolo: { split: train, images: copy } }"],
        ["write.parquet"] = [Images, "out: { write.parquet: { split: train, shard_rows: 7 } }"],
        ["write.scores"] = [Images, "other: { from: scenes, downsample: { height: 48 } }",
            "scored: { from: [scenes, other], evaluate: { metrics: [iou, mba] } }",
            "out: { write.scores: { file: scores.json, table: scores.md } }"],
    };

    private readonly TempFolder _temp = new();

    public static TheoryData<string> Writers => [.. StageCatalog.Default.Stages
        .Select(s => s.Name).Where(n => n.StartsWith("write.", StringComparison.Ordinal))];

    public void Dispose() => _temp.Dispose();

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task Every_writer_ends_with_the_same_bytes(string writer)
    {
        Assert.True(Pipelines.TryGetValue(writer, out string[]? stages),
            $"{writer} is not shown to be resumable: give it a pipeline here, and its output Save and Load");
        var pipeline = new ResumablePipeline(_temp, stages);
        await pipeline.RunAsync("whole", JournalStart.Anew, workers: 2);

        await pipeline.InterruptAsync("out", JournalStart.Anew, workers: 3, afterSamples: 6);
        Assert.False(Directory.Exists(_temp["out"]));
        await pipeline.InterruptAsync("out", JournalStart.Resume, workers: 1, afterSamples: 15);
        RunResult result = await pipeline.RunAsync("out", JournalStart.Resume, workers: 4);

        Assert.InRange(result.ChunksResumed, 5, result.Chunks);
        Assert.Equal(TestRelease.Contents(_temp["whole"]), TestRelease.Contents(_temp["out"]));
        Assert.Equal(ShippedPipeline.DigestOf(_temp["whole"]), ShippedPipeline.DigestOf(_temp["out"]));
        Assert.Equal(["out", "whole"], TestRelease.Entries(_temp.Path));
    }

    [Theory]
    [InlineData("write.coco: { file: out.json, id_map: ids.csv }")]
    [InlineData("write.coco: { file: out.json, ids: dense }")]
    [InlineData("write.jsonl: { file: out.jsonl }")]
    public async Task Records_that_are_copied_from_their_source_are_found_there_again(string writer)
    {
        // Some records are copied as they are, others are written anew, and the file's order is not the images' order.
        var make = new ResumablePipeline(_temp, Images, "out: { write.coco: { file: set.json } }");
        await make.RunAsync("source", JournalStart.Anew, workers: 1);
        var pipeline = new ResumablePipeline(_temp, "set: { read.coco: { annotations: source/set.json } }",
            "large: { sample: { count: 18 } }", "rle: { encode_rle: {} }", $"out: {{ {writer} }}",
            "same: { from: set, write.coco: { file: same.json } }");
        await pipeline.RunAsync("whole", JournalStart.Anew, workers: 2);
        await pipeline.InterruptAsync("out", JournalStart.Anew, workers: 2, afterSamples: 9);
        RunResult result = await pipeline.RunAsync("out", JournalStart.Resume, workers: 2);
        Assert.InRange(result.ChunksResumed, 3, result.Chunks);
        Assert.Equal(TestRelease.Contents(_temp["whole"]), TestRelease.Contents(_temp["out"]));
    }
}
