using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SegPipeline.Benchmarks.Workloads;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Conventions;

/// <summary>Every pipeline that is shipped runs to the same bytes, whatever the workers, window and culture.</summary>
public sealed class SameBytesTests
{
    [Fact]
    public async Task The_demo_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await Run("demo-dataset.yaml", folder["dataset"], workers: 2, "--set", "count=24");
        await SameBytes(folder, "demo.yaml", "--set", $"dataset={folder["dataset"]}", "--set", "size=10");
    }

    [Fact]
    public async Task The_demo_gives_the_same_bytes_under_Turkish_rules()
    {
        using var folder = new TempFolder();
        var digests = new HashSet<string>(StringComparer.Ordinal);
        foreach (string culture in (string[])["", "tr-TR"])
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string dataset = folder[$"dataset-{culture}"];
            await Run("demo-dataset.yaml", dataset, workers: 2, "--set", "count=12");
            string subset = folder[$"subset-{culture}"];
            await Run("demo.yaml", subset, workers: 2, "--set", $"dataset={dataset}", "--set", "size=6");
            digests.Add(DigestOf(dataset) + DigestOf(subset));
        }
        Assert.Single(digests);
    }

    [Fact]
    public async Task The_generated_dataset_is_the_same_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await SameBytes(folder, "demo-dataset.yaml", "--set", "count=12");
    }

    [Fact]
    public async Task The_Objects365_subset_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        var dataset = new Objects365File(ImageCount: 300, AnnotationCount: 4000) { IsScattered = true };
        dataset.WriteBoxes(folder["zhiyuan_objv2_val.json"]);
        dataset.Write(folder["answers.json"]);
        await SameBytes(folder, "objects365-eval-1k.yaml",
            "--set", $"data={folder.Path}", "--set", $"answers={folder["answers.json"]}", "--set", "size=100");
    }

    [RealDataFact]
    public async Task The_COCO_subset_of_real_images_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        string coco = Path.Combine(SharedData.Data!, "coco", "coco-tiny-160");
        await SameBytes(folder, "coco-eval-subset.yaml",
            "--set", $"annotations={coco}/annotations/instances_val2017.json", "--set", $"images={coco}/val2017",
            "--set", "size=40", "--set", "photos=copy");
    }

    private static async Task SameBytes(TempFolder folder, string file, params string[] arguments)
    {
        var digests = new HashSet<string>(StringComparer.Ordinal);
        foreach (int workers in (int[])[1, 2, 8])
        {
            string release = folder[$"release-{workers}"];
            await Run(file, release, workers, arguments);
            digests.Add(DigestOf(release));
            CliRun verify = await CliRun.InAsync(SharedData.Root, "verify", release);
            Assert.True(verify.ExitCode == 0, verify.Out + verify.Error);
        }
        Assert.Single(digests);
    }

    private static async Task Run(string file, string release, int workers, params string[] arguments)
    {
        string[] how = ["--to", release, "--workers", $"{workers}", "--window", $"{workers + 1}"];
        CliRun run = await CliRun.InAsync(SharedData.Root, ["run", Pipeline(file), .. how, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>One digest over the names and bytes of all files.</summary>
    private static string DigestOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .OrderBy(p => p, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Pipeline(string file) => Path.Combine(SharedData.Root, "pipelines", file);
}
