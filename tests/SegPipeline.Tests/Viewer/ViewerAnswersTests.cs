using System.Net;
using System.Text.Json;
using SegPipeline.Formats.Coco;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>What the server of the viewer answers.</summary>
public sealed class ViewerAnswersTests : IDisposable
{
    private const string Shapes =
        """{"images":[{"id":1,"file_name":"b.jpg","width":10,"height":10},""" +
        """{"id":2,"file_name":"a.jpg","width":10,"height":10},{"id":3,"file_name":"C.jpg","width":4,"height":4}],""" +
        """ "annotations":[{"id":1,"image_id":1,"category_id":1,"iscrowd":0,"area":25,"bbox":[0,0,5,5],""" +
        """ "segmentation":[[0,0,5,0,5,5,0,5]]},{"id":2,"image_id":2,"category_id":2,"iscrowd":1,"area":100,""" +
        """ "bbox":[0,0,10,10],"segmentation":{"size":[10,10],"counts":[0,100]}},{"id":3,"image_id":3,""" +
        """ "category_id":1,"iscrowd":0,"area":1,"bbox":[0,0,1,1],"segmentation":{"size":[4,4],"counts":[1,1]}}],""" +
        """ "categories":[{"id":1,"name":"cat"},{"id":2,"name":"<img src=x onerror=alert(1)>"}]}""";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private Task<ViewedPage> ShowAsync() => ViewedPage.ShowAsync(ViewedPage.Coco(_temp.Write("set.json", Shapes)));

    [Theory]
    [InlineData("", "b.jpg a.jpg C.jpg")]
    [InlineData("order=key", "C.jpg a.jpg b.jpg")]
    [InlineData("text=c.J", "C.jpg")]
    [InlineData("category=cat", "b.jpg C.jpg")]
    [InlineData("category=nothing", "")]
    [InlineData("crowd=only", "a.jpg")]
    [InlineData("crowd=no", "b.jpg C.jpg")]
    [InlineData("least=0.6", "a.jpg")]
    [InlineData("least=0.2&greatest=0.5", "b.jpg")]
    [InlineData("category=cat&crowd=only", "")]
    [InlineData("marks=broken", "C.jpg")]
    [InlineData("order=largest", "a.jpg b.jpg C.jpg")]
    [InlineData("offset=1&limit=1", "a.jpg")]
    public async Task A_list_is_filtered_ordered_and_cut_into_pages(string query, string keys)
    {
        await using ViewedPage page = await ShowAsync();
        await page.Indexed;
        Assert.Equal(keys, string.Join(' ', await page.KeysAsync(query)));
    }

    [Fact]
    public async Task A_mask_that_is_malformed_is_told_in_its_place()
    {
        await using ViewedPage page = await ShowAsync();
        JsonElement shapes = await page.AskAsync("api/entries/2/0/0/shapes");
        string problem = shapes.GetProperty("shapes")[0].GetProperty("problems")[0].GetString()!;
        Assert.Contains("annotation 3", problem, StringComparison.Ordinal);
        Assert.Contains("sum", problem, StringComparison.Ordinal);
        Assert.Equal(1, shapes.GetProperty("shapes")[0].GetProperty("problems").GetArrayLength());
        Assert.Equal("[0,0,1,1]", shapes.GetProperty("shapes")[0].GetProperty("box").GetRawText());
    }

    [Fact]
    public async Task A_polygon_comes_as_it_stands_and_as_the_mask_that_it_fills()
    {
        await using ViewedPage page = await ShowAsync();
        JsonElement shape = (await page.AskAsync("api/entries/0/0/0/shapes")).GetProperty("shapes")[0];
        Assert.Equal("[[0,0,5,0,5,5,0,5]]", shape.GetProperty("polygons").GetRawText());
        JsonElement mask = shape.GetProperty("mask");
        Assert.Equal(PolygonFill.Fill(10, 10, [0, 0, 5, 0, 5, 5, 0, 5]),
            Mask.FromCocoString(10, 10, mask.GetProperty("counts").GetString()!));
    }

