using System.Text.Json;
using System.Text.Json.Nodes;
using SegPipeline.Cli;

namespace SegPipeline.Tests.Cli;

public sealed class DiffCommandTests : IDisposable
{
    private readonly CocoSet _set = new();

    public DiffCommandTests() => _set.Write(
        "all: { read.coco: { annotations: instances.json } }", "out: { write.coco: { file: a.json } }");

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task Releases_of_the_same_bytes_are_equal()
    {
        await ReleaseAsync("one");
        await ReleaseAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("^one and two are equal \\([0-9]+ files, byte for byte\\)\n$", run.Out);
    }

    [Theory]
    [InlineData("relabelled", "1.jpg", "1", "cat -> dog")]
    [InlineData("mask_changed", "1.jpg", "2", "9 pixels differ")]
    [InlineData("members_changed", "2.jpg", "3", "iscrowd: 1 -> 0; note: (none) -> \"x\"")]
    [InlineData("renumbered", "2.jpg", "4", "4 -> 400")]
    [InlineData("instance_removed", "3.jpg", "5", null)]
    [InlineData("instance_added", "3.jpg", "99", null)]
    [InlineData("sample_changed", "4.jpg", null, "width: 8 -> 9")]
    [InlineData("sample_removed", "12.jpg", null, null)]
    [InlineData("sample_added", "13.jpg", null, null)]
    public async Task Every_change_is_told_with_its_image_and_annotation(
        string kind, string key, string? instance, string? detail)
    {
        await ReleaseAsync("one");
        Edit(ChangeEverything);
        await ReleaseAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two", "--json");
        Assert.Equal(1, run.ExitCode);
        JsonNode found = JsonNode.Parse(run.Out)!["datasets"]![0]!["difference"]!;
        JsonNode change = found["first"]!.AsArray().First(c => (string?)c!["kind"] == kind)!;
        Assert.Equal((key, instance, detail),
            ((string?)change["key"], (string?)change["instance"], (string?)change["detail"]));
    }

    [Fact]
    public async Task Changes_are_counted_in_all_and_by_category()
    {
        await ReleaseAsync("one");
        Edit(ChangeEverything);
        await ReleaseAsync("two");
        JsonNode found = JsonNode.Parse((await _set.RunAsync("diff", "one", "two", "--json", "--show", "0")).Out)!
            ["datasets"]![0]!["difference"]!;
        Assert.Empty(found["first"]!.AsArray());
        Assert.Equal("""
            {"sample_added":1,"sample_removed":1,"sample_changed":1,"instance_added":1,"instance_removed":3,
            "relabelled":1,"mask_changed":1,"members_changed":1,"renumbered":1}
            """.ReplaceLineEndings(""), found["totals"]!.ToJsonString());
        Assert.Equal("""
            [{"category":"cat","totals":{"instance_removed":3,
            "relabelled":1,"mask_changed":1,"members_changed":1,"renumbered":1}},
            {"category":"dog","totals":{"instance_added":1}}]
            """.ReplaceLineEndings(""), found["by_category"]!.ToJsonString());
        Assert.Equal("category 'dog' (2) added", (string?)found["taxonomy"]![0]);
    }

