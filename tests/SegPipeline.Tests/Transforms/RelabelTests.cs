using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class RelabelTests
{
    private static readonly Relabel ByObject = new()
    {
        Key = RelabelKey.Object,
        Mode = [RelabelMode.Replace, RelabelMode.Add, RelabelMode.Delete],
    };

    private static readonly Relabel ByCategory = new() { Key = RelabelKey.ImageAndCategory };

    private static MaskSegmentation Square(int x, int side) =>
        new MaskSegmentation(Bitmap.Rectangle(10, 20, x, 0, x + side, side), SegmentationForm.LabelRegion);

    private static Instance Thing(long id, int x, long category = 1, int side = 4) =>
        Object(id, category) with { Segmentations = [Square(x, side)] };

    private static string[] Text(StageResult result) => [.. result.Only.Instances.Select(i =>
        $"{i.Id?.JsonText ?? "-"} {i.MemberText("source") ?? "-"} {i.MemberText("replaced") ?? "-"}")];

    [Fact]
    public void By_image_all_objects_are_replaced_by_the_corrected_ones()
    {
        StageResult result = new Relabel().Run(
            Image("a", Thing(1, 0), Thing(2, 8)), Image("a", Thing(1, 1), Thing(2, 9, category: 3), Thing(3, 14)));

        Assert.Equal(["- \"corrected\" [1, 2]", "- \"corrected\" [1, 2]", "- \"corrected\" [1, 2]"], Text(result));
        Assert.Equal(
            [
                "InstancesDropped replaced 2", "Note images corrected 1", "Note pixels gained 36",
                "Note pixels lost 20", "Note put in place 3",
            ], result.Tallies);
    }

    [Fact]
    public void An_image_without_corrected_labels_stays_as_it_is()
    {
        Sample sample = Image("a", Thing(1, 0));

        StageResult result = new Relabel().Run(sample, null);

        Assert.Same(sample, result.Only);
        Assert.Equal(["Note images not corrected 1"], result.Tallies);
    }

    [Fact]
    public void Corrected_labels_of_nothing_empty_the_image() =>
        Assert.Empty(new Relabel().Run(Image("a", Thing(1, 0)), Image("a")).Only.Instances);

    [Fact]
    public void An_image_without_objects_gets_the_corrected_ones() =>
        Assert.Equal(["- \"corrected\" -"], Text(new Relabel().Run(Image("a"), Image("a", Thing(7, 0)))));

    [Fact]
    public void By_category_only_the_categories_that_were_corrected_change()
    {
        Sample original = Image("a", Thing(1, 0, category: 1), Thing(2, 5, category: 2), Thing(3, 10, category: 1));
        Sample corrected = Image("a", Thing(9, 0, category: 1), Thing(8, 15, category: 3));

        StageResult result = ByCategory.Run(original, corrected);

        Assert.Equal(["- \"corrected\" [1, 3]", "2 - -"], Text(result));
        Assert.Same(original.Instances[1], result.Only.Instances[1]);
        Assert.Contains("InstancesDropped not used 1", result.Tallies);
        Assert.Equal(
            ["- \"corrected\" [1, 3]", "2 - -", "- \"corrected\" -"],
            Text((ByCategory with { Mode = [RelabelMode.Replace, RelabelMode.Add] }).Run(original, corrected)));
    }

    [Fact]
    public void Objects_are_replaced_added_and_deleted_by_their_overlap()
    {
        StageResult result = ByObject.Run(
            Image("a", Thing(1, 0), Thing(2, 6), Thing(3, 12)), Image("a", Thing(11, 16), Thing(12, 7)));

        Assert.Equal(["- \"corrected\" 2", "- \"corrected\" -"], Text(result));
        Assert.Equal(
            [
                "InstancesDropped deleted 2", "InstancesDropped replaced 1", "Note added 1",
                "Note images corrected 1", "Note pixels gained 20", "Note pixels lost 36", "Note put in place 1",
            ], result.Tallies);
    }

    [Fact]
    public void The_larger_overlap_wins_and_ties_go_to_the_earlier_original()
    {
        Sample original = Image("a", Thing(1, 0), Thing(2, 1), Thing(3, 2));
        Relabel inherit = ByObject with { Mode = [RelabelMode.Replace], Ids = RelabelIds.Inherit, MinIou = 0.1 };

        Assert.Equal(["1 - -", "2 - -", "3 \"corrected\" 3"], Text(inherit.Run(original, Image("a", Thing(9, 3)))));
        Assert.Equal(["1 - -", "2 \"corrected\" 2", "3 - -"],
            Text(inherit.Run(original, Image("a", Thing(9, 1)))));
        Sample twins = Image("a", Thing(1, 0), Thing(2, 0));
        Assert.Equal(["1 \"corrected\" 1", "2 - -"], Text(inherit.Run(twins, Image("a", Thing(9, 0)))));
    }

    [Fact]
    public void Objects_below_the_threshold_of_another_category_or_crowds_are_not_the_same()
    {
        Sample original = Image("a", Thing(1, 0));
        Relabel replace = ByObject with { Mode = [RelabelMode.Replace] };

        Assert.Equal(["1 - -"], Text(replace.Run(original, Image("a", Thing(9, 2)))));
        Assert.Equal(["1 - -"], Text(replace.Run(original, Image("a", Thing(9, 0, category: 2)))));
        Assert.Equal(["1 - -"], Text(replace.Run(original, Image("a", Thing(9, 0) with { IsCrowd = true }))));
        Assert.Equal(
            ["- \"corrected\" 1"], Text((replace with { MinIou = 0.3 }).Run(original, Image("a", Thing(9, 2)))));
    }

    [Fact]
    public void Adding_alone_leaves_matched_originals_as_they_are()
    {
        StageResult result = (ByObject with { Mode = [RelabelMode.Add] }).Run(
            Image("a", Thing(1, 0)), Image("a", Thing(8, 0), Thing(9, 10)));

        Assert.Equal(["1 - -", "- \"corrected\" -"], Text(result));
        Assert.Contains("InstancesDropped not used 1", result.Tallies);
    }

    [Fact]
    public void Objects_of_videos_match_by_their_overlap_in_all_frames()
    {
        Instance Track(long id, params int[] xs) =>
            Object(id) with { Segmentations = [.. xs.Select(x => x < 0 ? Segmentation.Null : Square(x, 4))] };
        Sample original = Video("v", 2, Track(1, 0, 8), Track(2, 0, -1));

        StageResult result = (ByObject with { Mode = [RelabelMode.Replace] }).Run(
            original, Video("v", 2, Track(9, 0, -1)));

        Assert.Equal(["1 - -", "- \"corrected\" 2"], Text(result));
    }

    [Fact]
    public void Kept_ids_that_another_instance_of_the_image_has_are_an_error()
    {
        Relabel keep = ByCategory with { Ids = RelabelIds.Keep };
        Sample original = Image("a", Thing(1, 0), Thing(2, 8, category: 2));

        Assert.Equal(["7 \"corrected\" [1]", "2 - -"], Text(keep.Run(original, Image("a", Thing(7, 0)))));
        var fault = Assert.Throws<BadDataException>(() => keep.Run(original, Image("a", Thing(2, 0))));
        Assert.Equal("annotation 2 of 'a': a corrected instance of 'a' has the id 2, which another instance of it has; "
            + "set ids: fresh, or give it an id of its own [ID_TAKEN]", fault.Problems[0].ToString());
    }

    [Fact]
    public void Object_numbers_stay_apart_and_are_inherited_with_the_id()
    {
        Instance Numbered(Instance instance, string number) =>
            instance with { ExtraMembers = instance.ExtraMembers.Add("object_id", number) };
        Sample original = Image("a", Numbered(Thing(1, 0), "4"), Numbered(Thing(2, 8, category: 2), "1"));
        Sample corrected = Image("a", Numbered(Thing(9, 0), "1"));

        Assert.Equal(
            ["2", "1"], ByCategory.Run(original, corrected).Only.Instances.Select(i => i.MemberText("object_id")));
        Assert.Equal("[4]", ByCategory.Run(
            original with { Instances = [original.Instances[0] with { Id = null }] }, corrected)
            .Only.Instances[0].MemberText("replaced"));
        Assert.Equal(["4", "1"], (ByObject with { Mode = [RelabelMode.Replace], Ids = RelabelIds.Inherit })
            .Run(original, corrected).Only.Instances.Select(i => i.MemberText("object_id")));
    }

    [Fact]
    public void All_instances_tell_their_source_when_asked_and_none_when_not()
    {
        Sample original = Image("a", Thing(1, 0), Thing(2, 8, category: 2)), corrected = Image("a", Thing(9, 0));

        Relabel all = ByCategory with { Provenance = Provenance.All };
        Assert.Equal(["- \"corrected\" [1]", "2 \"original\" -"], Text(all.Run(original, corrected)));
        Assert.Equal(["1 \"original\" -", "2 \"original\" -"], Text(all.Run(original, null)));
        Assert.Equal(["- - -", "2 - -"],
            Text((ByCategory with { Provenance = Provenance.None }).Run(original, corrected)));
    }

    [Fact]
    public void By_image_the_void_pixels_are_those_of_the_corrected_labels()
    {
        Sample original = Void(Image("a", Thing(1, 0)), Square(4, 3));

        Assert.Null(new Relabel().Run(original, Image("a")).Only.Frame.Void);
        Assert.Equal(Square(9, 2), new Relabel().Run(original, Void(Image("a"), Square(9, 2))).Only.Frame.Void);
    }

    [Fact]
    public void By_category_original_void_pixels_stay_where_no_corrected_object_lies()
    {
        Sample original = Void(Image("a", Thing(1, 0)), Square(4, 4));

        var left = (MaskSegmentation)ByCategory.Run(original, Image("a", Thing(9, 3))).Only.Frame.Void!;
        Assert.Equal(Bitmap.Rectangle(10, 20, 7, 0, 8, 4), left.Mask);
        Assert.Null(ByCategory.Run(original, Image("a", Thing(9, 4))).Only.Frame.Void);
        Assert.Same(original.Frame.Void, ByCategory.Run(original, Image("a", Thing(9, 9))).Only.Frame.Void);
        Assert.Equal(
            Square(9, 2), ByCategory.Run(original, Void(Image("a", Thing(9, 0)), Square(9, 2))).Only.Frame.Void);
    }

    [Fact]
    public void Images_of_corrected_labels_only_are_left_out_added_or_an_error()
    {
        Assert.Equal(JoinKeys.First, new Relabel().Keys);
        Relabel add = new() { OnlyCorrected = OnlyCorrected.Add }, fail = new() { OnlyCorrected = OnlyCorrected.Fail };
        Assert.Equal(JoinKeys.Union, add.Keys);
        Assert.Equal(["- \"corrected\" -"], Text(add.Run([null, Image("a", Thing(7, 0))])));
        Assert.Equal("ONLY_CORRECTED", FailsWith(() => fail.Run([null, Image("a", Thing(7, 0))])));
    }

    [Fact]
    public void Corrected_labels_of_another_size_or_kind_are_errors()
    {
        Sample small = Image("a") with { Frames = [new Frame("a.png", WidthPx: 10, HeightPx: 10)] };
        var fault = Assert.Throws<BadDataException>(() => new Relabel().Run(Image("a"), small));

        Assert.Equal("'a.jpg' of 'a' is 20x10 in one input, 'a.png' is 10x10 in another (width x height); bring the "
            + "inputs to one size; a mask is never resized silently [SIZE_DIFFERS]", fault.Problems[0].ToString());
        Assert.Equal("KIND", FailsWith(() => new Relabel().Run(Image("a"), Video("a", 1))));
        Assert.Equal("FRAME_COUNT", FailsWith(() => new Relabel().Run(Video("a", 2), Video("a", 1))));
    }

    [Fact]
    public void Categories_that_differ_are_named_in_one_go()
    {
        DatasetInfo Info(params string[] names) => new()
        {
            Taxonomy = new Taxonomy(
                [.. names.Select((n, i) => new Category(new RecordId(i + 1), n))], IsDeclared: true),
        };
        var fault = Assert.Throws<BadDataException>(() =>
            new Relabel().Describe([Info("cat ", "dog"), Info("cat", "cow", "hen")]));

        Assert.Equal(
            [
                "category 2 is 'dog' in the original labels and 'cow' in the corrected labels",
                "the corrected labels have category 3 'hen', the original labels have none with this id",
            ], fault.Problems.Select(p => p.Message));
    }

    [Fact]
    public void Keys_that_do_not_go_together_are_refused()
    {
        Assert.Single(new Relabel { Mode = [RelabelMode.Add] }.Check());
        Assert.Equal(["'ids: inherit' needs 'key: object'"], new Relabel { Ids = RelabelIds.Inherit }.Check());
        Assert.Equal(["'mode' must name at least one of replace, add, delete"], (ByObject with { Mode = [] }).Check());
    }

    [Theory]
    [InlineData("ignore", "1,2,3,4,5,6")]
    [InlineData("add", "1,2,3,4,5,6,9")]
    public async Task Corrected_files_change_only_the_records_they_correct(string onlyCorrected, string images)
    {
        using var set = new CocoSet(images: 6);
        set.WriteFile("fixed.json", """
            {"images": [{"id": 31, "file_name": "2.jpg", "width": 8, "height": 6},
                        {"id": 9, "file_name": "9.jpg", "width": 8, "height": 6}],
             "annotations": [
               {"id": 77, "image_id": 31, "category_id": 1, "iscrowd": 0, "note": "sharp", "bbox": [1, 1, 4, 3],
                "segmentation": [[1, 1, 1, 4, 5, 4, 5, 1]]},
               {"id": 78, "image_id": 9, "category_id": 1, "segmentation": [[1, 1, 1, 4, 5, 4, 5, 1]]}],
             "categories": [{"id": 1, "name": "cat"}]}
            """);
        set.Write(
            "original: { read.coco: { annotations: instances.json } }",
            "fixed: { read.coco: { annotations: fixed.json } }",
            "done: { from: [original, fixed], relabel: { key: object, ids: inherit, only_corrected: "
                + onlyCorrected + " } }",
            "out: { write.coco: { file: out.json } }");

        foreach (int workers in (int[])[1, 8])
        {
            CliRun run = await set.RunAsync("run", "p.yaml", "--to", set[$"out{workers}"], "--workers", $"{workers}");
            Assert.True(run.ExitCode == 0, run.Error);
        }

        Assert.Equal(ShippedPipeline.DigestOf(set["out1"]), ShippedPipeline.DigestOf(set["out8"]));
        using var before = JsonDocument.Parse(await File.ReadAllTextAsync(set.Annotations));
        using var after = JsonDocument.Parse(await File.ReadAllTextAsync(set["out1/out.json"]));
        Assert.Equal(images, string.Join(",", after.RootElement.GetProperty("images").EnumerateArray()
            .Select(i => i.GetProperty("id").GetRawText())));
        var records = after.RootElement.GetProperty("annotations").EnumerateArray()
            .ToDictionary(a => a.GetProperty("id").GetInt32(), a => a.GetRawText());
        foreach (JsonElement record in before.RootElement.GetProperty("annotations").EnumerateArray())
            if (record.GetProperty("id").GetInt32() is not 4 and int id) Assert.Equal(record.GetRawText(), records[id]);
        Assert.Contains("\"id\": 4, \"image_id\": 2,", records[4], StringComparison.Ordinal);
        Assert.Contains("\"note\": \"sharp\"", records[4], StringComparison.Ordinal);
        Assert.EndsWith("\"replaced\": 4, \"source\": \"corrected\"}", records[4], StringComparison.Ordinal);
    }

    private static Sample Void(Sample sample, Segmentation pixels) =>
        sample with { Frames = [sample.Frame with { Void = pixels }] };
}
