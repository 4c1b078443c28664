using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class MergeTests
{
    private static readonly Merge ByName = new() { Categories = CategoriesBy.Name, Names = ["left", "right"] };

    [Fact]
    public void An_image_of_one_input_passes_as_it_is()
    {
        Sample sample = Image("a", Thing(1, 0));

        Assert.Same(sample, new Merge().Run(sample, null).Only);
        Assert.Same(sample, new Merge().Run([null, sample]).Only);
        Assert.Equal(JoinKeys.Union, new Merge().Keys);
    }

    [Fact]
    public void An_image_of_both_has_the_record_of_the_first_and_the_instances_of_both_in_order()
    {
        Sample first = Image("a", Thing(5, 0)) with { Id = new RecordId(10) };
        Sample second = Image("a", Thing(2, 0), Thing(9, 8)) with { Id = new RecordId(20) };

        StageResult result = new Merge().Run(first, second);

        Assert.Equal(["5", "2", "9"], result.OnlyIds);
        Assert.Equal(new RecordId(10), result.Only.Id);
        Assert.False(result.Only.RecordChanged);
        Assert.Equal(["Note images united 1"], result.Tallies);
    }

    [Fact]
    public void What_the_first_does_not_know_of_a_frame_comes_from_the_next()
    {
        Sample first = Image("a") with { Frames = [new Frame("a.jpg", 0, 0)] };
        Sample second = Image("a") with
        {
            Frames = [new Frame("b.jpg", 20, 10) { Photo = new PhotoFile("b.jpg"), Void = Square(3) }],
        };

        Frame frame = new Merge().Run(first, second).Only.Frame;

        Assert.Equal(("a.jpg", 20, 10), (frame.Name, frame.WidthPx, frame.HeightPx));
        Assert.Equal("b.jpg", frame.Photo!.FilePath);
        Assert.Equal(Square(3), frame.Void);
    }

    [Fact]
    public void Images_that_are_never_the_same_go_into_folders_of_their_inputs()
    {
        StageResult result = new Merge { Names = ["left", "right"], SameImage = SameImage.Never }.Run(
            Image("a", Thing(1, 0)), Image("a", Thing(1, 0)));

        Assert.Equal(["left/a", "right/a"], result.Emitted.Select(e => e.Sample.Key));
        Assert.Equal(["left/a.jpg", "right/a.jpg"], result.Emitted.Select(e => e.Sample.Frame.Name));
        Assert.All(result.Emitted, e => Assert.True(e.Sample.RecordChanged));
        Assert.Equal(["SamplesAdded kept apart 1"], result.Tallies);
        Assert.Equal("2/a", new Merge { SameImage = SameImage.Never }.Run([null, Image("a")]).Only.Key);
    }

    [Fact]
    public void Ids_are_offset_by_input_and_tell_where_they_came_from()
    {
        var offset = new Merge { Names = ["left", "right"], Ids = MergedIds.Offset, Offset = 100 };

        StageResult result = offset.Run(
            Image("a", Thing(5, 0)) with { Id = new RecordId(1) },
            Image("a", Thing(5, 8)) with { Id = new RecordId(1) });

        Assert.Equal(["5", "105"], result.OnlyIds);
        Assert.Equal([null, """{"input": "right", "id": 5}"""],
            result.Only.Instances.Select(i => i.MemberText("merged_from")));
        Sample alone = offset.Run([null, Image("b") with { Id = new RecordId(7) }]).Only;
        Assert.Equal((new RecordId(107), true), (alone.Id, alone.RecordChanged));
        Assert.Equal("""{"input": "right", "id": 7}""", alone.ExtraMembers["merged_from"]);
    }

    [Theory]
    [InlineData("100", "set a larger offset")]
    [InlineData("-1", "set ids: renumber")]
    [InlineData("\"x\"", "set ids: renumber")]
    public void An_id_that_cannot_be_offset_is_an_error(string id, string remedy)
    {
        Sample sample = Image("a", Thing(1, 0) with { Id = RecordId.FromJson(id) });
        var fault = Assert.Throws<BadDataException>(() =>
            new Merge { Ids = MergedIds.Offset, Offset = 100 }.Run(sample, null));

        Assert.Equal("'a' of input 1: to be offset, ids must be whole numbers from 0 to 99; an instance has "
            + $"{id}; {remedy} [ID_OFFSET]", fault.Problems[0].ToString());
    }

    [Fact]
    public void Renumbered_records_have_no_id()
    {
        Sample merged = new Merge { Ids = MergedIds.Renumber }.Run(
            Image("a", Thing(5, 0)) with { Id = new RecordId(1) }, null).Only;

        Assert.Null(merged.Id);
        Assert.Null(merged.Instances[0].Id);
        Assert.Equal("""{"input": "1", "id": 5}""", merged.Instances[0].MemberText("merged_from"));
    }

    [Fact]
    public void Every_record_or_none_can_tell_where_it_came_from()
    {
        string? From(MergedFrom tells, MergedIds ids) => new Merge { MergedFrom = tells, Ids = ids }
            .Run(Image("a", Thing(5, 0)), null).Only.Instances[0].MemberText("merged_from");

        Assert.Equal("""{"input": "1", "id": 5}""", From(MergedFrom.Always, MergedIds.Keep));
        Assert.Null(From(MergedFrom.Never, MergedIds.Renumber));
    }

    [Fact]
    public void One_id_for_instances_of_two_inputs_is_an_error_where_it_can_be_seen()
    {
        var fault = Assert.Throws<BadDataException>(() =>
            new Merge().Run(Image("a", Thing(5, 0)), Image("a", Thing(5, 8))));

        Assert.Equal("annotation 5 of 'a': two inputs have an instance of 'a' with the id 5; set ids: offset or "
            + "renumber, or duplicates: drop where they are the same [ID_TAKEN]", fault.Problems[0].ToString());
        Assert.Equal(["5", "5"], new Merge().Run(Image("a", Thing(5, 0), Thing(5, 8)), Image("a")).OnlyIds);
    }

    [Fact]
    public void Duplicates_are_instances_of_one_category_and_mask_or_box()
    {
        var drop = new Merge { Duplicates = DuplicateInstances.Drop };
        Instance boxed = Object(1) with { Boxes = [new Box(1, 2, 3, 4)] };

        StageResult result = drop.Run(
            Image("a", Thing(1, 0), boxed with { Id = new RecordId(3) }),
            Image("a", Thing(1, 0), Thing(4, 0, category: 2), Thing(5, 1), Thing(6, 0) with { IsCrowd = true },
                boxed with { Id = new RecordId(7) }, Object(8)));

        Assert.Equal(["1", "3", "4", "5", "6", "8"], result.OnlyIds);
        Assert.Contains("InstancesDropped duplicate 2", result.Tallies);
        Assert.Equal(["1", "2"], drop.Run(Image("a"), Image("a", Thing(1, 0), Thing(2, 0))).OnlyIds);
    }

    [Fact]
    public void Object_numbers_of_later_inputs_give_way()
    {
        Instance Numbered(long id) =>
            Thing(id, 0) with { ExtraMembers = new Instance().ExtraMembers.Add("object_id", "1") };

        Assert.Equal(["1", "2"], new Merge().Run(Image("a", Numbered(1)), Image("a", Numbered(2)))
            .Only.Instances.Select(i => i.MemberText("object_id")));
    }

    [Fact]
    public void By_name_categories_get_the_id_of_the_first_input_and_new_ones_a_free_id()
    {
        DatasetInfo left = Info((1, "cat"), (2, "dog")), right = Info((1, "dog "), (2, "hen"), (7, "cow"));

        Assert.Equal(["1 cat", "2 dog", "8 hen", "7 cow"], Text(ByName.Describe([left, right])));
        var output = new StageOutput();
        ByName.Prepare([left, right], Context)(
            [null, Image("a", Object(1, 1), Object(2, 2), Object(3, 7))], output);
        Assert.Equal(["2", "8", "7"], output.Emitted[0].Sample.Instances.Select(i => i.CategoryId!.Value.JsonText));
    }

    [Fact]
    public void By_id_the_union_keeps_the_first_record_of_each() => Assert.Equal(
        ["1 cat", "2 dog", "3 hen"],
        Text(new Merge().Describe([Info((1, "cat"), (2, "dog")), Info((3, "hen"), (1, " cat"))])));

    [Fact]
    public void Categories_that_contradict_each_other_are_named_with_their_inputs()
    {
        string[] Faults(Merge merge, params DatasetInfo[] infos) =>
            [.. Assert.Throws<BadDataException>(() => merge.Describe(infos)).Problems.Select(p => p.Message)];

        Assert.Equal(
            [
                "category 1 is 'cat' in input 1 and 'cow' in input 2",
                "category 'dog' has the id 2 in input 1 and 5 in input 2",
            ], Faults(new Merge(), Info((1, "cat"), (2, "dog")), Info((1, "cow"), (5, "dog"))));
        Assert.Equal(
            ["input right has two categories named 'cat', 1 and 2"],
            Faults(ByName, Info((3, "dog")), Info((1, "cat"), (2, "cat"))));
        Assert.Equal(
            ["input left has no list of categories, so that they have no names to be united by"],
            Faults(ByName, new DatasetInfo(), Info((1, "cat"))));
        Assert.Equal(
            ["'names' gives 2 names to 3 inputs"], Faults(ByName, Info(), Info(), Info()));
    }

    [Fact]
    public void Images_and_videos_and_pictures_of_other_sizes_are_errors()
    {
        Assert.Equal("KIND", FailsWith(() => new Merge().Run(Image("a"), Video("a", 1))));
        Assert.Equal("SIZE_DIFFERS", FailsWith(() => new Merge().Run(
            Image("a"), Image("a") with { Frames = [new Frame("a", 3, 3)] })));
    }

    [Fact]
    public void Tracks_of_one_video_are_united_too()
    {
        Instance Track(long id) => Object(id) with { Segmentations = [Square(0), Segmentation.Null] };

        Assert.Equal(["1", "2"], new Merge().Run(Video("v", 2, Track(1)), Video("v", 2, Track(2))).OnlyIds);
    }

    [Fact]
    public void Keys_that_do_not_go_together_are_refused()
    {
        Assert.Equal(["'ids: offset' and 'offset' need each other"], new Merge { Offset = 5 }.Check());
        Assert.Single(new Merge { Ids = MergedIds.Offset }.Check());
        Assert.Single(new Merge { Names = ["a", "A"] }.Check());
        Assert.Single(new Merge { Names = ["a/b"] }.Check());
        Assert.Single(
            new Merge { SameImage = SameImage.Never, Duplicates = DuplicateInstances.Drop }.Check());
    }

    [Fact]
    public async Task Two_files_are_united_into_one_that_reads_back()
    {
        using var set = new CocoSet(images: 3);
        string second = await File.ReadAllTextAsync(set.Annotations);
        set.WriteFile("second.json", second.Replace("\"3.jpg\"", "\"other.jpg\"", StringComparison.Ordinal)
            .Replace("{\"id\":1,\"name\":\"cat\"}", "{\"id\":4,\"name\":\"cat\"}", StringComparison.Ordinal)
            .Replace("\"category_id\":1", "\"category_id\":4", StringComparison.Ordinal));
        set.Write(
            "one: { read.coco: { annotations: instances.json } }",
            "two: { read.coco: { annotations: second.json } }",
            "both: { from: [one, two], merge: { ids: offset, offset: 1000, categories: name, duplicates: drop } }",
            "out: { write.coco: { file: both.json } }");

        CliRun run = await set.RunAsync("run", "p.yaml", "--workers", "3");

        Assert.True(run.ExitCode == 0, run.Error);
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(set["out/both.json"]));
        Assert.Equal(["1", "2", "3", "1003"], json.RootElement.GetProperty("images").EnumerateArray()
            .Select(i => i.GetProperty("id").GetRawText()));
        Assert.Equal(
            ["1 1", "2 1", "3 2", "4 2", "5 3", "6 3", "1005 1003", "1006 1003"],
            json.RootElement.GetProperty("annotations").EnumerateArray()
                .Select(a => $"{a.GetProperty("id")} {a.GetProperty("image_id")}"));
        Assert.All(json.RootElement.GetProperty("annotations").EnumerateArray(),
            a => Assert.Equal(1, a.GetProperty("category_id").GetInt32()));
    }

    [RealDataFact]
    public async Task Two_real_files_are_united_record_for_record()
    {
        string folder = Path.Combine(SharedData.Data!, "coco", "coco-tiny-160", "annotations");
        using var set = new CocoSet(images: 1);
        set.Write(
            $"train: {{ read.coco: {{ annotations: {folder}/instances_train2017.json }} }}",
            $"val: {{ read.coco: {{ annotations: {folder}/instances_val2017.json }} }}",
            "both: { from: [train, val], merge: { names: [train, val] } }",
            "out: { write.coco: { file: both.json } }",
            "train_out: { from: train, write.coco: { file: train.json } }",
            "val_out: { from: val, write.coco: { file: val.json } }");

        foreach (int workers in (int[])[1, 8])
        {
            CliRun run = await set.RunAsync("run", "p.yaml", "--to", set[$"out{workers}"], "--workers", $"{workers}");
            Assert.True(run.ExitCode == 0, run.Error);
        }

        Assert.Equal(ShippedPipeline.DigestOf(set["out1"]), ShippedPipeline.DigestOf(set["out8"]));
        foreach (string list in (string[])["images", "annotations"])
            Assert.Equal(
                [.. Records("train.json", list), .. Records("val.json", list)], Records("both.json", list));

        string[] Records(string file, string list)
        {
            using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(set[$"out1/{file}"]));
            return [.. json.RootElement.GetProperty(list).EnumerateArray().Select(r => r.GetRawText())];
        }
    }

    private static DatasetInfo Info(params (long Id, string Name)[] categories) => new()
    {
        Taxonomy = new Taxonomy(
            [.. categories.Select(c => new Category(new RecordId(c.Id), c.Name))], IsDeclared: true),
    };

    private static IEnumerable<string> Text(DatasetInfo info) =>
        info.Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}");

    private static MaskSegmentation Square(int x) =>
        new(Bitmap.Rectangle(10, 20, x, 0, x + 4, 4), SegmentationForm.Counts);

    private static Instance Thing(long id, int x, long category = 1) =>
        Object(id, category) with { Segmentations = [Square(x)] };
}
