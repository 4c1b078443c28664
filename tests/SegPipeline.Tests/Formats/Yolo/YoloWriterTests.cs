using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.Yolo;
using SegPipeline.Masks;
using SegPipeline.Masks.Contours;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats.Yolo;

public sealed class YoloWriterTests
{
    private static readonly YoloWriter Stage = new() { Split = "train" };

    private static readonly DatasetInfo Animals = new()
    {
        Taxonomy = new Taxonomy(
            [new Category(new RecordId(7), "ape"), new Category(new RecordId(3), "bee \"b\"")], IsDeclared: true),
    };

    [Fact]
    public void A_line_has_the_dense_class_and_the_corners_as_shares_of_width_and_height()
    {
        using var release = new TestReleaseFolder();
        Assert.Empty(Write(Stage with { Images = MediaTransfer.Copy }, release,
            Image("a/b.jpg", Polygon(3, [1, 1, 4, 1, 4, 2]), Drawn(7, "0000/0110"))));
        Assert.Equal("1 0.25 0.5 1 0.5 1 1\n0 0.25 0.5 0.75 0.5 0.75 1 0.25 1\n", release["labels/train/b.txt"]);
        Assert.Equal("train: images/train\nnames:\n  0: \"ape\"\n  1: \"bee \\\"b\\\"\"\n", release["data.yaml"]);
        Assert.Equal(["images/train/b.jpg"], release.Photos.Select(p => p.Name));
    }

    [Fact]
    public void An_image_without_objects_has_an_empty_file()
    {
        using var release = new TestReleaseFolder();
        Write(Stage, release, Image("b.jpg"));
        Assert.Equal("", release["labels/train/b.txt"]);
    }

    [Fact]
    public void What_a_line_cannot_say_is_left_out_and_told()
    {
        using var release = new TestReleaseFolder();
        List<string> warnings = Write(Stage, release, Image("b.jpg",
            Drawn(7, "1000/0000") with { IsCrowd = true },
            new Instance { CategoryId = new RecordId(7), Segmentations = [Segmentation.EmptyList] },
            Drawn(7, "0000/0000"), Polygon(7, [-2, 0, 2, 0, 2, 9])));
        Assert.Equal("0 0 0 0.5 0 0.5 1\n", release["labels/train/b.txt"]);
        Assert.Equal(["1 crowd was left out", "1 object without a mask was left out",
            "1 object with an empty mask was left out",
            "1 object had corners outside of the picture, which were moved to its edge"], warnings);
    }

    [Fact]
    public void Parts_are_joined_into_one_line_or_become_objects()
    {
        Sample image = Image("b.jpg", Drawn(7, "1001/0000"));
        using var joined = new TestReleaseFolder();
        Assert.Equal(["1 object has several parts, which were joined by lines of no width"],
            Write(Stage, joined, image));
        Assert.Equal("0 0 0 0.25 0 0.75 0 1 0 1 0.5 0.75 0.5 0.75 0 0.25 0 0.25 0.5 0 0.5\n",
            joined["labels/train/b.txt"]);
        using var separate = new TestReleaseFolder();
        Assert.Equal(["1 object has several parts, which became objects of their own"],
            Write(Stage with { Parts = YoloParts.Separate }, separate, image));
        Assert.Equal("0 0 0 0.25 0 0.25 0.5 0 0.5\n0 0.75 0 1 0 1 0.5 0.75 0.5\n", separate["labels/train/b.txt"]);
    }

    [Fact]
    public void Masks_with_holes_and_parts_fill_to_the_same_pixels()
    {
        string[] rows = ["1111100110", "1000100110", "1010100000", "1000100011", "1111101001"];
        Mask mask = Mask.FromBitmapRowMajor(5, 10, LabelPngs.Labels(string.Concat(rows)));
        using var release = new TestReleaseFolder();
        var instance = new Instance
        {
            CategoryId = new RecordId(7),
            Segmentations = [new MaskSegmentation(mask, SegmentationForm.Counts)],
        };
        Write(Stage, release, Image("b.jpg", instance) with { Frames = [new Frame("b.jpg", 10, 5)] });
        Assert.Equal(mask, Assert.Single(Filled(release["labels/train/b.txt"], 5, 10)));
    }

