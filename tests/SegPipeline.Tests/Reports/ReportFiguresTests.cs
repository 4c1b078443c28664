using System.Text.Json;
using System.Text.RegularExpressions;
using SegPipeline.Imaging;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Reports;

/// <summary>What a reader takes from charts and pictures is so.</summary>
public sealed partial class ReportFiguresTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bands_tell_the_instances_that_left_by_each_port()
    {
        // The first has four objects, the others none.
        WriteSet(pictures: 4, categoriesOfObjects: [1, 1, 2, 2]);
        string report = await ReportAsync("""
              chosen: { first_k: { count: 1, order: source } }
              out: { write.coco: { file: first.json } }
              others: { from: chosen.rest, write.coco: { file: rest.json } }
            """);
        Assert.Contains("<title>chosen to out: 4 instances</title>", report, StringComparison.Ordinal);
        Assert.DoesNotContain("chosen to others: 1 instances", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_rejected_flows_to_who_takes_it()
    {
        WriteSet(pictures: 3, categoriesOfObjects: [1], shape: """{"size":[40,60],"counts":[1,1]}""");
        string report = await ReportAsync("""
              kept: { keep_categories: { names: [c1, c2], keep_empty: true } }
              encoded: { on_error: reject, encode_rle: {} }
              out: { write.coco: { file: b.json } }
              rejects: { from: errors, write.jsonl: { file: rejects.jsonl } }
            """);
        Assert.Contains("<title>encoded to rejects: 1 samples</title>", report, StringComparison.Ordinal);
        // It goes to the right, also from a stage that stands far there.
        Match band = RejectedBand().Match(report);
        Assert.True(double.Parse(band.Groups["end"].Value, null) > double.Parse(band.Groups["begin"].Value, null));
    }

    [Fact]
    public async Task Objects_of_the_only_category_have_colours_of_their_own()
    {
        WriteSet(pictures: 1, categoriesOfObjects: [1, 1, 1], categories: 1);
        string report = await ReportAsync("  out: { write.coco: { file: b.json } }");
        string[] colours = [.. Shape().Matches(report).Select(m => m.Groups["colour"].Value)];
        Assert.Equal((3, 3), (colours.Length, colours.Distinct().Count()));
        Assert.Contains("<li>c1 \u00d7 3</li>", report, StringComparison.Ordinal);
        Assert.Contains("One category, 3 instances of c1.", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_that_EXIF_turns_has_its_shapes()
    {
        WriteSet(pictures: 1, categoriesOfObjects: [1]);
        _folder.Write("images/1.jpg", "");
        byte[] stored = new JpegCodec(quality: 90).Encode(new RgbPixels(40, 60, new byte[3 * 40 * 60]));
        await File.WriteAllBytesAsync(_folder["images/1.jpg"],
            OrientationTag.Insert(stored, PhotoFormat.Jpeg, orientation: 6));
        string report = await ReportAsync("  out: { write.coco: { file: b.json } }", ", images: images");
        Assert.Contains("aspect-ratio:60/40", report, StringComparison.Ordinal);
        Assert.Single(Shape().Matches(report));
        Assert.DoesNotContain("class=\"trouble\"", report, StringComparison.Ordinal);
    }

    [ToolFact("chromedriver")]
    public async Task What_there_is_one_of_can_be_seen_beside_what_there_is_much_of_and_nothing_cannot()
    {
        WriteSet(pictures: 3, categoriesOfObjects: [.. Enumerable.Repeat(1, 120), 2, 2, 3]);
        await ReportAsync("""
              renamed: { map_categories: { map: { c2: new }, unmatched: keep } }
              out: { write.coco: { file: b.json } }
            """);
        using var browser = new Browser();
        browser.Open("file://" + _folder["out/report.html"]);
        browser.WaitUntil("document.documentElement.dataset.drawn");
        const string Bars = "Chart.getChart(document.querySelectorAll('.chart canvas')[{0}]).getDatasetMeta(0).data";
        string categories = Bars.Replace("{0}", "0", StringComparison.Ordinal);
        Assert.True(browser.Evaluate<bool>($"{categories}[2].height > 10"));
        Assert.True(browser.Evaluate<bool>($"{categories}[1].height > 1.4 * {categories}[2].height"));
        string perImage = Bars.Replace("{0}", "1", StringComparison.Ordinal);
        Assert.Equal("transparent", browser.Evaluate<string>($"{perImage}[1].options.backgroundColor"));
        Assert.False(browser.Evaluate<bool>(
            "Object.values(Chart.instances).some(c => c.legend.legendItems.some(i => i.fillStyle === 'transparent'))"));
    }

    private void WriteSet(
        int pictures, int[] categoriesOfObjects, int categories = 3, string shape = "[[5,5,20,5,20,20,5,20]]") =>
        _folder.Write("a.json", JsonSerializer.Serialize(new
        {
            images = Enumerable.Range(1, pictures)
                .Select(i => new { id = i, file_name = $"{i}.jpg", width = 60, height = 40 }),
            annotations = categoriesOfObjects.Select((category, i) => new
            {
                id = i + 1,
                image_id = 1,
                category_id = category,
                iscrowd = 0,
                area = 225,
                bbox = new[] { 5, 5, 15, 15 },
                segmentation = JsonDocument.Parse(shape).RootElement,
            }),
            categories = Enumerable.Range(1, categories).Select(i => new { id = i, name = $"c{i}" }),
        }));

    private async Task<string> ReportAsync(string stages, string keys = "")
    {
        _folder.Write("p.yaml", "segpipe: 1\nname: p\nseed: 7\nstages:\n" +
            $"  a: {{ read.coco: {{ annotations: a.json{keys} }} }}\n{stages}\nrelease: {{ to: out }}\n");
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        return await File.ReadAllTextAsync(_folder["out/report.html"]);
    }

    [GeneratedRegex("""<path class="shape" style="--c:(?<colour>[^"]*)""")]
    private static partial Regex Shape();

    [GeneratedRegex("""<path class="band rejected" d="M(?<begin>[0-9.]+) [^ ]+ [^ ]+ [^ ]+ [^ ]+ (?<end>[0-9.]+) """)]
    private static partial Regex RejectedBand();
}
