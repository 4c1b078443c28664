using System.Text.Json;
using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>What the pointer does on the page of the viewer, in a real browser.</summary>
public sealed class ViewerHandlingTests
{
    private const int WidthPx = 96;
    private const int HeightPx = 64;

    [ToolFact("chromedriver")]
    public async Task Zoomed_and_moved_the_window_shows_the_very_pixels_of_a_mask()
    {
        ViewedDataset scenes = ViewedPage.Scenes(1, crowds: 0);
        Sample sample = scenes.Read(0);
        int last = sample.Instances.Length - 1;
        string others = string.Concat(Enumerable.Range(0, last).Select(i => $"&hide=0.{i}"));
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        string colour = await ColourAsync(page, last);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={sample.Key}{others}{SamplePage.Solid}", $"{sample.Key}#1");
        int compared = Compare(browser, sample.Pixels(last), colour);
        Assert.Equal(WidthPx * HeightPx, compared);

        (int x, int y) = PixelOf(sample, last);
        browser.PointAt(x + 0.5, y + 0.5);
        (long left, long top) = browser.OnScreen(x + 0.5, y + 0.5);
        Wheel(browser, left, top, -800);
        (long leftThen, long topThen) = browser.OnScreen(x + 0.5, y + 0.5);
        // The pointer stands on a whole pixel of the screen, up to one beside the place, which is zoomed too.
        Assert.InRange(leftThen - left, -4, 4);
        Assert.InRange(topThen - top, -4, 4);
        new Actions(browser.Driver).ClickAndHold().MoveByOffset(40, -30).Release().Perform();
        Assert.Equal((leftThen + 40, topThen - 30), browser.OnScreen(x + 0.5, y + 0.5));
        Leave(browser);
        Assert.InRange(Compare(browser, sample.Pixels(last), colour), 100, WidthPx * HeightPx / 2);

        browser.PointAt(x + 0.5, y + 0.5);
        new Actions(browser.Driver).DoubleClick().Perform();
        Leave(browser);
        Assert.Equal(WidthPx * HeightPx, Compare(browser, sample.Pixels(last), colour));
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task The_instance_that_is_pointed_at_is_lit_and_its_record_told()
    {
        ViewedDataset scenes = ViewedPage.Scenes(1, crowds: 0);
        Sample sample = scenes.Read(0);
        int last = sample.Instances.Length - 1;
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={sample.Key}", $"{sample.Key}#1");
        (int x, int y) = PixelOf(sample, last);
        browser.PointAt(x + 0.5, y + 0.5);
        browser.WaitUntil($"document.querySelector('.instance.marked')?.dataset.instance === '0.{last}'");
        string pixels = sample.Pixels(last);
        Assert.Contains($"pixels\n{pixels.Count(p => p == '1')}\n", browser.Text("#record") + "\n",
            StringComparison.Ordinal);
        Assert.Equal(Trimmed(pixels), browser.Pixels("canvas.marked"));
        Leave(browser);
        Assert.Equal("", browser.Text("#record"));
        new Actions(browser.Driver).MoveToElement(browser.Driver.FindElement(By.CssSelector(".instance"))).Perform();
        browser.WaitUntil("!document.querySelector('canvas.marked').hidden");
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Categories_and_instances_that_are_hidden_are_not_painted_and_stay_hidden_in_links()
    {
        ViewedDataset scenes = ViewedPage.Scenes(1, crowds: 0);
        string key = scenes.Read(0).Key;
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={key}{SamplePage.Solid}", $"{key}#1");
        string all = browser.Pixels();
        foreach (IWebElement box in browser.Driver.FindElements(By.CssSelector("[data-category]"))) box.Click();
        Assert.DoesNotContain('1', browser.Pixels());
        long categories = browser.Count("[data-category]");
        browser.WaitUntil($"new URLSearchParams(location.search).getAll('hide-category').length === {categories}");
        browser.Driver.Navigate().Refresh();
        browser.WaitForFrame($"{key}#1");
        Assert.DoesNotContain('1', browser.Pixels());
        Assert.Equal(0, browser.Count("[data-category]:checked"));
        foreach (IWebElement box in browser.Driver.FindElements(By.CssSelector("[data-category]"))) box.Click();
        Assert.Equal(all, browser.Pixels());
        foreach (IWebElement box in browser.Driver.FindElements(By.CssSelector(".instance input"))) box.Click();
        Assert.DoesNotContain('1', browser.Pixels());
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task A_list_without_samples_says_why()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Scenes(3));
        await page.Indexed;
        using var browser = new Browser();
        browser.Open(new Uri(page.Address, "?text=nobody").AbsoluteUri);
        browser.WaitUntil("document.querySelector('#nothing').checkVisibility()");
        Assert.Equal("No sample fits the filters.", browser.Text("#nothing"));
        browser.Click("#clear");
        browser.WaitUntil("document.querySelectorAll('.cell').length === 3");
        Assert.False(browser.Evaluate<bool>("document.querySelector('#nothing').checkVisibility()"));
    }

    [ToolFact("chromedriver")]
    public async Task Objects_have_the_colour_of_their_category_or_each_its_own_and_crowds_say_that_they_are()
    {
        ViewedDataset scenes = ViewedPage.Scenes(20, crowds: 1);
        Sample sample = Enumerable.Range(0, 20).Select(scenes.Read).MaxBy(s =>
            s.Instances.Length - s.Instances.Select(i => i.CategoryId).Distinct().Count())!;
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key={sample.Key}", $"{sample.Key}#1");
        const string Colours = "new Set([...document.querySelectorAll('.instance .swatch')]" +
            ".map(s => getComputedStyle(s).backgroundColor)).size";
        int categories = sample.Instances.Select(i => i.CategoryId).Distinct().Count();
        Assert.Equal(categories, browser.Evaluate<long>(Colours));
        browser.Type("i");
        Assert.Equal(sample.Instances.Length, browser.Evaluate<long>(Colours));
        Assert.Equal(sample.Instances.Length, browser.Evaluate<long>(
            "[...document.querySelectorAll('.instance .mark')].filter(m => m.textContent === 'crowd').length"));
    }

    [ToolFact("chromedriver")]
    public async Task Filters_by_size_crowd_and_reject_leave_what_fits()
    {
        using ViewedDataset scenes = ViewedPage.Scenes(40);
        var viewed = new ViewedDataset(
            "scenes", scenes.Dataset, [new RejectedSample("bad.jpg", "masks", ["it has no mask"])]);
        await using ViewedPage page = await ViewedPage.ShowAsync(viewed);
        await page.Indexed;
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.body.dataset.indexed");
        Assert.Equal("41 samples", browser.Text("#count"));

        browser.Driver.FindElement(By.Name("least")).SendKeys("20");
        await SeeAsync(browser, page, "least=0.2");
        browser.Driver.FindElement(By.Name("greatest")).SendKeys("30");
        await SeeAsync(browser, page, "least=0.2&greatest=0.3");
        browser.Click("#clear");
        browser.WaitUntil("document.querySelector('#count').textContent === '41 samples'");
        browser.Driver.FindElement(By.Name("crowd")).SendKeys("Only");
        await SeeAsync(browser, page, "crowd=only");
        browser.Click("#clear");
        browser.Driver.FindElement(By.Id("marks")).SendKeys("Rejected");
        browser.WaitUntil("document.querySelector('#count').textContent === '1 of 41 samples'");
        browser.Click(".cell");
        browser.WaitForFrame("bad.jpg#1");
        Assert.Contains("it has no mask", browser.Text("#single .problems"), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints());
    }

    private static async Task SeeAsync(Browser browser, ViewedPage page, string query)
    {
        string[] keys = await page.KeysAsync(query);
        Assert.InRange(keys.Length, 1, 39);
        browser.WaitUntil($"document.querySelector('#count').textContent === '{keys.Length} of 41 samples'");
        Assert.Equal(keys[0], browser.Text(".cell[data-place=\"0\"] .key"));
    }

    private static async Task<string> ColourAsync(ViewedPage page, int instance)
    {
        JsonElement entry = await page.AskAsync("api/entries/0");
        int category = entry.GetProperty("sides")[0].GetProperty("instances")[instance]
            .GetProperty("category").GetInt32();
        return (await page.AskAsync("api/about")).GetProperty("categories")[category]
            .GetProperty("colour").GetString()![1..];
    }

    private static (int X, int Y) PixelOf(Sample sample, int instance)
    {
        // Well within the mask, as the pointer stands on whole pixels of the screen.
        string pixels = sample.Pixels(instance);
        int[] of = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i] == '1')];
        int middle = of[of.Length / 2];
        return (middle % WidthPx, middle / WidthPx);
    }

    /// <summary>Compares the middle of every pixel of the picture that is in sight with the mask.</summary>
    /// <returns>How many were.</returns>
    private static int Compare(Browser browser, string mask, string colour)
    {
        double[] box = Numbers(browser, "canvas.overlay"), window = Numbers(browser, ".window");
        (_, Func<long, long, string> colourAt) = browser.Screen();
        int compared = 0;
        for (int place = 0; place < mask.Length; place++)
        {
            double x = box[0] + (place % WidthPx + 0.5) * box[2] / WidthPx;
            double y = box[1] + (place / WidthPx + 0.5) * box[3] / HeightPx;
            if (x < window[0] + 1 || y < window[1] + 1 || x > window[0] + window[2] - 1 ||
                y > window[1] + window[3] - 1) continue;
            compared++;
            bool isPainted = colourAt((long)x, (long)y) == colour;
            Assert.True(isPainted == (mask[place] == '1'), $"{place % WidthPx},{place / WidthPx}: {isPainted}");
        }
        return compared;
    }

    private static double[] Numbers(Browser browser, string selector) =>
        [.. browser.Evaluate<string>($"(() => {{ const b = document.querySelector('{selector}')" +
            ".getBoundingClientRect(); return [b.left, b.top, b.width, b.height].join(); })()")!
            .Split(',').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Takes the pointer away, so that nothing is lit.</summary>
    private static void Leave(Browser browser)
    {
        new Actions(browser.Driver).MoveToElement(browser.Driver.FindElement(By.Id("title"))).Perform();
        browser.WaitUntil("document.querySelector('canvas.marked').hidden");
    }

    private static void Wheel(Browser browser, long left, long top, int by)
    {
        var origin = new WheelInputDevice.ScrollOrigin { Viewport = true, XOffset = (int)left, YOffset = (int)top };
        new Actions(browser.Driver).ScrollFromOrigin(origin, 0, by).Perform();
        browser.WaitUntil("!document.querySelector('.sheet').style.transform.includes('NaN')");
    }

    /// <summary>The pixels within the box around those that are set.</summary>
    private static string Trimmed(string pixels)
    {
        int[] of = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i] == '1')];
        int left = of.Min(i => i % WidthPx), right = of.Max(i => i % WidthPx);
        return string.Concat(Enumerable.Range(of.Min() / WidthPx, of.Max() / WidthPx - of.Min() / WidthPx + 1)
            .Select(y => pixels.Substring(y * WidthPx + left, right - left + 1)));
    }
}