    [Fact]
    public void Objects_of_many_parts_fill_to_the_same_pixels()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            int step = seed;
            byte[] pixels = [.. Enumerable.Range(0, 23 * 31).Select(i => (byte)(i * (i + step) % 7 < 3 ? 1 : 0))];
            Mask mask = Mask.FromBitmapRowMajor(23, 31, pixels);
            IReadOnlyList<IReadOnlyList<double>> rings =
            [
                .. MaskContours.Trace(mask, new ContourRule { Holes = HoleRule.Cut }).Select(p => p.Outer.ToXy()),
            ];
            IReadOnlyList<double> joined = RingJoiner.Join(rings);
            Assert.Equal(mask, PolygonFill.Fill(23, 31, [.. joined]));
            Assert.True(joined.Count <= rings.Sum(r => r.Count) + 4 * rings.Count);
        }
    }

    [Fact]
    public void Splits_share_a_folder_and_the_first_one_writes_the_list_of_classes()
    {
        using var release = new TestReleaseFolder();
        ImmutableArray<string> splits = ["train", "val"];
        Write(Stage with { Splits = splits }, release, Image("a.jpg"));
        Write(Stage with { Split = "val", Splits = splits }, release, Image("b.jpg"));
        Assert.Equal(["data.yaml", "labels/train/a.txt", "labels/val/b.txt"], release.Names);
        Assert.StartsWith("train: images/train\nval: images/val\nnames:\n", release["data.yaml"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_can_keep_their_folders_joined()
    {
        using var release = new TestReleaseFolder();
        Write(Stage with { Names = YoloNames.Path, Images = MediaTransfer.Copy }, release, Image("a/images/b.jpg"));
        Assert.Contains("labels/train/a_images_b.txt", release.Names);
        Assert.Equal(["images/train/a_images_b.jpg"], release.Photos.Select(p => p.Name));
    }

    [Fact]
    public void Keys_that_contradict_each_other_are_found()
    {
        Assert.Equal(["'splits' must have 'train'"], (Stage with { Splits = ["val"] }).Check());
        Assert.Equal(["'splits' must name every split once"], (Stage with { Splits = ["train", "train"] }).Check());
        Assert.Equal(["the name of a split has letters, digits, '_' and '-' only"],
            (Stage with { Split = "../x" }).Check());
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        using var release = new TestReleaseFolder();
        Assert.Equal("UNKNOWN_CATEGORY",
            StageHarness.FailsWith(() => Write(Stage, release, Image("b.jpg", Drawn(9, "1000/0000")))));
        Assert.Equal("UNSAFE_NAME", StageHarness.FailsWith(() => Write(Stage, release, Image("../b.jpg"))));
        Assert.Equal("FRAME_SIZE", StageHarness.FailsWith(() =>
            Write(Stage, release, Image("b.jpg") with { Frames = [new Frame("b.jpg", 0, 0)] })));
        Assert.Equal("NO_PICTURE", StageHarness.FailsWith(() => Write(
            Stage with { Images = MediaTransfer.Copy }, release,
            Image("b.jpg") with { Frames = [new Frame("b.jpg", 4, 2)] })));
        Assert.Equal("CATEGORIES_UNDECLARED", StageHarness.FailsWith(() =>
            Stage.Open(new DatasetInfo(), release, StageHarness.Context)));
        Assert.Equal("NOT_IMAGES", StageHarness.FailsWith(() =>
            Stage.Open(new DatasetInfo { Kind = SampleKind.Video }, release, StageHarness.Context)));
    }

    [RealDataFact]
    public void Real_COCO_images_have_a_line_for_each_object_that_is_no_crowd()
    {
        string coco = Path.Combine(SharedData.Data!, "coco", "coco-tiny-160", "annotations", "instances_val2017.json");
        using OpenDataset dataset = new CocoReader { Annotations = InputPath.Of(coco) }.Open(StageHarness.Context);
        using var release = new TestReleaseFolder();
        var warnings = new List<string>();
        Sample[] images = [.. Enumerable.Range(0, dataset.Plan.Count).Select(dataset.Read)];
        using OpenOutput output = Stage.Open(dataset.Info, release, StageHarness.Context with { Warn = warnings.Add });
        output.Append(output.Encode(images));
        output.Finish();
        string[] lines = [.. release.Names.Where(n => n.EndsWith(".txt", StringComparison.Ordinal))
            .SelectMany(n => release[n].Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(815 - 11, lines.Length);
        Assert.All(lines.SelectMany(l => l.Split(' ').Skip(1)), v => Assert.InRange(Number(v), 0, 1));
        Assert.Contains("11 crowds were left out", warnings);
        Assert.Equal(81, release.Names.Count());
    }

    private static List<string> Write(YoloWriter writer, TestReleaseFolder release, params Sample[] samples)
    {
        var warnings = new List<string>();
        using OpenOutput output = writer.Open(Animals, release, StageHarness.Context with { Warn = warnings.Add });
        foreach (Sample sample in samples) output.Append(output.Encode([sample]));
        output.Finish();
        return warnings;
    }

    private static Mask[] Filled(string text, int heightPx, int widthPx) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => PolygonFill.Fill(heightPx, widthPx,
            line.Split(' ').Skip(1).Select((v, i) => Number(v) * (i % 2 == 0 ? widthPx : heightPx)).ToArray())),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Sample Image(string name, params ImmutableArray<Instance> instances) => new()
    {
        Key = name,
        Frames = [new Frame(name, 4, 2) { Photo = new PhotoFile("/photos/" + name) }],
        Instances = instances,
    };

    private static Instance Polygon(long category, ImmutableArray<double> part) => new()
    {
        CategoryId = new RecordId(category),
        Segmentations = [new PolygonSegmentation([part])],
    };

    private static Instance Drawn(long category, string drawing) => new()
    {
        CategoryId = new RecordId(category),
        Segmentations = [new MaskSegmentation(
            Mask.FromBitmapRowMajor(2, 4, LabelPngs.Labels(drawing)), SegmentationForm.Counts)],
    };
}
