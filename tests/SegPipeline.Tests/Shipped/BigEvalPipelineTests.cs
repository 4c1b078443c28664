using System.Text.Json;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class BigEvalPipelineTests
{
    private const string Pipeline = "big-eval.yaml";

    [Fact]
    public async Task Generated_objects_score_as_counted_pixel_by_pixel()
    {
        using var folder = new TempFolder();
        (long intersection, long union) = (0, 0);
        for (int i = 0; i < 70; i++)
        {
            int edge = 10 + i % 20, shift = i % 7;
            Write(folder, $"object{i:D2}", edge, shift);
            intersection += edge * (edge - shift);
            union += edge * (edge + shift);
        }
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"root={folder["big"]}");
        Assert.Equal((intersection, union), Iou(folder["release-1"]));
        string table = File.ReadAllText(folder["release-1/scores.md"]);
        Assert.All((string[])["iou", "mba", "boundary_iou"], measure => Assert.Contains(measure, table,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_coarse_mask_of_4_pixels_is_judged_in_place_of_the_refined_one_unless_the_quirk_is_left_out()
    {
        using var folder = new TempFolder();
        GreyPngs.Write(folder, "big/a_gt.png", 8, 8, (x, y) => x < 2 && y < 2 ? 255 : 0);
        GreyPngs.Write(folder, "big/a_seg.png", 8, 8, (x, y) => x < 2 && y < 2 ? 255 : 0);
        GreyPngs.Write(folder, "big/a_mask.png", 8, 8, (x, y) => 128 + x);
        string[] arguments = ["--set", $"root={folder["big"]}", "--set", "judged=_mask"];
        await ShippedPipeline.RunAsync(Pipeline, folder["with"], 2, arguments);
        await ShippedPipeline.RunAsync(Pipeline, folder["without"], 2, [.. arguments, "--set", "quirks=none"]);
        Assert.Equal((4, 4), Iou(folder["with"]));
        Assert.Equal((2, 58), Iou(folder["without"]));
    }

    [Fact]
    public async Task An_object_without_a_mask_to_judge_is_an_error_that_tells_what_to_do()
    {
        using var folder = new TempFolder();
        Write(folder, "a", 10, 2);
        File.Delete(folder["big/a_seg.png"]);
        CliRun run = await CliRun.InAsync(SharedData.Root, "run", ShippedPipeline.PathOf(Pipeline),
            "--to", folder["release"], "--set", $"root={folder["big"]}");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("there is no prediction of 'a'; give both inputs the same names, or set missing: empty or skip",
            run.Error, StringComparison.Ordinal);
    }

    [RealDataFact]
    public async Task Real_masks_moved_by_a_pixel_score_as_counted()
    {
        using var folder = new TempFolder();
        (long intersection, long union) = (0, 0);
        string source = Path.Combine(SharedData.Data!, "big-style", "stas-im-seg");
        foreach (string path in Directory.EnumerateFiles(source, "*_seg.png"))
        {
            string name = Path.GetFileName(path)[..^"_seg.png".Length];
            (int width, int height, byte[] truth) = GreyPngs.Read(path);
            int Moved(int x, int y) => x == 0 ? 0 : truth[y * width + x - 1];
            File.Copy(path, folder.Write($"big/{name}_gt.png", ""), overwrite: true);
            File.Copy($"{source}/{name}_im.jpg", folder[$"big/{name}_im.jpg"]);
            GreyPngs.Write(folder, $"big/{name}_seg.png", width, height, Moved);
            for (int i = 0; i < truth.Length; i++)
            {
                bool isTrue = truth[i] > 128, isFound = Moved(i % width, i / width) > 128;
                intersection += isTrue && isFound ? 1 : 0;
                union += isTrue || isFound ? 1 : 0;
            }
        }
        await ShippedPipeline.SameBytesAsync(folder, Pipeline, "--set", $"root={folder["big"]}");
        Assert.Equal((intersection, union), Iou(folder["release-2"]));
    }

    private static void Write(TempFolder folder, string name, int edge, int shift)
    {
        const int side = 48;
        GreyPngs.Write(folder, $"big/{name}_gt.png", side, side, (x, y) => x < edge && y < edge ? 255 : 0);
        GreyPngs.Write(folder, $"big/{name}_seg.png", side, side,
            (x, y) => x >= shift && x < edge + shift && y < edge ? 255 : 0);
        folder.WritePhoto($"big/{name}_im.jpg", side, side);
    }

    private static (long Intersection, long Union) Iou(string release)
    {
        using JsonDocument scores = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(release, "scores.json")));
        JsonElement iou = scores.RootElement.GetProperty("measures").EnumerateArray()
            .Single(m => m.GetProperty("name").GetString() == "iou");
        return (iou.GetProperty("numerator").GetInt64(), iou.GetProperty("denominator").GetInt64());
    }
}