    [Theory]
    [InlineData("evil.example", "421")]
    [InlineData("127.0.0.1.evil.example:PORT", "421")]
    [InlineData("127.0.0.1:1", "421")]
    [InlineData("localhost", "421")]
    [InlineData("localhost:PORT", "200")]
    [InlineData("127.0.0.1:PORT", "200")]
    public async Task Only_names_of_this_machine_are_answered_to(string host, string status)
    {
        await using ViewedPage page = await ShowAsync();
        string name = host.Replace("PORT", $"{page.Address.Port}", StringComparison.Ordinal);
        string line = await page.SendRawAsync($"GET /api/about HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        Assert.Contains($" {status}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", "403")]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", "200")]
    [InlineData("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n", "403")]
    [InlineData("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\n", "200")]
    [InlineData("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n", "200")]
    public async Task Pages_of_other_sites_can_link_to_it_and_have_nothing_else_made(string headers, string status)
    {
        await using ViewedPage page = await ShowAsync();
        string line = await page.SendRawAsync($"GET / HTTP/1.1\r\nHost: localhost:{page.Address.Port}\r\n" +
            $"{headers}Connection: close\r\n\r\n");
        Assert.Contains($" {status}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/page/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/page/../../../../etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/page/SegPipeline.Viewer.dll")]
    [InlineData("/api/entries/99/0/0/photo")]
    [InlineData("/api/entries/0/7/0/photo")]
    [InlineData("/api/entries/0/0/5/photo")]
    [InlineData("/api/entries/-1/0/0/photo")]
    [InlineData("/api/entries/0/0/../../../../etc/passwd")]
    public async Task Nothing_is_reached_by_a_path(string target)
    {
        await using ViewedPage page = await ShowAsync();
        string line = await page.SendRawAsync(
            $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{page.Address.Port}\r\nConnection: close\r\n\r\n");
        Assert.Contains(" 404", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_reading_is_allowed_and_nothing_from_elsewhere_may_be_loaded()
    {
        await using ViewedPage page = await ShowAsync();
        using HttpResponseMessage post = await page.Client.PostAsync(page.Address, content: null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        using HttpResponseMessage get = await page.Client.GetAsync(page.Address);
        string policy = get.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(get.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.True(page.Address.IsLoopback);
    }

    [Fact]
    public async Task What_a_run_rejected_is_listed_with_its_reason()
    {
        string file = _temp.Write("set.json", Shapes);
        _temp.Write("MANIFEST.json", "{}");
        _temp.Write("rejects.jsonl", """{"key":"bad.jpg","stage":"masks","problems":[{"code":"RLE_SUM",""" +
            """ "message":"no sum"}]}""" + "\nno JSON\n");
        using var opened = ViewedPage.Coco(file);
        await using ViewedPage page = await ViewedPage.ShowAsync(
            new ViewedDataset("release", opened.Dataset, RejectedSample.In(_temp.Path)));
        await page.Indexed;
        Assert.Equal(["bad.jpg"], await page.KeysAsync("marks=rejected"));
        JsonElement item = (await page.AskAsync("api/entries?marks=rejected")).GetProperty("items")[0];
        Assert.False(item.TryGetProperty("instances", out _), "nobody knows how many it has");
        JsonElement entry = await page.AskAsync("api/entries/3");
        Assert.Equal("rejected by 'masks': no sum [RLE_SUM]", entry.GetProperty("problems")[0].GetString());
    }

    [Fact]
    public async Task What_was_rejected_has_an_address_although_a_sample_of_its_key_was_kept()
    {
        using var opened = ViewedPage.Coco(_temp.Write("set.json", Shapes));
        RejectedSample[] rejects = [new("b.jpg", "masks", ["one"]), new("b.jpg", "boxes", ["two"])];
        await using ViewedPage page = await ViewedPage.ShowAsync(
            new ViewedDataset("release", opened.Dataset, [.. rejects]));
        await page.Indexed;
        Assert.Equal(["b.jpg (2)", "b.jpg (3)"], await page.KeysAsync("marks=rejected"));
        JsonElement place = await page.AskAsync("api/find?key=b.jpg%20(2)");
        Assert.Equal(3, place.GetProperty("number").GetInt32());
        Assert.Equal("b.jpg (3)", place.GetProperty("next").GetString());
        Assert.Equal(0, (await page.AskAsync("api/find?key=b.jpg")).GetProperty("number").GetInt32());
        JsonElement entry = await page.AskAsync("api/entries/4");
        Assert.Equal("rejected by 'boxes': two", entry.GetProperty("problems")[0].GetString());
    }

    [Fact]
    public async Task Two_versions_are_aligned_by_key_and_what_differs_is_marked()
    {
        string after = Shapes.Replace("a.jpg", "new.jpg", StringComparison.Ordinal)
            .Replace("[0,0,5,0,5,5,0,5]", "[0,0,6,0,6,5,0,5]", StringComparison.Ordinal);
        await using ViewedPage page = await ViewedPage.ShowAsync(
            ViewedPage.Coco(_temp.Write("before.json", Shapes)), ViewedPage.Coco(_temp.Write("after.json", after)));
        await page.Indexed;
        Assert.Equal(["new.jpg"], await page.KeysAsync("marks=added"));
        Assert.Equal(["a.jpg"], await page.KeysAsync("marks=removed"));
        Assert.Equal(["b.jpg"], await page.KeysAsync("marks=changed"));
        JsonElement entry = await page.AskAsync("api/entries/0");
        Assert.Equal("MaskChanged", entry.GetProperty("changes")[0].GetProperty("kind").GetString());
        Assert.All(entry.GetProperty("sides").EnumerateArray(), side =>
            Assert.Equal("Changed", side.GetProperty("instances")[0].GetProperty("marks")[0].GetString()));
    }
}
