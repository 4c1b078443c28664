namespace SegPipeline.Tests.Support;

public sealed class BrowserTests
{
    [ToolFact("chromedriver")]
    public void A_browser_shows_a_page_and_tells_what_its_console_says()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["page.html"],
            "<title>seen</title><script>console.error('a complaint'); window.ready = true</script>");
        using var browser = new Browser();
        browser.Open(new Uri(folder["page.html"]).AbsoluteUri);
        browser.WaitUntil("window.ready");
        Assert.Equal("seen", browser.Driver.Title);
        Assert.Contains("a complaint", Assert.Single(browser.Complaints()), StringComparison.Ordinal);
    }
}
