using OpenQA.Selenium;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>The keys of the viewer, in a real browser: all that its help lists.</summary>
public sealed class ViewerKeyTests
{
    private static readonly (string Key, string Switch, bool IsUsual)[] Switches =
    [
        ("f", "fill", true), ("c", "contour", true), ("b", "box", false), ("v", "void", true), ("p", "photo", true),
        ("i", "instances", false),
    ];

    [ToolFact("chromedriver")]
    public async Task The_help_lists_these_keys_and_no_others()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Scenes(3));
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.querySelectorAll('.cell').length === 3");
        browser.Type("?");
        browser.WaitUntil("document.querySelector('#keys').open");
        Assert.Equal("? / Escape j k → ← Home End Space + - 0 f c b v p i ↑ ↓ ← →", browser.Evaluate<string>(
            "[...document.querySelectorAll('#keys-list kbd')].map(k => k.textContent).join(' ')"));
        browser.Type(Keys.Escape);
        browser.WaitUntil("!document.querySelector('#keys').open");
        browser.Type("/");
        Assert.Equal("text", browser.Evaluate<string>("document.activeElement.name"));
        browser.Type("jk?");
        Assert.Equal("jk?", browser.Evaluate<string>("document.activeElement.value"));
        Assert.False(browser.Evaluate<bool>("document.querySelector('#keys').open"));
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Keys_go_from_sample_to_sample_and_from_frame_to_frame()
    {
        ViewedDataset clips = ViewedPage.Scenes(3, frames: 4);
        string[] keys = [.. Enumerable.Range(0, 3).Select(i => clips.Read(i).Key)];
        await using ViewedPage page = await ViewedPage.ShowAsync(clips);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={keys[0]}", $"{keys[0]}#1");
        (string Key, string Painted)[] steps =
        [
            ("j", $"{keys[1]}#1"), ("j", $"{keys[2]}#1"), ("j", $"{keys[2]}#1"), ("k", $"{keys[1]}#1"),
            (Keys.ArrowRight, $"{keys[1]}#2"), (Keys.ArrowRight, $"{keys[1]}#3"), (Keys.ArrowLeft, $"{keys[1]}#2"),
            (Keys.End, $"{keys[1]}#4"), (Keys.ArrowRight, $"{keys[1]}#4"), (Keys.Home, $"{keys[1]}#1"),
            (Keys.ArrowLeft, $"{keys[1]}#1"),
        ];
        foreach ((string key, string painted) in steps)
        {
            browser.Type(key);
            browser.WaitForFrame(painted);
        }
        browser.Type(" ");
        browser.WaitForFrame($"{keys[1]}#3");
        browser.Type(" ");
        Assert.Equal("Play", browser.Text("#play"));
        browser.Type(Keys.Escape);
        browser.WaitUntil("!document.querySelector('#grid').hidden && !location.search.includes('key')");
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Keys_zoom_and_switch_what_is_shown()
    {
        ViewedDataset scenes = ViewedPage.Scenes(1);
        string key = scenes.Read(0).Key;
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={key}", $"{key}#1");
        double fitted = Scale(browser);
        browser.Type("+");
        Assert.Equal(1.5 * fitted, Scale(browser), 3);
        browser.Type("--");
        Assert.Equal(fitted / 1.5, Scale(browser), 3);
        browser.Type("0");
        Assert.Equal(fitted, Scale(browser), 3);
        string usual = browser.Pixels();
        foreach ((string letter, string name, bool isUsual) in Switches)
        {
            string isOn = $"document.querySelector('#switch-{name}').checked";
            Assert.Equal(isUsual, browser.Evaluate<bool>(isOn));
            browser.Type(letter);
            Assert.Equal(!isUsual, browser.Evaluate<bool>(isOn));
            browser.WaitForAddress($"{name}={(isUsual ? "off" : "on")}");
            if (name is "fill" or "box") Assert.NotEqual(usual, browser.Pixels());
            if (name == "photo")
                Assert.Equal("hidden", browser.Evaluate<string>("document.querySelector('.photo').style.visibility"));
            browser.Type(letter);
            Assert.Equal(isUsual, browser.Evaluate<bool>(isOn));
        }
        Assert.Equal(usual, browser.Pixels());
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Arrows_move_in_the_grid_and_enter_opens_a_sample()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Scenes(30));
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.body.dataset.indexed && document.querySelectorAll('.cell').length > 12");
        long columns = browser.Evaluate<long>("[...document.querySelectorAll('.cell')]" +
            ".filter(c => c.style.transform.endsWith(' 0px)')).length");
        browser.Driver.ExecuteScript("document.querySelector('.cell').focus()");
        foreach ((string key, long place) in new[]
        {
            (Keys.ArrowRight, 1L), (Keys.ArrowDown, 1 + columns), (Keys.ArrowLeft, columns), (Keys.ArrowUp, 0L),
            (Keys.ArrowUp, 0L),
        })
        {
            browser.Type(key);
            Assert.Equal($"{place}", browser.Evaluate<string>("document.activeElement.dataset.place"));
        }
        browser.Type(Keys.Enter);
        browser.WaitUntil("document.querySelector('#single').dataset.painted");
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Who_comes_back_stands_at_the_sample_that_was_shown_last_and_goes_on_from_there()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Scenes(400));
        using var browser = new Browser();
        string key = (await page.KeysAsync("offset=152&limit=1"))[0];
        browser.Open(new Uri(page.Address, $"?key={key}").AbsoluteUri);
        browser.WaitForFrame($"{key}#1");
        browser.Type("j");
        browser.WaitUntil("document.querySelector('.bar').innerText.includes('154 of')");
        browser.Type(Keys.Escape);
        browser.WaitUntil("document.activeElement.dataset.place === '153'");
        Assert.True(browser.Evaluate<bool>("(() => { const c = document.activeElement.getBoundingClientRect(), " +
            "g = document.querySelector('#grid').getBoundingClientRect(); " +
            "return c.top >= g.top && c.bottom <= g.bottom; })()"));
        browser.Type(Keys.ArrowRight);
        browser.WaitUntil("document.activeElement.dataset.place === '154'");
        // Without a cell that has the focus, arrows begin with what is in sight.
        browser.Driver.ExecuteScript("document.querySelector('#grid').focus()");
        browser.Type(Keys.ArrowRight);
        browser.WaitUntil("document.activeElement.dataset.place > 100");
        Assert.Empty(browser.Complaints());
    }

    private static double Scale(Browser browser) => browser.Evaluate<double>(
        "new DOMMatrix(document.querySelector('.sheet').style.transform).a");
}
