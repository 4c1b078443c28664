using SegPipeline.Benchmarks.Workloads;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

public sealed class Objects365Eval1kPipelineTests
{
    [Fact]
    public async Task Another_file_than_the_published_one_is_warned_about()
    {
        using var folder = new TempFolder();
        CliRun run = await RunAsync(folder);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: val: zhiyuan_objv2_val.json: expected Objects365 v2, validation annotations with " +
            "SHA-256 b5b6a043f3b36c1865240a3e23fc4cbbf627052d72b6a4428a993bf2549d4424 in 269422006 bytes, found",
            run.Error, StringComparison.Ordinal);
        Assert.Contains("\"checked\": \"no known release of Objects365 v2, validation annotations\"",
            File.ReadAllText(folder["out/MANIFEST.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_than_the_published_one_is_refused_on_request()
    {
        using var folder = new TempFolder();
        CliRun run = await RunAsync(folder, "--set", "other_val=fail");
        Assert.Equal(65, run.ExitCode);
        Assert.Contains("[DIGEST_UNKNOWN]", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static Task<CliRun> RunAsync(TempFolder folder, params string[] more)
    {
        var dataset = new Objects365File(ImageCount: 40, AnnotationCount: 400);
        dataset.WriteBoxes(folder["zhiyuan_objv2_val.json"]);
        dataset.Write(folder["answers.json"]);
        string[] arguments =
        [
            "run", ShippedPipeline.PathOf("objects365-eval-1k.yaml"), "--quiet", "--to", folder["out"],
            "--set", $"data={folder.Path}", "--set", $"answers={folder["answers.json"]}", "--set", "size=10",
        ];
        return CliRun.InAsync(SharedData.Root, [.. arguments, .. more]);
    }
}
