using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SegPipeline.Releases.Croissant;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

/// <summary>The description of a release is valid, complete and true.</summary>
public sealed class CroissantTests : IDisposable
{
    private const string Pipeline = """
        segpipe: 1
        name: all-formats
        title: "All: formats"
        description: Scenes in every format
        license: CC-BY-4.0
        citation: "@misc{scenes, title = {Scenes}}"
        homepage: https://example.org/scenes
        version: 1.2.0
        published: 2026-11-28
        creators: [Ada, Grace]
        publisher: Scenes
        keywords: [shapes]
        stages:
          scenes: { read.synthetic: { count: 24, width: 48, height: 32 } }
          clean:  { drop_crowds: {} }
          parts:  { split: { counts: { train: 16, val: 8 } } }
          train:  { from: parts.train, write.parquet: { split: train, images: embed, compression: snappy } }
          val:    { from: parts.val, write.parquet: { split: val, compression: snappy } }
          coco:   { from: clean, write.coco: { file: annotations/all.json, images: copy } }
          maps:   { from: clean, write.label_maps: { dir: labels, taxonomy: maps.csv, overlap: lowest_wins } }
          voc:    { from: clean, write.voc: { set: val, overlap: lowest_wins, images: none } }
          rle:    { from: clean, write.kaggle_rle: { file: masks.csv } }
        release: { to: out }
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_description_of_a_release_in_many_formats_keeps_the_rules()
    {
        JsonElement dataset = await MakeAsync();
        Assert.Empty(CroissantRules.Broken(dataset));
        Assert.Equal("All: formats", dataset.GetProperty("name").GetString());
        Assert.Equal("https://spdx.org/licenses/CC-BY-4.0.html", dataset.GetProperty("license").GetString());
        Assert.Equal("@misc{scenes, title = {Scenes}}", dataset.GetProperty("citeAs").GetString());
        Assert.Equal(["Ada", "Grace"], dataset.GetProperty("creator").EnumerateArray()
            .Select(c => c.GetProperty("name").GetString()));
        Assert.Equal("2026-11-28", dataset.GetProperty("datePublished").GetString());
        string[] sets = [.. Items(dataset, "recordSet").Select(s => s.GetProperty("@id").GetString()!)];
        Assert.Equal(
        [
            "splits", "train.rows", "val.rows", "coco.images", "coco.annotations", "coco.categories",
            "maps.label_images", "voc.images", "voc.class_images",
            "voc.object_images", "rle.masks", "images-jpeg.pictures",
        ], sets);
    }

    [Fact]
    public async Task Every_file_is_described_once_and_with_its_own_digest()
    {
        JsonElement dataset = await MakeAsync();
        var sums = File.ReadLines(_temp["out/SHA256SUMS"]).ToDictionary(l => l[66..], l => l[..64]);
        foreach (string reserved in (string[])
            ["MANIFEST.json", "README.md", "pipeline.yaml", "croissant.json", "report.html"])
            Assert.True(sums.Remove(reserved), reserved);
        var described = new List<string>();
        foreach (JsonElement resource in Items(dataset, "distribution"))
        {
            if (resource.TryGetProperty("contentUrl", out JsonElement url))
            {
                described.Add(url.GetString()!);
                Assert.Equal(sums[url.GetString()!], resource.GetProperty("sha256").GetString());
                Assert.Equal($"{new FileInfo(_temp["out/" + url]).Length} B",
                    resource.GetProperty("contentSize").GetString());
                continue;
            }
            string[] excludes = [.. Items(resource, "excludes").Select(e => e.GetString()!)];
            described.AddRange(sums.Keys.Where(name => !excludes.Contains(name) &&
                Items(resource, "includes").Any(pattern => FileSet.Fits(pattern.GetString()!, name))));
        }
        Assert.Equal(sums.Keys.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_paths_into_a_COCO_file_give_one_value_for_each_record()
    {
        JsonElement dataset = await MakeAsync();
        using var coco = JsonDocument.Parse(File.ReadAllBytes(_temp["out/annotations/all.json"]));
        int paths = 0;
        foreach (JsonElement field in Items(dataset, "recordSet").SelectMany(s => Items(s, "field")))
        {
            if (!field.TryGetProperty("source", out JsonElement source) ||
                !source.GetProperty("extract").TryGetProperty("jsonPath", out JsonElement path)) continue;
            string[] parts = path.GetString()!.Split("[*].");
            Assert.All(coco.RootElement.GetProperty(parts[0][2..]).EnumerateArray(),
                record => Assert.True(record.TryGetProperty(parts[1], out _), path.GetString()));
            paths++;
        }
        Assert.Equal(4 + 7 + 3, paths);
    }

    [Fact]
    public async Task Members_that_some_records_lack_are_not_promised()
    {
        _temp.Write("boxes.json", """
            {"images":[{"id":1,"file_name":"a.jpg","width":4,"height":4},
                       {"id":2,"file_name":"b.jpg","width":4,"height":4}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[0,0,2,2]},
                            {"id":2,"image_id":2,"category_id":1,"bbox":[0,0,2,2],"area":4}],
             "categories":[{"id":1,"name":"thing"}]}
            """);
        JsonElement dataset = await RunAsync("""
            segpipe: 1
            name: boxes
            stages:
              in:  { read.coco: { annotations: boxes.json } }
              out: { write.coco: { file: out.json, ids: dense } }
            release: { to: out }
            """);
        JsonElement annotations = Items(dataset, "recordSet").Single(
            s => s.GetProperty("@id").GetString() == "out.annotations");
        Assert.Equal(["id", "image_id", "category_id", "bbox"],
            Items(annotations, "field").Select(f => f.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_parts_of_every_format_are_told_and_found_by_the_names_of_files()
    {
        JsonElement dataset = await RunAsync("""
            segpipe: 1
            name: parts
            stages:
              scenes: { read.synthetic: { count: 6, width: 48, height: 32, crowds: 0 } }
              flat:   { flatten: {} }
              full:   { drop_empty: {} }
              coco:   { from: full, write.coco: { file: annotations/instances_train2017.json } }
              sheet:  { from: full, write.kaggle_rle: { file: train.csv } }
              masks:  { from: full, write.kaggle_masks: { dir: stage1_train } }
              truth:  { from: full, write.triplets: { role: gt, names: part, dir: val } }
              maps:   { from: full, write.label_maps: { dir: labels_of_maps/validation } }
              voc:    { from: full, write.voc: { set: trainval } }
              traced: { from: full, to_polygons: {} }
              sets:   { split: { counts: { train: 2, val: 2 }, rest: test } }
              train:  { from: sets.train, write.yolo: { split: train, splits: [train, val, test] } }
              val:    { from: sets.val, write.yolo: { split: val, splits: [train, val, test] } }
              test:   { from: sets.test, write.yolo: { split: test, splits: [train, val, test] } }
            release: { to: out }
            """);
        Assert.Empty(CroissantRules.Broken(dataset));
        string[] files = [.. File.ReadLines(_temp["out/SHA256SUMS"]).Select(l => l[66..])];
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement set in Items(dataset, "recordSet"))
            foreach (JsonElement field in Items(set, "field").Where(f => f.GetProperty("name").GetString() == "split"))
                found[set.GetProperty("@id").GetString()!] = PartOf(dataset, field, files);
        Assert.Equal(
        [
            "coco.annotations train", "coco.images train", "maps.label_images validation", "masks.masks train",
            "sheet.masks train", "test.labels test", "train.labels train", "truth.masks val", "val.labels val",
            "voc.images trainval",
        ], found.Select(f => $"{f.Key} {f.Value}"));
    }

    /// <summary>The one value that a split field has: its constant, or what its pattern finds in the name of every file
    /// of its set.</summary>
    private static string PartOf(JsonElement dataset, JsonElement field, string[] files)
    {
        if (field.TryGetProperty("value", out JsonElement value)) return value.GetString()!;
        JsonElement source = field.GetProperty("source");
        string id = source.GetProperty("fileSet").GetProperty("@id").GetString()!;
        JsonElement set = Items(dataset, "distribution").Single(d => d.GetProperty("@id").GetString() == id);
        var pattern = new Regex(source.GetProperty("transform").GetProperty("regex").GetString()!);
        string[] names = [.. files.Where(
            name => Items(set, "includes").Any(i => FileSet.Fits(i.GetString()!, name)))];
        Assert.NotEmpty(names);
        return Assert.Single(names.Select(name => pattern.Match("somewhere/" + name).Groups[1].Value).Distinct());
    }

    [Fact]
    public async Task A_pipeline_that_says_nothing_of_its_dataset_gets_no_invented_values()
    {
        JsonElement dataset = await RunAsync("""
            segpipe: 1
            name: bare
            stages:
              in:  { read.synthetic: { count: 2 } }
              out: { write.coco: { file: out.json } }
            release: { to: out }
            """);
        Assert.Empty(CroissantRules.Broken(dataset));
        Assert.Equal("Made by the pipeline bare of SegPipeline.", dataset.GetProperty("description").GetString());
        foreach (string member in (string[])["license", "citeAs", "url", "version", "creator", "datePublished"])
            Assert.False(dataset.TryGetProperty(member, out _), member);
    }

    [Fact]
    public async Task A_published_day_that_is_none_is_refused_at_its_place()
    {
        _temp.Write("pipeline.yaml", Pipeline.Replace("2026-11-28", "28.11.2026", StringComparison.Ordinal));
        CliRun run = await CliRun.InAsync(_temp.Path, "check", "pipeline.yaml");
        Assert.Equal(78, run.ExitCode);
        Assert.Contains("pipeline.yaml:9:12: error: 'published' must be a day, found '28.11.2026'", run.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conformsTo", "http://mlcommons.org/croissant/1.0")]
    [InlineData("name", null)]
    [InlineData("distribution/0/sha256", "abc")]
    [InlineData("distribution/0/contentUrl", null)]
    [InlineData("distribution/0/encodingFormat", "json")]
    [InlineData("distribution/0/md5", "abc")]
    [InlineData("distribution/2/@id", "annotations/all.json")]
    [InlineData("recordSet/0/key/@id", "splits/none")]
    [InlineData("recordSet/0/data/0/other", "x")]
    [InlineData("recordSet/1/field/0/dataType", "sc:Whole")]
    [InlineData("recordSet/1/field/0/source/fileSet/@id", "none")]
    [InlineData("recordSet/1/field/0/source/fileSet/@id", "splits")]
    [InlineData("recordSet/1/field/0/source/extract/jsonPath", "$.a")]
    [InlineData("recordSet/1/field/0/source/fileObject", "x")]
    [InlineData("recordSet/1/field/0/value", "x")]
    [InlineData("recordSet/1/field/0/@id", "elsewhere/x")]
    [InlineData("recordSet/3/field/0/source/extract/jsonPath", "images.id")]
    public async Task A_description_that_breaks_a_rule_is_found_out(string path, string? value)
    {
        var dataset = JsonNode.Parse((await MakeAsync()).GetRawText())!;
        string[] parts = path.Split('/');
        JsonNode at = dataset;
        foreach (string part in parts[..^1])
            at = (int.TryParse(part, out int index) ? at[index] : at[part])!;
        if (value is null) at.AsObject().Remove(parts[^1]);
        else at[parts[^1]] = value;
        using var changed = JsonDocument.Parse(dataset.ToJsonString());
        Assert.NotEmpty(CroissantRules.Broken(changed.RootElement));
    }

    [Theory]
    [InlineData("labels/**/*.png", "labels/a.png", true)]
    [InlineData("labels/**/*.png", "labels/a/b/c.png", true)]
    [InlineData("labels/**/*.png", "other/a.png", false)]
    [InlineData("data/train-*.parquet", "data/train-00000-of-00001.parquet", true)]
    [InlineData("data/train-*.parquet", "data/x/train-0.parquet", false)]
    public void A_pattern_fits_names_as_loaders_take_it(string pattern, string name, bool fits) =>
        Assert.Equal(fits, FileSet.Fits(pattern, name));

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement list) ? list.EnumerateArray() : default;

    private Task<JsonElement> MakeAsync() => RunAsync(Pipeline);

    private async Task<JsonElement> RunAsync(string pipeline)
    {
        _temp.Write("pipeline.yaml", pipeline);
        CliRun run = await CliRun.InAsync(_temp.Path, "run", "pipeline.yaml", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        CliRun verify = await CliRun.InAsync(_temp.Path, "verify", "out");
        Assert.True(verify.ExitCode == 0, verify.Error);
        using var document = JsonDocument.Parse(File.ReadAllBytes(_temp["out/croissant.json"]));
        return document.RootElement.Clone();
    }
}
