using System.Globalization;
using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Masks;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class SplitAdeTests
{
    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Parts_are_those_of_the_original_script()
    {
        foreach (JsonElement c in GoldenCases.Load("ade_split.json"))
        {
            int height = c.GetProperty("h").GetInt32(), width = c.GetProperty("w").GetInt32();
            StageResult result = new SplitAde().Run(
                Labels(c.GetProperty("seg_labels"), height, width), Labels(c.GetProperty("gt_labels"), height, width));

            var expected = from label in c.GetProperty("parts_seg_gt_by_class").EnumerateObject()
                           from part in label.Value.EnumerateArray()
                           select $"{label.Name} {part[0].GetString()} {part[1].GetString()}";
            var gt = result.Emitted.Where(e => e.Port == 0).Select(e => e.Sample);
            var seg = result.Emitted.Where(e => e.Port == 1).Select(e => e.Sample);
            var found = seg.Zip(gt).Select(pair =>
            {
                Assert.Equal(pair.First.Key, pair.Second.Key);
                return $"{pair.First.Instances[0].CategoryId} {Text(pair.First)} {Text(pair.Second)}";
            });
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_square_loses_its_first_row_and_column_but_not_at_the_corner_of_the_picture()
    {
        Assert.Equal((1521, new Box(21, 21, 39, 39)), Measured(new SplitAde { Rest = null }, from: 20));
        Assert.Equal((1600, new Box(0, 0, 40, 40)), Measured(new SplitAde { Rest = null }, from: 0));
    }

    [Fact]
    public void A_centred_split_moves_nothing() =>
        Assert.Equal((1600, new Box(20, 20, 40, 40)), Measured(new SplitAde { Rest = null, Centred = true }, from: 20));

    [Fact]
    public void A_picture_whose_size_nobody_stated_is_bad_data()
    {
        Sample seg = Picture("a.jpg", (7, Square(20)));
        seg = seg with { Frames = [seg.Frame with { WidthPx = 0, HeightPx = 0 }] };

        Assert.Equal("FRAME_SIZE", FailsWith(() => new SplitAde().Run(seg, seg)));
    }

    [Fact]
    public void Truth_and_prediction_leave_by_ports_of_their_own_under_the_name_class_and_part()
    {
        Sample seg = Picture("ADE_val_1.jpg", (7, Square(20)));
        Sample gt = Picture("ADE_val_1.jpg", (7, Mask.Full(80, 80)), (9, Mask.Empty(80, 80)));

        StageResult result = new SplitAde { Rest = null }.Run(seg, gt);

        Assert.Equal([(0, "ADE_val_1_7.1"), (1, "ADE_val_1_7.1")], result.Emitted.Select(e => (e.Port, e.Sample.Key)));
        Assert.All(result.Emitted, e => Assert.Equal("ADE_val_1.jpg", e.Sample.Frame.Name));
        Assert.Equal(["out", "seg"], new SplitAde().OutputPorts);
        Assert.Equal(
            ["InstancesAdded part 2", "InstancesDropped cut into parts 3", "SamplesAdded part 1"], result.Tallies);
    }

    [Fact]
    public void Pixels_of_no_instance_are_class_0_unless_they_are_left_out()
    {
        Sample picture = Picture("a", (7, Square(20)));

        Assert.Equal(
            ["a_0.1", "a_7.1"], new SplitAde().Run(picture, picture).Emitted.Select(e => e.Sample.Key).Distinct());
        Assert.Equal(
            ["a_7.1"],
            new SplitAde { Rest = null }.Run(picture, picture).Emitted.Select(e => e.Sample.Key).Distinct());
    }

    [Fact]
    public void A_class_that_the_truth_has_not_gives_an_empty_truth_and_is_counted()
    {
        StageResult result = new SplitAde { Rest = null }.Run(Picture("a", (7, Square(20))), Picture("a"));

        Assert.Equal([0, 1521], result.Emitted.Select(e => MaskOf(e.Sample).AreaPx));
        Assert.Contains("Note parts without truth 1", result.Tallies);
    }

    [Fact]
    public void A_picture_of_small_classes_only_is_dropped() =>
        Assert.Equal(["SamplesDropped no part 1"], new SplitAde { Rest = null }.Run(
            Picture("a", (7, Bitmap.Rectangle(80, 80, 0, 0, 32, 32))), Picture("a")).Tallies);

    [Fact]
    public void A_prediction_without_truth_and_one_of_another_size_are_errors()
    {
        Assert.Equal("NO_TRUTH", FailsWith(() => new SplitAde().Run(Picture("a"), null)));
        Assert.Equal("SIZE_DIFFERS", FailsWith(() => new SplitAde().Run(Picture("a"), Image("a"))));
    }

    [Fact]
    public void A_category_that_is_no_label_is_an_error()
    {
        Sample odd = Picture("a", (7, Square(20)));
        odd = odd with { Instances = [odd.Instances[0] with { CategoryId = RecordId.FromString("cat") }] };

        Assert.Equal("LABEL", FailsWith(() => new SplitAde().Run(odd, Picture("a"))));
        Assert.Equal(
            ["'rest' must be a whole number from 0 on"], new SplitAde { Rest = new RecordId(-1) }.Check());
    }

    [Fact]
    public void The_rest_becomes_a_category_where_there_is_none_and_other_names_for_one_class_are_an_error()
    {
        DatasetInfo wall = Info(new Category(new RecordId(1), "wall"));
        DatasetInfo sky = Info(new Category(new RecordId(1), "sky"));

        Assert.Equal(
            ["0 rest", "1 wall"],
            new SplitAde().Describe([wall, wall]).Taxonomy.Categories.Select(c => $"{c.Id} {c.Name}"));
        var fault = Assert.Throws<BadDataException>(() => new SplitAde().Describe([sky, wall]));
        Assert.Equal("category 1 is 'wall' in the true labels and 'sky' in the predictions", fault.Problems[0].Message);
    }

    [Theory]
    [InlineData("x/ADE_1.jpg", "x/ADE_1")]
    [InlineData("a.b_3.12", "a.b_3.12")]
    [InlineData("dir.png/plain", "dir.png/plain")]
    [InlineData(".png", ".png")]
    public void A_part_is_named_without_the_extension_of_its_picture(string key, string name) =>
        Assert.Equal(name, SampleNames.WithoutExtension(key));

    [Fact]
    public async Task Parts_leave_in_order_whatever_the_workers()
    {
        using var set = new CocoSet(images: 1);
        string Square(int id, int image, int x) => $"{{\"id\":{id},\"image_id\":{image},\"category_id\":1," +
            $"\"segmentation\":[[{x},10,{x},60,{x + 50},60,{x + 50},10]]}}";
        string images = string.Join(",", Enumerable.Range(1, 40).Select(i =>
            $"{{\"id\":{i},\"file_name\":\"{i}.jpg\",\"width\":200,\"height\":80}}"));
        string Annotations(int each) => string.Join(",", Enumerable.Range(1, 40).SelectMany(i =>
            Enumerable.Range(0, each).Select(k => Square(i * 10 + k, i, 10 + 90 * k))));
        foreach ((string name, int each) in ((string, int)[])[("seg.json", 2), ("gt.json", 1)])
            set.WriteFile(name, $"{{\"images\":[{images}],\"annotations\":[{Annotations(each)}],"
                + "\"categories\":[{\"id\":1,\"name\":\"wall\"}]}");
        set.Write(
            "seg: { read.coco: { annotations: seg.json } }",
            "gt: { read.coco: { annotations: gt.json } }",
            "parts: { from: [seg, gt], ade_split: { rest: null } }",
            "truth: { from: parts, write.jsonl: { file: gt.jsonl } }",
            "coarse: { from: parts.seg, write.jsonl: { file: seg.jsonl } }");

        foreach (int workers in (int[])[1, 8])
        {
            CliRun run = await set.RunAsync("run", "p.yaml", "--to", set[$"out{workers}"], "--workers", $"{workers}");
            Assert.True(run.ExitCode == 0, run.Error);
        }

        Assert.Equal(ShippedPipeline.DigestOf(set["out1"]), ShippedPipeline.DigestOf(set["out8"]));
        string[] expected = [.. Enumerable.Range(1, 40).SelectMany(i => (string[])[$"{i}_1.1", $"{i}_1.2"])];
        foreach (string file in (string[])["out8/gt.jsonl", "out8/seg.jsonl"])
            Assert.Equal(expected, File.ReadLines(set[file]).Select(line =>
                JsonDocument.Parse(line).RootElement.GetProperty("key").GetString()));
    }

    private static DatasetInfo Info(params Category[] categories) =>
        new() { Taxonomy = new Taxonomy([.. categories], IsDeclared: true) };

    private static (long, Box) Measured(SplitAde stage, int from)
    {
        Sample picture = Picture("a", (7, Square(from)));
        Mask mask = MaskOf(stage.Run(picture, picture).Emitted[1].Sample);
        return (mask.AreaPx, Box.Of(mask));
    }

    private static Mask Square(int from) => Bitmap.Rectangle(80, 80, from, from, from + 40, from + 40);

    private static Mask MaskOf(Sample sample) => ((MaskSegmentation)sample.Instances[0].Segmentation).Mask;

    private static string Text(Sample sample) => MaskOf(sample).ToCocoString();

    private static Sample Picture(string key, params (long Label, Mask Mask)[] labels) => new()
    {
        Key = key,
        Frames = [new Frame(key, 80, 80)],
        Instances = [.. labels.Select(l => new Instance
        {
            CategoryId = new RecordId(l.Label),
            Segmentations = [new MaskSegmentation(l.Mask, SegmentationForm.LabelRegion)],
        })],
    };

    private static Sample Labels(JsonElement labels, int heightPx, int widthPx) => Picture("a", [.. labels
        .EnumerateObject().Select(label => (
            long.Parse(label.Name, CultureInfo.InvariantCulture),
            Mask.FromCocoString(heightPx, widthPx, label.Value.GetString()!)))]) with
    {
        Frames = [new Frame("a", widthPx, heightPx)],
    };
}
