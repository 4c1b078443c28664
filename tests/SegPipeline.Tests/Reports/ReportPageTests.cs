using System.Text.Json;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Reports;

/// <summary>The report as a browser shows it.</summary>
public sealed class ReportPageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("chromedriver")]
    public async Task Charts_are_drawn_pictures_are_there_and_the_console_is_silent()
    {
        string report = await ReportAsync();
        using var browser = new Browser();
        browser.Open(report);

        browser.WaitUntil("document.documentElement.dataset.drawn");
        Assert.Empty(browser.Complaints());
        Assert.Equal(
            browser.Evaluate<long>("document.querySelectorAll('figure.chart').length"),
            browser.Evaluate<long>("[...document.querySelectorAll('canvas')].filter(c => c.getContext('2d')" +
                ".getImageData(0, 0, c.width, c.height).data.some(v => v !== 0)).length"));
        Assert.True(browser.Evaluate<long>("document.querySelectorAll('figure.chart').length") >= 6);
        Assert.Equal(14L, browser.Evaluate<long>("[...document.images].filter(i => i.naturalWidth > 0).length"));
        Assert.Equal(0L, browser.Evaluate<long>("[...document.images].filter(i => !i.alt).length"));
        Assert.True(browser.Evaluate<long>("document.querySelectorAll('.flow .band').length") >= 2);
        Assert.Equal(0L, browser.Evaluate<long>(
            "performance.getEntriesByType('resource').filter(r => !r.name.startsWith('data:')).length"));
    }

    [ToolFact("chromedriver")]
    public async Task A_narrow_window_scrolls_only_downwards()
    {
        string report = await ReportAsync();
        using var browser = new Browser(width: 500);
        browser.Open(report);
        browser.BecomePhone();

        Assert.True(browser.Evaluate<bool>("document.documentElement.scrollWidth <= 360"));
    }

    [ToolFact("chromedriver")]
    public async Task The_dark_page_is_dark_and_its_charts_are_drawn_anew()
    {
        string report = await ReportAsync();
        using var browser = new Browser();
        browser.Open(report);
        string light = Ground(browser);
        Prefer(browser, "dark");
        string dark = Ground(browser);
        Assert.Equal(("rgb(246, 247, 249)", "rgb(18, 21, 27)"), (light, dark));
        browser.WaitUntil("Chart.getChart(document.querySelector('canvas')).data.datasets[0]" +
            ".backgroundColor({ raw: 1 }) === " +
            "getComputedStyle(document.documentElement).getPropertyValue('--first').trim()");
    }

    [ToolFact("chromedriver")]
    public async Task Words_stand_out_against_their_ground_in_light_and_dark()
    {
        string report = await ReportAsync();
        using var browser = new Browser();
        browser.Open(report);
        foreach (string scheme in new[] { "light", "dark" })
        {
            Prefer(browser, scheme);
            // WCAG 2.2, success criterion 1.4.3: relative luminances, 4.5 to 1.
            const string Ratio = """
                (() => {
                  const style = getComputedStyle(document.documentElement);
                  const light = name => {
                    const hex = style.getPropertyValue(name).trim().replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
                    return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
                      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                  };
                  const ratio = (...names) => {
                    const [less, more] = names.map(light).sort((a, b) => a - b);
                    return (more + 0.05) / (less + 0.05);
                  };
                  const inks = ['--text', '--soft', '--drop', '--reject', '--add'], grounds = ['--card', '--ground'];
                  return inks.flatMap(ink => grounds.map(ground => [ink, ratio(ink, ground)]))
                    .filter(([, ratio]) => ratio < 4.5).map(String).join('; ');
                })()
                """;
            Assert.Equal("", browser.Evaluate<string>(Ratio));
        }
    }

    [ToolFact("chromedriver")]
    public async Task Without_scripts_the_tables_say_everything()
    {
        string report = await ReportAsync();
        using var browser = new Browser();
        browser.Driver.ExecuteCdpCommand(
            "Emulation.setScriptExecutionDisabled", new Dictionary<string, object?> { ["value"] = true });
        browser.Open(report);
        browser.Driver.ExecuteCdpCommand(
            "Emulation.setScriptExecutionDisabled", new Dictionary<string, object?> { ["value"] = false });

        Assert.False(browser.Evaluate<bool>("document.documentElement.classList.contains('scripted')"));
        Assert.Equal("none", browser.Evaluate<string>("getComputedStyle(document.querySelector('.canvas')).display"));
        Assert.Equal(
            browser.Evaluate<long>("document.querySelectorAll('figure.chart').length"),
            browser.Evaluate<long>("document.querySelectorAll('figure.chart table tbody tr:first-child').length"));
    }

    [ToolFact("chromedriver")]
    public async Task Hostile_and_endless_names_are_text_and_break_no_layout()
    {
        string[] names =
        [
            "<img src=x onerror=window.hacked=1>", "</script><script>window.hacked=1</script>",
            "\"' onload=alert(1) x='",
            new string('w', 400), "\u0634\u062C\u0631\u0629 \u202Eabc", "\U0001F98A fox", "<!--",
        ];
        object[] images =
        [
            .. names.Select((n, i) => new { id = i + 1, file_name = n + ".jpg", width = 60 + 10 * i, height = 40 }),
            .. Enumerable.Range(8, 10)
                .Select(i => new { id = i, file_name = $"{i}.jpg", width = 100 * i, height = 40 }),
        ];
        _folder.Write("set.json", JsonSerializer.Serialize(new
        {
            images,
            annotations = names.Select((_, i) => new
            {
                id = i + 1,
                image_id = i + 1,
                category_id = i + 1,
                iscrowd = 0,
                area = 100 + i,
                bbox = new[] { 5, 5, 10, 10 },
                segmentation = new[] { new[] { 5, 5, 15, 5, 15, 15, 5, 15 } },
            }),
            categories = Enumerable.Range(1, 1_196)
                .Select(i => new { id = i, name = i <= names.Length ? names[i - 1] : $"category {i}" }),
        }));
        CliRun run = await CliRun.InAsync(_folder.Path, "inspect", "set.json", "--html", "report.html");
        Assert.True(run.ExitCode == 0, run.Error);
        using var browser = new Browser();
        browser.Open("file://" + _folder["report.html"]);
        browser.WaitUntil("document.documentElement.dataset.drawn");
        Assert.False(browser.Evaluate<bool>("!!window.hacked"));
        Assert.Empty(browser.Complaints());
        string text = browser.Evaluate<string>("document.body.textContent")!;
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.Contains("Longer side of pictures", text, StringComparison.Ordinal);
        Assert.True(browser.Evaluate<bool>("document.documentElement.scrollWidth <= innerWidth"));
        browser.BecomePhone();
        browser.WaitUntil("innerWidth === 360");
        Assert.True(browser.Evaluate<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static string Ground(Browser browser) =>
        browser.Evaluate<string>("getComputedStyle(document.body).backgroundColor")!;

    private static void Prefer(Browser browser, string scheme) => browser.Driver.ExecuteCdpCommand(
        "Emulation.setEmulatedMedia", new Dictionary<string, object?>
        {
            ["features"] = new[]
            {
                new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = scheme },
            },
        });

    private async Task<string> ReportAsync()
    {
        _folder.Write("p.yaml", """
            segpipe: 1
            name: p
            seed: 7
            stages:
              scenes: { read.synthetic: { count: 12, width: 320, height: 240, crowds: 0.3 } }
              clean: { drop_crowds: {} }
              out: { write.coco: { file: a.json, images: copy } }
              clips: { read.synthetic: { count: 2, frames: 5, width: 160, height: 120 } }
              videos: { write.ytvis: { file: v.json } }
            release: { to: out }
            """);
        CliRun run = await CliRun.InAsync(_folder.Path, "run", "p.yaml");
        Assert.True(run.ExitCode == 0, run.Error);
        return "file://" + _folder["out/report.html"];
    }
}
