using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>Videos in the viewer, in a real browser.</summary>
public sealed class ViewerVideoTests
{
    private const int Frames = 5;

    [ToolFact("chromedriver")]
    public async Task Play_shows_frame_after_frame_begins_anew_behind_the_last_and_stays_where_it_is_paused()
    {
        ViewedDataset clips = ViewedPage.Scenes(2, Frames, crowds: 0);
        Sample sample = clips.Read(0);
        await using ViewedPage page = await ViewedPage.ShowAsync(clips);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={sample.Key}&frame=4{SamplePage.Solid}", $"{sample.Key}#4");
        browser.Click("#play");
        Assert.Equal("Pause", browser.Text("#play"));
        foreach (int frame in (int[])[5, 1, 2]) browser.WaitForFrame($"{sample.Key}#{frame}");
        browser.Click("#play");
        Assert.Equal("Play", browser.Text("#play"));
        browser.WaitUntil("document.querySelector('#slider').value == (new URLSearchParams(location.search)" +
            ".get('frame') ?? 1) - 1");
        int paused = int.Parse(browser.Text("#frame-name").Split(' ')[0], null);
        browser.WaitForFrame($"{sample.Key}#{paused}");
        Assert.Equal(Union(sample, paused - 1), browser.Pixels());
        Thread.Sleep(500);
        Assert.StartsWith($"{paused} of 5 frames", browser.Text("#frame-name"), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task The_slider_goes_to_the_frame_that_it_is_pulled_or_keyed_to()
    {
        ViewedDataset clips = ViewedPage.Scenes(1, Frames, crowds: 0);
        Sample sample = clips.Read(0);
        await using ViewedPage page = await ViewedPage.ShowAsync(clips);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={sample.Key}{SamplePage.Solid}", $"{sample.Key}#1");
        IWebElement slider = browser.Driver.FindElement(By.Id("slider"));
        new Actions(browser.Driver).MoveToElement(slider, 8 - slider.Size.Width / 2, 0).ClickAndHold()
            .MoveByOffset(slider.Size.Width - 12, 0).Release().Perform();
        browser.WaitForFrame($"{sample.Key}#5");
        Assert.Equal(Union(sample, 4), browser.Pixels());
        browser.Type(Keys.ArrowLeft);
        browser.WaitForFrame($"{sample.Key}#4");
        Assert.Equal(Union(sample, 3), browser.Pixels());
        browser.WaitForAddress("frame=4");
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task The_part_that_is_looked_at_stays_when_frames_change()
    {
        ViewedDataset clips = ViewedPage.Scenes(1, Frames, crowds: 0);
        string key = clips.Read(0).Key;
        await using ViewedPage page = await ViewedPage.ShowAsync(clips);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={key}", $"{key}#1");
        string fitted = Part(browser);
        browser.Type("+");
        string near = Part(browser);
        Assert.NotEqual(fitted, near);
        browser.Type(Keys.ArrowRight);
        browser.WaitForFrame($"{key}#2");
        Assert.Equal(near, Part(browser));
        browser.Type("0");
        Assert.Equal(fitted, Part(browser));
    }

    [ToolFact("chromedriver")]
    public async Task A_link_restores_filter_sample_and_frame()
    {
        ViewedDataset clips = ViewedPage.Scenes(6, Frames);
        await using ViewedPage page = await ViewedPage.ShowAsync(clips);
        await page.Indexed;
        string[] crowded = await page.KeysAsync("crowd=only&order=largest");
        Assert.InRange(crowded.Length, 1, 5);
        using var browser = new Browser();
        browser.OpenSample(page, $"?crowd=only&order=largest&key={crowded[0]}&frame=3", $"{crowded[0]}#3");
        Assert.Equal($"1 of {crowded.Length}", browser.Text(".bar .small"));
        Assert.Equal("2", browser.Evaluate<string>("document.querySelector('#slider').value"));
        Assert.Equal("only largest", browser.Evaluate<string>("['crowd', 'order'].map(name => " +
            "document.querySelector(`[name=${name}]`).value).join(' ')"));
        Assert.Equal($"{crowded.Length} of 6 samples", browser.Text("#count"));
        browser.Type(Keys.Escape);
        browser.WaitUntil($"document.querySelectorAll('.cell').length === {crowded.Length}");
        browser.Driver.Navigate().Back();
        browser.WaitForFrame($"{crowded[0]}#3");
        Assert.Empty(browser.Complaints());
    }

    private static string Part(Browser browser) =>
        browser.Evaluate<string>("document.querySelector('.sheet').style.transform")!;

    private static string Union(Sample sample, int frame)
    {
        string[] masks = [.. Enumerable.Range(0, sample.Instances.Length)
            .Where(i => ShownShape.MaskOf(sample.Instances[i], sample, frame) is not null)
            .Select(i => sample.Pixels(i, frame))];
        return string.Concat(Enumerable.Range(0, masks[0].Length).Select(p => masks.Any(m => m[p] == '1') ? '1' : '0'));
    }
}
