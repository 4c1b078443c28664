using System.Globalization;
using SegPipeline.Benchmarks.Workloads;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Conventions;

/// <summary>Every pipeline that is shipped runs to the same bytes, whatever the workers, window and culture.</summary>
public sealed class SameBytesTests
{
    [Fact]
    public async Task The_demo_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.RunAsync("demo-dataset.yaml", folder["dataset"], workers: 2, "--set", "count=24");
        await ShippedPipeline.SameBytesAsync(
            folder, "demo.yaml", "--set", $"dataset={folder["dataset"]}", "--set", "size=10");
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
            await ShippedPipeline.RunAsync("demo-dataset.yaml", dataset, workers: 2, "--set", "count=12");
            string subset = folder[$"subset-{culture}"];
            await ShippedPipeline.RunAsync(
                "demo.yaml", subset, workers: 2, "--set", $"dataset={dataset}", "--set", "size=6");
            digests.Add(ShippedPipeline.DigestOf(dataset) + ShippedPipeline.DigestOf(subset));
        }
        Assert.Single(digests);
    }

    [Fact]
    public async Task The_generated_dataset_is_the_same_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.SameBytesAsync(folder, "demo-dataset.yaml", "--set", "count=12");
    }

    [Fact]
    public async Task The_Objects365_subset_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        var dataset = new Objects365File(ImageCount: 300, AnnotationCount: 4000) { IsScattered = true };
        dataset.WriteBoxes(folder["zhiyuan_objv2_val.json"]);
        dataset.Write(folder["answers.json"]);
        await ShippedPipeline.SameBytesAsync(folder, "objects365-eval-1k.yaml",
            "--set", $"data={folder.Path}", "--set", $"answers={folder["answers.json"]}", "--set", "size=100");
    }

    [Fact]
    public async Task The_COCO_subset_of_generated_images_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        await ShippedPipeline.RunAsync("demo-dataset.yaml", folder["dataset"], workers: 2, "--set", "count=40");
        string annotations = Directory.GetFiles(folder["dataset"], "*.json", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(path).StartsWith("instances", StringComparison.Ordinal));
        await ShippedPipeline.SameBytesAsync(folder, "coco-eval-subset.yaml",
            "--set", $"annotations={annotations}", "--set", $"images={folder["dataset/images"]}", "--set", "size=20",
            "--set", "photos=copy");
    }

    [RealDataFact]
    public async Task The_COCO_subset_of_real_images_gives_the_same_bytes_with_any_number_of_workers()
    {
        using var folder = new TempFolder();
        string coco = Path.Combine(SharedData.Data!, "coco", "coco-tiny-160");
        await ShippedPipeline.SameBytesAsync(folder, "coco-eval-subset.yaml",
            "--set", $"annotations={coco}/annotations/instances_val2017.json", "--set", $"images={coco}/val2017",
            "--set", "size=40", "--set", "photos=copy");
    }
}
