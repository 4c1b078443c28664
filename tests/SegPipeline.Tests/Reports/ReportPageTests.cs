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
        browser.WaitUntil("Chart.getChart(document.querySelector('canvas')).data.datasets[0].backgroundColor" +
            " === getComputedStyle(document.documentElement).getPropertyValue('--first').trim()");
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
