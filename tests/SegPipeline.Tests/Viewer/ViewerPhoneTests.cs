using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>The viewer in a window as small as a phone's, in a real browser.</summary>
public sealed class ViewerPhoneTests
{
    // Whatever can be used, brought into sight, must lie within the window and not under anything else.
    private const string OutOfReach =
        "[...document.querySelectorAll('button, input, select, a, summary')].filter(e => e.checkVisibility())" +
        ".filter(e => { e.scrollIntoView({ block: 'center' }); const b = e.getBoundingClientRect(); " +
        "const hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2); " +
        "return b.left < 0 || b.right > innerWidth || b.top < 0 || b.bottom > innerHeight || " +
        "!(hit === e || e.contains(hit) || e.closest('label')?.contains(hit)); })" +
        ".map(e => e.id || e.name || e.className).join()";

    [ToolFact("chromedriver")]
    public async Task Nothing_is_out_of_reach_on_a_phone()
    {
        ViewedDataset clips = ViewedPage.Scenes(12, frames: 3);
        await using ViewedPage page = await ViewedPage.ShowAsync(clips);
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.BecomePhone();
        browser.WaitUntil("document.body.dataset.indexed && document.querySelectorAll('.cell').length > 3");
        CheckReach(browser);
        browser.Click("#filters-button");
        Assert.True(browser.Evaluate<bool>("document.querySelector('#filters').checkVisibility()"));
        CheckReach(browser);
        browser.Click("#filters-button");
        browser.Click(".cell");
        browser.WaitUntil("document.querySelector('#single').dataset.painted");
        CheckReach(browser);
        Assert.Equal(0, browser.Evaluate<long>("document.querySelectorAll('canvas.overlay').length - 1"));
        Assert.InRange(browser.Evaluate<long>("document.querySelector('.window').clientHeight"), 200, 740);
    }

    [ToolFact("chromedriver")]
    public async Task Two_versions_stand_one_below_the_other_on_a_phone()
    {
        ViewedDataset before = ViewedPage.Scenes(2);
        string key = before.Read(0).Key;
        await using ViewedPage page = await ViewedPage.ShowAsync(before, ViewedPage.Scenes(2));
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={key}", $"{key}#1");
        browser.BecomePhone();
        CheckReach(browser);
        Assert.True(browser.Evaluate<bool>("(([a, b]) => a.bottom <= b.top && Math.min(a.height, b.height) > 120)" +
            "([...document.querySelectorAll('.window')].map(w => w.getBoundingClientRect()))"));
    }

    private static void CheckReach(Browser browser)
    {
        Assert.True(browser.Evaluate<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal("", browser.Evaluate<string>(OutOfReach));
    }
}
