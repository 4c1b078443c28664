using SegPipeline.Formats.Coco;
using SegPipeline.Stages;
using SegPipeline.Tests.Engine.Support;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>What goes wrong is told on the page, in a real browser.</summary>
public sealed class ViewerFaultTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [ToolFact("chromedriver")]
    public async Task A_fault_of_the_index_is_told_when_it_happens()
    {
        MemoryReader reader = MemoryReader.Numbered(5) with
        {
            Make = i => i < 3 ? Samples.Of($"k{i:D4}") : throw new InvalidOperationException("the disk <b>went</b>"),
        };
        ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Dataset("odd", reader));
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.querySelector('#notices .problems')");
        Assert.Contains("The index ended after 0 of 5 samples: InvalidOperationException: the disk <b>went</b>",
            browser.Text("#notices"), StringComparison.Ordinal);
        Assert.False(browser.Evaluate<bool>("document.querySelector('#progress').checkVisibility()"));
        Assert.Equal(5, browser.Count(".cell"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await page.DisposeAsync());
    }

    [ToolFact("chromedriver")]
    public async Task A_page_whose_viewer_was_ended_says_so()
    {
        ViewedPage page = await ViewedPage.ShowAsync(ViewedPage.Scenes(3));
        await page.Indexed;
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.body.dataset.indexed && document.querySelectorAll('.cell').length === 3");
        await page.DisposeAsync();
        browser.Click(".cell");
        browser.WaitUntil("document.body.innerText.includes('segpipe view does not answer')");
    }

    [ToolFact("chromedriver")]
    public async Task A_picture_that_browsers_do_not_show_is_told_by_its_format_and_its_masks_are_shown()
    {
        Directory.CreateDirectory(_temp["photos"]);
        await File.WriteAllBytesAsync(_temp["photos/a.tif"],
        [
            .. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 10, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0,
            0, 0, 0, 0,
        ]);
        string file = _temp.Write("set.json",
            """{"images":[{"id":1,"file_name":"a.tif","width":10,"height":8}],"annotations":[{"id":1,"image_id":1,""" +
            """ "category_id":1,"iscrowd":0,"area":16,"bbox":[1,1,4,4],"segmentation":[[1,1,5,1,5,5,1,5]]}],""" +
            """ "categories":[{"id":1,"name":"cat"}]}""");
        ViewedDataset dataset = ViewedPage.Dataset("tiffs", new CocoReader
        {
            Annotations = InputPath.Of(file),
            Images = InputPath.Of(_temp["photos"]),
        });
        await using ViewedPage page = await ViewedPage.ShowAsync(dataset);
        using var browser = new Browser();
        browser.OpenSample(page, $"?key=a.tif{SamplePage.Solid}", "a.tif#1");
        Assert.Contains("the photo is a TIFF, which browsers do not show", browser.Text(".pane-notices"),
            StringComparison.Ordinal);
        Assert.Equal(dataset.Read(0).Pixels(0), browser.Pixels());
        Assert.Empty(browser.Complaints());
    }
}
