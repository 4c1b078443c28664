using OpenQA.Selenium;
using SegPipeline.Formats.PaletteVideo;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>The page of the viewer, in a real browser.</summary>
public sealed class ViewerPageTests : IDisposable
{
    private const string Hostile = "<img src=x onerror=window.hacked=1>\\\" & 'ü";
    private const string Solid = SamplePage.Solid;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private ViewedDataset Masks(string name = "set.json", string polygon = "[3.2,2.1,40.7,9.5,22.5,35.9,1.4,30.2]") =>
        ViewedPage.Coco(_temp.Write(name,
            $$"""{"images":[{"id":1,"file_name":"one.png","width":61,"height":43},""" +
            $$"""{"id":2,"file_name":"{{Hostile}}","width":20,"height":10}],"annotations":[""" +
            $$"""{"id":1,"image_id":1,"category_id":1,"iscrowd":0,"segmentation":[{{polygon}},[50,1,60,1,60,12]],""" +
            """ "bbox":[1,2,40,34],"area":700},{"id":2,"image_id":1,"category_id":2,"iscrowd":0,"bbox":[0,0,5,5],""" +
            """ "area":300,"segmentation":{"size":[43,61],"counts":[0,7,36,50,5,238,2287]}},""" +
            """{"id":3,"image_id":2,"category_id":2,"iscrowd":1,"bbox":[0,0,20,10],"area":200,""" +
            """ "segmentation":{"size":[10,20],"counts":[0,200]}}],""" +
            $$""" "categories":[{"id":1,"name":"cat"},{"id":2,"name":"{{Hostile}}"}]}"""));

    [ToolFact("chromedriver")]
    public async Task The_canvas_shows_the_very_pixels_of_polygons_and_run_lengths()
    {
        ViewedDataset dataset = Masks();
        Sample sample = dataset.Read(0);
        await using ViewedPage page = await ViewedPage.ShowAsync(dataset);
        using var browser = new Browser();
        for (int i = 0; i < sample.Instances.Length; i++)
        {
            browser.OpenSample(page, $"?key=one.png&hide=0.{1 - i}{Solid}", "one.png#1");
            Assert.Equal(sample.Pixels(i, 0), browser.Pixels());
        }
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task The_canvas_shows_the_very_pixels_of_labels_in_each_frame_that_is_stepped_to()
    {
        _temp.WriteIndexed("masks/bear/00000.png", "01000/00122/00022");
        _temp.WriteIndexed("masks/bear/00001.png", "00000/00112/22211");
        _temp.WriteIndexed("masks/bear/00002.png", "11111/00000/22222");
        ViewedDataset dataset = ViewedPage.Dataset(
            "bears", new PaletteReader { Masks = InputPath.Of(_temp["masks"]) });
        Sample sample = dataset.Read(0);
        await using ViewedPage page = await ViewedPage.ShowAsync(dataset);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key=bear&hide=0.1{Solid}", "bear#1");
        Assert.Equal(sample.Pixels(0, 0), browser.Pixels());
        browser.Driver.FindElement(By.Id("frame-on")).Click();
        browser.WaitUntil("document.querySelector('#single').dataset.painted === 'bear#2'");
        Assert.Equal(sample.Pixels(0, 1), browser.Pixels());
        browser.Type(Keys.End);
        browser.WaitUntil("document.querySelector('#single').dataset.painted === 'bear#3'");
        Assert.Equal(sample.Pixels(0, 2), browser.Pixels());
        browser.WaitForAddress("frame=3");
        browser.Type(Keys.ArrowLeft);
        browser.WaitUntil("document.querySelector('#single').dataset.painted === 'bear#2'");
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task It_lists_filters_and_restores_its_state_from_the_address()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Scenes(40));
        await page.Indexed;
        int crowds = (await page.AskAsync("api/entries?crowd=only")).GetProperty("total").GetInt32();
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.body.dataset.indexed && document.querySelectorAll('.cell img').length > 8");
        browser.WaitUntil("document.querySelector('.cell img').naturalWidth > 0");
        Assert.Equal("40 samples", browser.Evaluate<string>("document.querySelector('#count').textContent"));
        browser.Driver.ExecuteScript("const s = document.querySelector('[name=crowd]'); s.value = 'only'; " +
            "s.dispatchEvent(new Event('input', { bubbles: true }));");
        browser.WaitUntil($"document.querySelector('#count').textContent === '{crowds} of 40 samples'");
        browser.WaitUntil("location.search === '?crowd=only'");
        browser.Driver.FindElement(By.CssSelector(".cell")).Click();
        browser.WaitUntil("document.querySelector('#single').dataset.painted");
        string link = browser.Driver.Url;
        Assert.Contains("key=", link, StringComparison.Ordinal);
        browser.Type(Keys.Escape);
        browser.WaitUntil("!document.querySelector('#grid').hidden");
        browser.Open(link);
        browser.WaitUntil("document.querySelector('#single').dataset.painted");
        Assert.Equal("only", browser.Evaluate<string>("document.querySelector('[name=crowd]').value"));
        browser.Type("?");
        browser.WaitUntil("document.querySelector('#keys').open");
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Hostile_names_are_shown_as_text()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(Masks());
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.querySelectorAll('.cell').length === 2");
        browser.Driver.FindElements(By.CssSelector(".cell"))[1].Click();
        browser.WaitUntil("document.querySelector('#single').dataset.painted");
        Assert.Contains("onerror", browser.Evaluate<string>("document.querySelector('#sample-key').textContent"),
            StringComparison.Ordinal);
        Assert.False(browser.Evaluate<bool>("!!window.hacked"));
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Two_versions_stand_side_by_side_with_what_changed()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(
            Masks("before.json"), Masks("after.json", "[3,2,30,9,22,35]"));
        await page.Indexed;
        using var browser = new Browser();
        browser.OpenSample(page, "?key=one.png", "one.png#1");
        Assert.Equal(2, browser.Evaluate<long>("document.querySelectorAll('canvas.overlay').length"));
        Assert.Contains("mask changed", browser.Evaluate<string>("document.querySelector('.changes').textContent"),
            StringComparison.Ordinal);
        Assert.Equal(2, browser.Evaluate<long>("document.querySelectorAll('.instance .mark.Changed').length"));
        Assert.Empty(browser.Complaints());
    }
}
