using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SegPipeline.Formats.Jsonl;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Formats.Jsonl;

public sealed class JsonlWriterTests
{
    private static readonly DatasetInfo Pets = new()
    {
        Taxonomy = new Taxonomy([new Category(new RecordId(1), "cat")], IsDeclared: true),
    };

    private static string Write(params Sample[][] chunks)
    {
        using var release = new TestReleaseFolder();
        var writer = new JsonlWriter { File = ReleaseName.From("out/a.jsonl") };
        using OpenOutput output = writer.Open(Pets, release, Context);
        foreach (object encoded in chunks.Reverse().Select(output.Encode).Reverse().ToArray()) output.Append(encoded);
        output.Finish();
        Assert.Equal([$"out/a.jsonl samples {chunks.Sum(c => c.Length)}"], release.Records);
        return release["out/a.jsonl"];
    }

    [Fact]
    public void A_still_is_one_line_with_what_it_has()
    {
        Instance cat = Object(5) with
        {
            IsCrowd = true,
            AreasPx = [2.5],
            Boxes = [new Box(1, 2, 3, 4.5)],
            Segmentations = [new MaskSegmentation(TestMasks.FirstPixels(10, 20, 3), SegmentationForm.Counts)],
            Score = 0.25,
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty.Add("note", "{\"x\": 1}"),
        };

        Assert.Equal(
            """{"key": "a", "id": 1.0, "width": 20, "height": 10, "frames": ["a.jpg"],""" +
            """ "instances": [{"id": 5, "category_id": 1, "category": "cat", "iscrowd": 1, "area": 2.5,""" +
            """ "bbox": [1, 2, 3, 4.5], "segmentation": {"counts": [0, 3, 197], "size": [10, 20]},""" +
            """ "score": 0.25, "note": {"x": 1}}]}""" + "\n",
            Write([Image("a", cat) with { Id = RecordId.FromJson("1.0") }]));
    }

    [Fact]
    public void What_a_sample_does_not_have_is_left_out() => Assert.Equal(
        "{\"key\": \"b\", \"frames\": [\"b\"], \"instances\": [{}, {\"category_id\": 9}]}\n",
        Write([new Sample
        {
            Key = "b",
            Frames = [new Frame("b", 0, 0)],
            Instances = [new Instance(), new Instance { CategoryId = new RecordId(9) }],
        }]));

    [Fact]
    public void A_video_has_one_entry_for_each_frame()
    {
        Instance track = Object(1, category: 2) with
        {
            AreasPx = [2, null],
            Boxes = [new Box(0, 0, 1, 2), null],
            Segmentations = [new PolygonSegmentation([[0, 0, 1, 0, 1, 2.5]]), Segmentation.Null],
        };

        Assert.Equal(
            """{"key": "v", "width": 20, "height": 10, "frames": ["v/00000.jpg", "v/00001.jpg"],""" +
            """ "positions": [0, 1], "instances": [{"id": 1, "category_id": 2, "areas": [2, null],""" +
            """ "bboxes": [[0, 0, 1, 2], null], "segmentations": [[[0, 0, 1, 0, 1, 2.5]], null]}]}""" + "\n",
            Write([Video("v", 2, track)]));
    }

    [Theory]
    [InlineData(SegmentationForm.Missing, "{}")]
    [InlineData(SegmentationForm.Null, "{\"segmentation\": null}")]
    [InlineData(SegmentationForm.EmptyList, "{\"segmentation\": []}")]
    public void The_three_ways_to_have_no_mask_stay_apart(SegmentationForm form, string expected) => Assert.Contains(
        $"\"instances\": [{expected}]",
        Write([Image("a", new Instance { Segmentations = [new NoSegmentation(form)] })]), StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_JSON_does_not_know_are_null_or_left_out()
    {
        var endless = new Box(0, 0, double.PositiveInfinity, 1);
        Instance odd = new() { AreasPx = [double.NaN], Boxes = [endless], Score = double.NaN };

        Assert.Contains("[{\"area\": null, \"bbox\": null}]", Write([Image("a", odd)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejected_sample_says_what_was_wrong_and_where()
    {
        Sample rejected = Image("a\n\"b\"", Object(1)) with
        {
            Rejection = new Rejection("encoded", [
                new Problem("RLE_SUM", "sums to 3")
                {
                    File = "x.json", ByteOffset = 12, Line = 2, Record = "annotation 1", Remedy = "mend it",
                },
                new Problem("OTHER", "…"),
            ]),
        };

        Assert.Equal(
            """{"key": "a\n\"b\"", "stage": "encoded", "problems": [{"code": "RLE_SUM", "message": "sums to 3",""" +
            """ "file": "x.json", "byte": 12, "line": 2, "record": "annotation 1", "remedy": "mend it"},""" +
            """ {"code": "OTHER", "message": "…"}]}""" + "\n", Write([rejected]));
    }

    [Fact]
    public void Lines_come_in_the_order_of_the_chunks_and_each_is_JSON()
    {
        string[] lines = Write([Image("a"), Image("b")], [], [Image("c", Object(1))]).Split('\n');

        Assert.Equal(["a", "b", "c"], lines[..3].Select(line => JsonNode.Parse(line)!["key"]!.GetValue<string>()));
        Assert.Equal([""], lines[3..]);
    }

    [Fact]
    public void It_takes_rejected_samples() =>
        Assert.True(new JsonlWriter { File = ReleaseName.From("a") }.TakesErrors);
}
