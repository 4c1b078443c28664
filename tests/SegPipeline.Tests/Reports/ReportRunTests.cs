using System.Text.RegularExpressions;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Reports;

/// <summary>The report of a release, as a run writes it.</summary>
public sealed partial class ReportRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_the_same_for_any_number_of_workers_and_asks_no_server_for_anything()
    {
        string one = await ReportAsync("--workers", "1", "--window", "1");
        string many = await ReportAsync("--workers", "8");

        Assert.Equal(one, many);
        Assert.DoesNotMatch(Request(), Script().Replace(one, ""));
        Assert.Equal(24, Gallery().Count(one));
    }

    [Fact]
    public async Task What_stands_in_the_report_is_what_the_pipeline_wrote()
    {
        string report = await ReportAsync();

        Assert.Contains("<dt>images</dt>\n<dd>60</dd>", report, StringComparison.Ordinal);
        Assert.Contains("60 images", report, StringComparison.Ordinal);
        Assert.Contains("drop_crowds", report, StringComparison.Ordinal);
        Assert.Contains("crowd</text>", report, StringComparison.Ordinal);
        Assert.Contains("<caption>Categories</caption>", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_can_do_without_a_report()
    {
        Write("report: false");
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "p.yaml");

        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Errors.Where(e => e.Contains("error")))));
        Assert.False(File.Exists(_folder["out/report.html"]));
        Assert.DoesNotContain("report.html", File.ReadAllText(_folder["out/SHA256SUMS"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text_and_nothing_else()
    {
        const string Hostile = "</script><script>alert(1)</script>\\\" onload=\\\"x' &amp; \\u0000";
        string name = Hostile.Replace("/", "\\/", StringComparison.Ordinal);
        _folder.Write("a.json", $$"""
            {"images":[{"id":1,"file_name":"{{name}}.jpg","width":8,"height":6}],
            "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,3,3],"area":9,
            "segmentation":[[1,1,1,4,4,4,4,1]]}],"categories":[{"id":1,"name":"{{name}}"}]}
            """);
        _folder.Write("p.yaml", "segpipe: 1\nname: p\ndescription: \"<img src=x onerror=alert(1)>\"\nstages:\n" +
            "  a: { read.coco: { annotations: a.json, key: id } }\n  out: { write.coco: { file: b.json } }\n" +
            "release: { to: out }\n");
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);

        string report = File.ReadAllText(_folder["out/report.html"]);
        Assert.DoesNotContain("<script>alert", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", report, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onload=", report, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", report, StringComparison.Ordinal);
    }

    private async Task<string> ReportAsync(params string[] options)
    {
        Write("report: true");
        CliRun run = await CliRun.InAsync(_folder.Path, ["run", "p.yaml", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        return File.ReadAllText(_folder["out/report.html"]);
    }

    private void Write(string report) => _folder.Write("p.yaml", $$"""
        segpipe: 1
        name: p
        seed: 7
        stages:
          scenes: { read.synthetic: { count: 60, width: 160, height: 120, crowds: 0.3 } }
          clean: { drop_crowds: {} }
          out: { write.coco: { file: a.json, images: copy } }
        release: { to: out, {{report}} }
        """);

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("""(src|href)\s*=\s*"(?!data:)|url\((?!#)|https?://""")]
    private static partial Regex Request();

    [GeneratedRegex("class=\"card picture\"")]
    private static partial Regex Gallery();
}
