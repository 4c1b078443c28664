using SegPipeline.Formats.Synthetic;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>Two versions of a dataset side by side, in a real browser.</summary>
public sealed class ViewerComparisonTests : IDisposable
{
    private const string Stays = """{"id":1,"image_id":1,"category_id":1,"iscrowd":0,"bbox":[1,1,4,4],"area":16,""" +
        """ "segmentation":[[1,1,5,1,5,5,1,5]]}""";

    private const string Removed = """{"id":2,"image_id":1,"category_id":1,"iscrowd":0,"bbox":[8,2,6,8],"area":48,""" +
        """ "segmentation":[[8,2,14,2,14,10,8,10]]}""";

    private const string Added = """{"id":3,"image_id":1,"category_id":1,"iscrowd":0,"bbox":[20,2,8,8],"area":64,""" +
        """ "segmentation":[[20,2,28,2,28,10,20,10]]}""";

    private const string Other = """{"id":4,"image_id":1,"category_id":CLASS,"iscrowd":0,"bbox":[2,12,9,6],""" +
        """ "area":54,"segmentation":[[2,12,11,12,11,18,2,18]]}""";

    private const string Mask = """{"id":5,"image_id":1,"category_id":1,"iscrowd":0,"bbox":[20,12,9,6],"area":54,""" +
        """ "segmentation":[[20,12,29,12,29,EDGE,20,EDGE]]}""";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private ViewedDataset Version(string name, params string[] annotations) => ViewedPage.Coco(_temp.Write(name,
        """{"images":[{"id":1,"file_name":"one.png","width":32,"height":20}],"annotations":[""" +
        string.Join(',', annotations) + """],"categories":[{"id":1,"name":"cat"},{"id":2,"name":"dog"}]}"""));

    private static string With(string annotation, string place, int value) =>
        annotation.Replace(place, $"{value}", StringComparison.Ordinal);

    [ToolFact("chromedriver")]
    public async Task What_was_added_removed_relabelled_and_drawn_anew_says_so_in_its_place()
    {
        ViewedDataset before = Version("before.json", Stays, Removed, With(Other, "CLASS", 1), With(Mask, "EDGE", 18));
        ViewedDataset after = Version("after.json", Stays, With(Other, "CLASS", 2), With(Mask, "EDGE", 16), Added);
        Sample[] samples = [before.Read(0), after.Read(0)];
        await using ViewedPage page = await ViewedPage.ShowAsync(before, after);
        await page.Indexed;
        using var browser = new Browser();
        browser.OpenSample(page, $"?key=one.png{SamplePage.Solid}", "one.png#1");

        Assert.Equal("1 − removed, 2 ≠ relabelled, 3 ≠ changed", Tags(browser, 0));
        Assert.Equal("1 ≠ relabelled, 2 ≠ changed, 3 + added", Tags(browser, 1));
        Assert.Equal(["+ added", "− removed", "≠ changed", "≠ changed", "≠ relabelled", "≠ relabelled"],
            browser.Evaluate<string>("[...document.querySelectorAll('.instance .mark')]" +
                ".map(m => m.textContent).join('|')")!.Split('|').Order(StringComparer.Ordinal));
        for (int side = 0; side < 2; side++)
            for (int i = 0; i < samples[side].Instances.Length; i++)
                if (!IsCrossed(side, i))
                    Assert.True(IsPainted(browser, side, samples[side].Pixels(i)), $"side {side}, instance {i}");
        // Apart from their words, an outline in dashes and a crossed ground tell what is gone from what came.
        Assert.InRange(Painted(browser, 0, samples[0].Pixels(1)), 0.2, 0.95);
        Assert.Empty(browser.Complaints());
    }

    [ToolFact("chromedriver")]
    public async Task Words_at_the_right_edge_can_be_read()
    {
        string edge = Removed.Replace("8,2", "30,2", StringComparison.Ordinal)
            .Replace("14,", "32,", StringComparison.Ordinal).Replace("[8,10", "[30,10", StringComparison.Ordinal);
        await using ViewedPage page = await ViewedPage.ShowAsync(
            Version("before.json", Stays, edge), Version("after.json", Stays));
        using var browser = new Browser(width: 1000);
        browser.OpenSample(page, "?key=one.png", "one.png#1");
        Assert.Equal("1 − removed", Tags(browser, 0));
        Assert.True(browser.Evaluate<bool>("document.querySelector('.tags .mark').getBoundingClientRect().right <= " +
            "document.querySelector('.window').getBoundingClientRect().right"));
    }

    [ToolFact("chromedriver")]
    public async Task Headings_have_short_names_and_tell_the_whole_path_when_pointed_at()
    {
        await using ViewedPage page = await ViewedPage.ShowAsync(
            ViewedPage.Dataset("/home/me/releases/2026-10", Synthetic), ViewedPage.Dataset("old\\2026-11", Synthetic));
        using var browser = new Browser();
        browser.Open(page.Address.AbsoluteUri);
        browser.WaitUntil("document.querySelectorAll('.cell').length === 2");
        Assert.Equal("releases/2026-10 ↔ old/2026-11", browser.Text("#title"));
        Assert.Equal("/home/me/releases/2026-10\nold\\2026-11",
            browser.Evaluate<string>("document.querySelector('#title').title"));
        browser.Click(".cell");
        browser.WaitUntil("document.querySelector('#single').dataset.painted");
        Assert.Equal("Before: releases/2026-10", browser.Text(".column h3"));
    }

    private static SyntheticReader Synthetic => new() { Count = 2, Width = 32, Height = 32 };

    private static bool IsCrossed(int side, int instance) => side == 0 && instance == 1;

    private static string Tags(Browser browser, int side) => browser.Evaluate<string>(
        $"[...document.querySelectorAll('.column')[{side}].querySelectorAll('.tags .mark')]" +
        ".map(t => `${t.dataset.instance} ${t.textContent}`).join(', ')")!;

    private static bool IsPainted(Browser browser, int side, string mask) => Painted(browser, side, mask) >= 1;

    private static double Painted(Browser browser, int side, string mask)
    {
        string canvas = browser.Pixels($"canvas.overlay[data-side=\"{side}\"]");
        return (double)mask.Zip(canvas).Count(p => p is ('1', '1')) / mask.Count(m => m == '1');
    }
}