    [Fact]
    public async Task A_person_is_told_settings_files_and_data()
    {
        await ReleaseAsync("one");
        Edit(ChangeEverything);
        _set.Write(
            "all: { read.coco: { annotations: instances.json } }", "clean: { drop_empty: {} }",
            "out: { write.coco: { file: a.json } }");
        await _set.RunAsync("run", "p.yaml", "-q", "--to", "two", "--set", "size=5");
        CliRun run = await _set.RunAsync("diff", "one", "two", "--show", "1");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("one and two differ\n\nmade with\n", run.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^  param size +4 +5$", run.Out);
        Assert.Matches("(?m)^  stage clean +\\(none\\) +drop_empty$", run.Out);
        Assert.Contains("  +     drop_empty: {}\n", run.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^  a.json: changed, [0-9,]+ -> [0-9,]+ bytes, from line [0-9]+ on \\(byte ", run.Out);
        Assert.Contains("  annotations removed: 3\n    3.jpg #5 (cat)\n    and 2 others\n", run.Out,
            StringComparison.Ordinal);
        Assert.Matches("(?m)^  category +added +removed +relabelled +mask +members +id$", run.Out);
    }

    [Fact]
    public async Task The_same_data_written_in_another_way_is_told_as_such()
    {
        await ReleaseAsync("one");
        _set.WriteFile("instances.json", File.ReadAllText(_set.Annotations)
            .Replace("\"area\":9", "\"area\":  9", StringComparison.Ordinal));
        await ReleaseAsync("two");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Contains("data of 'out' (write.coco)\n  the same, written in another way\n", run.Out,
            StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Ids_that_are_all_numbered_anew_hide_no_other_change()
    {
        Edit(root =>
        {
            JsonArray all = root["annotations"]!.AsArray();
            for (int i = 0; i < all.Count; i++) all[i]!["segmentation"]![0]![4] = 4 + (0.1 * i);
        });
        await ReleaseAsync("one");
        Edit(root =>
        {
            JsonArray all = root["annotations"]!.AsArray();
            all.RemoveAt(0);
            for (int i = 0; i < all.Count; i++) all[i]!["id"] = i + 1;
        });
        await ReleaseAsync("two");
        JsonNode totals = JsonNode.Parse((await _set.RunAsync("diff", "one", "two", "--json")).Out)!
            ["datasets"]![0]!["difference"]!["totals"]!;
        Assert.Equal("""{"instance_removed":1,"renumbered":23}""", totals.ToJsonString());
    }

    [Theory]
    [InlineData("write.coco: { file: a.json }", 1)]
    [InlineData("write.ytvis: { file: a.json }", 3)]
    [InlineData("write.palette: { }", 3)]
    [InlineData("write.parquet: { }", 1)]
    [InlineData("write.voc: { set: train }", 1)]
    [InlineData("write.coco_panoptic: { file: a.json }", 1)]
    [InlineData("write.kaggle_masks: { images: copy }", 1)]
    public async Task Every_format_that_can_be_read_back_is_compared_by_its_data(string writer, int frames)
    {
        foreach (string where in (string[])["category_id > 0", "category_id != 2"])
        {
            _set.Write(
                $"all: {{ read.synthetic: {{ count: 12, frames: {frames}, crowds: 0 }} }}",
                "flat: { flatten: {} }",
                $"some: {{ filter: {{ where: '{where}' }} }}",
                $"out: {{ {writer} }}");
            CliRun made = await _set.RunAsync("run", "p.yaml", "-q", "--to", where.Contains('!') ? "two" : "one");
            Assert.True(made.ExitCode == 0, made.Error);
        }
        JsonNode ledger = JsonNode.Parse(File.ReadAllText(_set["two/MANIFEST.json"]))!["ledger"]![2]!;
        long dropped = ledger["instances"]!["dropped"]!.AsObject().Sum(reason => (long)reason.Value!);
        CliRun run = await _set.RunAsync("diff", "one", "two", "--json");
        JsonNode? data = JsonNode.Parse(run.Out)!["datasets"]![0];
        Assert.Equal(dropped, (long?)data!["difference"]?["totals"]?["instance_removed"]);
    }

    [Fact]
    public async Task Label_maps_are_compared_by_the_classes_of_each_picture()
    {
        foreach (string where in (string[])["category_id > 0", "category_id != 2"])
        {
            _set.Write("all: { read.synthetic: { count: 12, crowds: 0 } }", "flat: { flatten: {} }",
                $"some: {{ filter: {{ where: '{where}' }} }}", "json: { write.coco: { file: a.json } }",
                "out: { from: some, write.label_maps: { } }");
            await _set.RunAsync("run", "p.yaml", "-q", "--to", where.Contains('!') ? "two" : "one");
        }
        // A class is one region of a picture, however many objects it had.
        int pictures = JsonNode.Parse(File.ReadAllText(_set["one/a.json"]))!["annotations"]!.AsArray()
            .Where(a => (int)a!["category_id"]! == 2).Select(a => (int)a!["image_id"]!).Distinct().Count();
        JsonNode run = JsonNode.Parse((await _set.RunAsync("diff", "one", "two", "--json")).Out)!;
        JsonNode data = run["datasets"]!.AsArray().Single(d => (string?)d!["stage"] == "out")!;
        Assert.Equal(pictures, (long?)data["difference"]?["totals"]?["instance_removed"]);
        foreach (JsonNode? file in run["files"]!.AsArray())
        {
            if (Path.GetExtension((string)file!["name"]!) != ".png") continue;
            Assert.Equal("out", (string?)file["stage"]);
            Assert.NotNull(file["chunk"]);
            Assert.Equal(Path.GetFileNameWithoutExtension((string?)file["name"]),
                Path.GetFileNameWithoutExtension((string?)file["record"]!["key"]));
        }
    }

    [Fact]
    public async Task A_folder_that_is_no_release_is_bad_data_and_two_folders_are_needed()
    {
        await ReleaseAsync("one");
        CliRun run = await _set.RunAsync("diff", "one", "nowhere");
        Assert.Equal(((int)ExitCode.BadData,
            "nowhere: error: there is no MANIFEST.json in it; name the folder of a release [NO_RELEASE]"),
            (run.ExitCode, run.Errors[0]));
        Assert.Equal((int)ExitCode.Usage, (await _set.RunAsync("diff", "one")).ExitCode);
    }

    [Fact]
    public async Task A_release_whose_files_are_not_those_of_its_manifest_is_not_compared()
    {
        await ReleaseAsync("one");
        await ReleaseAsync("two");
        _set.WriteFile("two/a.json", File.ReadAllText(_set["two/a.json"]) + " ");
        CliRun run = await _set.RunAsync("diff", "one", "two");
        Assert.Equal((int)ExitCode.BadData, run.ExitCode);
        Assert.Contains("[FILE_CHANGED]", run.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("two/a.json: error: expected ", run.Errors[0], StringComparison.Ordinal);
    }

    private static void ChangeEverything(JsonNode root)
    {
        JsonArray images = root["images"]!.AsArray(), all = root["annotations"]!.AsArray();
        root["categories"]!.AsArray().Add(JsonNode.Parse("""{"id":2,"name":"dog"}"""));
        all[0]!["category_id"] = 2;
        all[1]!["segmentation"] = JsonNode.Parse("[[1,1,1,4,7,4,7,1]]");
        all[2]!["iscrowd"] = 0;
        all[2]!["note"] = "x";
        all[3]!["id"] = 400;
        images[3]!["width"] = 9;
        foreach (int i in (int[])[23, 22, 4]) all.RemoveAt(i);
        images.RemoveAt(11);
        images.Add(JsonNode.Parse("""{"id":13,"file_name":"13.jpg","width":8,"height":6}"""));
        all.Add(JsonNode.Parse("""
            {"id":99,"image_id":3,"category_id":2,"bbox":[0,0,1,1],"area":1,"segmentation":[[0,0,0,1,1,1,1,0]]}
            """));
    }

    private void Edit(Action<JsonNode> edit)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(_set.Annotations))!;
        edit(root);
        _set.WriteFile("instances.json", root.ToJsonString(new JsonSerializerOptions { WriteIndented = false }));
    }

    private async Task ReleaseAsync(string folder)
    {
        CliRun run = await _set.RunAsync("run", "p.yaml", "-q", "--to", folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }
}
