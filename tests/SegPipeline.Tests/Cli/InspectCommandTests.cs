using System.Text.Json;
using SegPipeline.Imaging;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_list_of_results_is_inspected_with_its_ground_truth()
    {
        _folder.Write("results/results.json",
            """[{"image_id":7,"category_id":1,"bbox":[1,1,5,5],"area":25,"segmentation":[],"score":0.5}]""");
        string truth = _folder.Write("truth.json", """
            {"images":[{"id":7,"file_name":"a.jpg","width":30,"height":20}],"annotations":[],
            "categories":[{"id":1,"name":"cat"}]}
            """);
        CliRun alone = await CliRun.InAsync(_folder.Path, "inspect", "results/results.json");
        Assert.Equal((65, ""), (alone.ExitCode, alone.Out));
        Assert.Contains("ground_truth=FILE; give it with --read", alone.Error, StringComparison.Ordinal);

        CliRun told = await CliRun.InAsync(
            _folder.Path, "inspect", "results/results.json", "--json", "--read", "ground_truth=" + truth);
        Assert.True(told.ExitCode == 0, told.Error);
        Assert.Equal(1, JsonDocument.Parse(told.Out).RootElement.GetProperty("instances").GetInt32());
    }

    [Theory]
    [InlineData("imagse=x", "unknown key 'imagse' in read.coco; did you mean 'images'?")]
    [InlineData("digest=7", "read.coco")]
    public async Task A_key_that_the_reader_does_not_take_is_told(string setting, string message)
    {
        WriteOddities();
        CliRun run = await CliRun.InAsync(_folder.Path, "inspect", "odd.json", "--read", setting);
        Assert.Equal((78, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("--read: error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_suspicious_is_found_and_named_by_its_id()
    {
        WriteOddities();
        JsonElement found = await JsonAsync("odd.json");

        Assert.Equal(
            [
                "empty: a.jpg, annotation 2", "tiny: a.jpg, annotation 3: 9 px", "huge: a.jpg, annotation 4: 100%",
                "outside: a.jpg, annotation 5: box 90, 10, 20, 20 in 100 x 80",
                "duplicate: a.jpg, annotation 6 and annotation 1", "overlapping: b.jpg, annotation 9 and annotation 8",
                "unused_category: ghost (3)",
            ],
            Findings(found));
        Assert.Equal(2, found.GetProperty("images").GetInt32());
        Assert.Equal(10, found.GetProperty("instances").GetInt32());
        Assert.Equal(1, found.GetProperty("crowds").GetInt32());
        Assert.Equal("coco", found.GetProperty("format").GetString());
    }

    [Fact]
    public async Task A_sample_that_cannot_be_read_is_a_finding_and_ends_nothing()
    {
        _folder.Write("odd.json", """
            {"images":[{"id":1,"file_name":"a.jpg","width":100,"height":80},
            {"id":2,"file_name":"b.jpg","width":100,"height":80}],
            "annotations":[{"id":1,"image_id":1,"category_id":9,"bbox":[10,10,20,20],"area":400,"segmentation":[]},
            {"id":2,"image_id":2,"category_id":1,"bbox":[10,10,20,20],"area":400,"segmentation":[]}],
            "categories":[{"id":1,"name":"cat"}]}
            """);
        JsonElement found = await JsonAsync("odd.json");

        string finding = Assert.Single(Findings(found));
        Assert.StartsWith("rejected: a.jpg: ", finding, StringComparison.Ordinal);
        Assert.Contains("UNKNOWN_CATEGORY", finding, StringComparison.Ordinal);
        Assert.Equal(1, found.GetProperty("instances").GetInt32());
    }

    [Fact]
    public async Task Pictures_without_a_size_and_categories_of_one_name_are_told_with_their_ids()
    {
        _folder.Write("odd.json", """
            {"images":[{"id":7,"file_name":"a.jpg","width":0,"height":0},
            {"id":8,"file_name":"b.jpg","width":9,"height":9}],
            "annotations":[{"id":1,"image_id":8,"category_id":1,"bbox":[1,1,5,5],"area":25,"segmentation":[]},
            {"id":2,"image_id":8,"category_id":3,"bbox":[2,3,6,5],"area":25,"segmentation":[]}],
            "categories":[{"id":1,"name":"cat"},{"id":3,"name":"cat"}]}
            """);
        Assert.Equal(["no_size: a.jpg (id 7)", "repeated_name: cat (1, 3)"], Findings(await JsonAsync("odd.json")));

        CliRun tables = await CliRun.InAsync(_folder.Path, "inspect", "odd.json", "--html", "r.html");
        Assert.Contains("1 without a size: ", tables.Out, StringComparison.Ordinal);
        Assert.Contains("  cat (1, 3)", tables.Lines);
        Assert.Contains("cat (1, 3)", File.ReadAllText(_folder["r.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_are_held_against_their_records_when_asked_for()
    {
        _folder.Write("set/annotations.json", """
            {"images":[{"id":1,"file_name":"a.jpg","width":30,"height":20},
            {"id":2,"file_name":"b.jpg","width":20,"height":30},{"id":3,"file_name":"c.jpg","width":9,"height":9}],
            "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,5,5],"area":25,
            "segmentation":[[1,1,6,1,6,6,1,6]]}],"categories":[{"id":1,"name":"cat"}]}
            """);
        byte[] jpeg = new JpegCodec(90).Encode(new RgbPixels(20, 30, new byte[1800]));
        Directory.CreateDirectory(_folder["set/images"]);
        foreach (string name in (string[])["a.jpg", "b.jpg"]) File.WriteAllBytes(_folder[$"set/images/{name}"], jpeg);

        Assert.Empty(Findings(await JsonAsync("set")));
        string[] findings = Findings(await JsonAsync("set", "--photos"));
        Assert.Equal(2, findings.Length);
        Assert.Equal("swapped_size: a.jpg, a.jpg: 30 x 20 in the record, 20 x 30 in the photo", findings[0]);
        Assert.StartsWith("photo: c.jpg, c.jpg: ", findings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_tell_what_the_JSON_tells()
    {
        WriteOddities();
        CliRun run = await CliRun.InAsync(_folder.Path, "inspect", "odd.json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("instances             10", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 duplicate: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("  a.jpg, annotation 6 and annotation 1", run.Lines);
    }

    [Fact]
    public async Task A_pipeline_is_inspected_without_being_run_and_a_report_can_be_written()
    {
        _folder.Write("p.yaml", """
            segpipe: 1
            name: p
            stages:
              scenes: { read.synthetic: { count: 30, width: 160, height: 120, crowds: 0.5 } }
              clean: { drop_crowds: {} }
              out: { write.coco: { file: a.json } }
            release: { to: out }
            """);
        CliRun run = await CliRun.InAsync(_folder.Path, "inspect", "p.yaml", "--html", "r.html", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.False(Directory.Exists(_folder["out"]));
        Assert.Equal(0, JsonDocument.Parse(run.Out).RootElement.GetProperty("crowds").GetInt32());
        string report = File.ReadAllText(_folder["r.html"]);
        Assert.Contains("<h2>Worth a look</h2>", report, StringComparison.Ordinal);
        Assert.Contains("class=\"card picture\"", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_dataset_is_refused()
    {
        _folder.Write("a.txt", "hello");
        CliRun run = await CliRun.InAsync(_folder.Path, "inspect", "a.txt");

        Assert.Equal(65, run.ExitCode);
        Assert.Contains("UNKNOWN_DATASET", run.Error, StringComparison.Ordinal);
    }

    private static string[] Findings(JsonElement found) =>
    [
        .. found.GetProperty("findings").EnumerateArray().SelectMany(f => f.GetProperty("places").EnumerateArray()
            .Select(p => $"{f.GetProperty("what").GetString()}: {p.GetString()}")),
    ];

    private async Task<JsonElement> JsonAsync(params string[] args)
    {
        CliRun run = await CliRun.InAsync(_folder.Path, ["inspect", .. args, "--json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement.Clone();
    }

    private void WriteOddities() => _folder.Write("odd.json", """
        {"images":[{"id":1,"file_name":"a.jpg","width":100,"height":80},
        {"id":2,"file_name":"b.jpg","width":100,"height":80}],
        "annotations":[
        {"id":1,"image_id":1,"category_id":1,"bbox":[10,10,20,20],"area":400,
        "segmentation":[[10,10,30,10,30,30,10,30]]},
        {"id":2,"image_id":1,"category_id":1,"segmentation":[]},
        {"id":3,"image_id":1,"category_id":2,"bbox":[1,1,3,3],"area":9,"segmentation":[[1,1,4,1,4,4,1,4]]},
        {"id":4,"image_id":1,"category_id":2,"bbox":[0,0,100,80],"area":8000,
        "segmentation":[[0,0,100,0,100,80,0,80]]},
        {"id":5,"image_id":1,"category_id":2,"bbox":[90,10,20,20],"area":400,
        "segmentation":[[90,10,110,10,110,30,90,30]]},
        {"id":6,"image_id":1,"category_id":1,"bbox":[10,10,20,20],"area":400,
        "segmentation":[[10,10,30,10,30,30,10,30]]},
        {"id":7,"image_id":1,"category_id":2,"bbox":[10,10,20,20],"area":400,
        "segmentation":[[10,10,30,10,30,30,10,30]]},
        {"id":8,"image_id":2,"category_id":1,"bbox":[10,10,40,40],"area":1600,
        "segmentation":[[10,10,50,10,50,50,10,50]]},
        {"id":9,"image_id":2,"category_id":1,"bbox":[11,10,40,40],"area":1600,
        "segmentation":[[11,10,51,10,51,50,11,50]]},
        {"id":10,"image_id":2,"category_id":1,"iscrowd":1,"bbox":[10,10,40,41],"area":1640,
        "segmentation":{"size":[80,100],"counts":[810,40,7150]}}],
        "categories":[{"id":1,"name":"cat"},{"id":2,"name":"dog"},{"id":3,"name":"ghost"}]}
        """);
}
