using SegPipeline.Formats.Coco;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class FlattenTests
{
    // Pixels along the columns of a picture of 10 x 20: a has 0 to 9, b has 5 to 24, c has 20 to 59.
    private static readonly Instance[] Three =
        [Thing(3, 0, 10, score: 0.2), Thing(1, 5, 25, score: 0.9), Thing(2, 20, 60, score: 0.5)];

    [Theory]
    [InlineData(OverlapOrder.SmallestOnTop, "3:0-10 1:10-25 2:25-60")]
    [InlineData(OverlapOrder.LargestOnTop, "3:0-5 1:5-20 2:20-60")]
    [InlineData(OverlapOrder.Score, "3:0-5 1:5-25 2:25-60")]
    [InlineData(OverlapOrder.FirstWins, "3:0-10 1:10-25 2:25-60")]
    [InlineData(OverlapOrder.LastWins, "3:0-5 1:5-20 2:20-60")]
    [InlineData(OverlapOrder.LowestIdWins, "3:0-5 1:5-25 2:25-60")]
    public void Who_keeps_a_pixel_follows_from_the_order(OverlapOrder order, string expected)
    {
        Sample flat = new Flatten { Order = order }.Run(Image("a", Three)).Only;

        Assert.Equal(expected, string.Join(' ', flat.Instances.Select(i => $"{i.Id}:{Range(i)}")));
    }

    [Fact]
    public void Corrected_objects_keep_their_pixels_over_originals_wherever_they_stand()
    {
        Instance corrected = Thing(2, 10, 30);
        corrected = corrected with { ExtraMembers = corrected.ExtraMembers.SetItem("source", "\"corrected\"") };

        Sample flat = new Flatten { Order = OverlapOrder.CorrectedOnTop }
            .Run(Image("a", Thing(1, 0, 20), corrected, Thing(3, 25, 40), Thing(4, 35, 50))).Only;

        Assert.Equal("1:0-10 2:10-30 3:30-40 4:40-50",
            string.Join(' ', flat.Instances.Select(i => $"{i.Id}:{Range(i)}")));
    }

    [Fact]
    public void Any_objects_are_parted_as_when_they_are_painted_one_by_one()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            KeyedRandom random = SampleRank.Stream(seed, "flatten", "");
            Instance[] objects = new Instance[random.NextInt(0, 9)];
            for (int i = 0; i < objects.Length; i++)
            {
                byte[] pixels = new byte[200];
                (int from, int to) = (random.NextInt(0, 200), random.NextInt(0, 201));
                for (int p = from; p < to; p++) pixels[p] = (byte)random.NextInt(0, 2);
                objects[i] = Object(i) with
                {
                    Segmentations = [new MaskSegmentation(Mask.FromBitmapColumnMajor(10, 20, pixels),
                        SegmentationForm.Counts)],
                };
            }
            var painted = new long[200];
            foreach (Instance instance in objects)
                foreach (int p in PixelsOf(instance)) painted[p] = instance.Id!.Value.Number + 1;

            Sample flat = new Flatten { Order = OverlapOrder.LastWins }.Run(Image("a", objects)).Only;

            var found = new long[200];
            foreach (Instance instance in flat.Instances)
                foreach (int p in PixelsOf(instance)) found[p] += instance.Id!.Value.Number + 1;
            Assert.Equal(painted, found);
        }
    }

    [Fact]
    public void Areas_boxes_and_the_pixels_lost_follow_the_masks_and_others_stay_untouched()
    {
        var square = new PolygonSegmentation([[15, 2, 18, 2, 18, 5, 15, 5]]);
        Instance apart = Object(9) with { Segmentations = [square], AreasPx = [8.5], Boxes = [new Box(1, 2, 3, 4)] };

        StageResult result = new Flatten { LostMember = "pixels_lost" }.Run(Image("a", [.. Three, apart]));

        Instance b = result.Only.Instances[1];
        Assert.Equal((15, new Box(1, 0, 2, 10)), (b.AreaPx, b.Box));
        Assert.Equal(SegmentationForm.Counts, b.Segmentation.Form);
        Assert.Equal(["5", "5"], result.Only.Instances.Select(i => i.MemberText("pixels_lost")).OfType<string>());
        Assert.Same(apart, result.Only.Instances[3]);
        Assert.Same(Three[0], result.Only.Instances[0]);
        Assert.Equal(["Note objects that lost pixels 2", "Note pixels lost 10"], result.Tallies);
    }

    [Fact]
    public void A_polygon_that_loses_pixels_becomes_run_lengths()
    {
        var square = new PolygonSegmentation([[0, 0, 4, 0, 4, 4, 0, 4]]);

        Instance large = new Flatten().Run(Image("a", Object(1) with { Segmentations = [square] }, Thing(2, 0, 2)))
            .Only.Instances[0];

        Assert.Equal(SegmentationForm.CompressedCounts, large.Segmentation.Form);
        Assert.Equal(14, large.AreaPx);
    }

    [Fact]
    public void Where_an_object_loses_nothing_it_keeps_its_polygon_in_other_frames_too()
    {
        var square = new PolygonSegmentation([[0, 0, 4, 0, 4, 4, 0, 4]]);
        Instance large = Object(1) with { Segmentations = [square, square] };

        Sample flat = new Flatten().Run(Video("v", 2, large, In(2, (0, 2), null))).Only;

        Assert.Equal([14, 16], flat.Instances[0].AreasPx.Select(a => a!.Value));
        Assert.Same(square, flat.Instances[0].Segmentations[1]);
    }

    [Fact]
    public void An_object_that_loses_all_pixels_is_dropped_and_one_that_never_had_any_is_not()
    {
        StageResult result = new Flatten { Order = OverlapOrder.FirstWins }.Run(
            Image("a", Thing(1, 0, 50), Thing(2, 10, 20), Thing(3, 5, 5), Object(4)));

        Assert.Equal(["1", "3", "4"], result.OnlyIds);
        Assert.Contains("InstancesDropped lost all pixels 1", result.Tallies);
    }

    [Fact]
    public void In_a_video_every_frame_is_flattened_by_itself_and_a_covered_object_is_absent()
    {
        Sample video = Video("v", 3, In(1, (0, 10), (0, 10), null), In(2, (0, 5), (0, 20), (0, 20)));

        StageResult result = new Flatten { LostMember = "lost" }.Run(video);

        Assert.Equal(["5-10 0-10 none", "0-5 10-20 0-20"],
            result.Only.Instances.Select(i => string.Join(' ', i.Segmentations.Select(Range))));
        Assert.Equal([5, 10, null], result.Only.Instances[0].AreasPx.AsEnumerable());
        Assert.Equal(["5", "10"], result.Only.Instances.Select(i => i.MemberText("lost")!));

        Sample covered = new Flatten { Order = OverlapOrder.LargestOnTop }.Run(video).Only;
        Assert.Equal(["0-10 none none", "none 0-20 0-20"],
            covered.Instances.Select(i => string.Join(' ', i.Segmentations.Select(Range))));
        Assert.Equal([null, 20, 20], covered.Instances[1].AreasPx.AsEnumerable());
    }

    [Theory]
    [InlineData(CrowdRule.Below, "1:10-50 2:0-10")]
    [InlineData(CrowdRule.Alike, "1:0-50")]
    [InlineData(CrowdRule.Drop, "2:0-10")]
    public void Crowds_lie_below_all_others_unless_they_are_to_be_like_them(CrowdRule crowds, string expected)
    {
        Sample sample = Image("a", Thing(1, 0, 50) with { IsCrowd = true }, Thing(2, 0, 10) with { IsCrowd = false });

        Sample flat = new Flatten { Order = OverlapOrder.FirstWins, Crowds = crowds }.Run(sample).Only;

        Assert.Equal(expected, string.Join(' ', flat.Instances.Select(i => $"{i.Id}:{Range(i)}")));
    }

    [Fact]
    public void Void_that_lies_wholly_under_objects_is_no_more()
    {
        Sample sample = Image("a", Thing(1, 0, 10));
        sample = sample with { Frames = [sample.Frame with { Void = Shape(4, 8) }] };

        Sample flat = new Flatten { Void = VoidRule.Loses }.Run(sample).Only;

        Assert.Null(flat.Frame.Void);
        Assert.True(flat.RecordChanged);
    }

    [Theory]
    [InlineData(VoidRule.Loses, "0-10", "10-15")]
    [InlineData(VoidRule.Wins, "0-8", "8-15")]
    public void Void_gives_way_to_objects_or_objects_to_void(VoidRule rule, string thing, string nothing)
    {
        Sample sample = Image("a", Thing(1, 0, 10));
        sample = sample with { Frames = [sample.Frame with { Void = Shape(8, 15) }] };

        Sample flat = new Flatten { Void = rule }.Run(sample).Only;

        Assert.Equal(rule == VoidRule.Loses, flat.RecordChanged);
        Assert.Equal((thing, nothing), (Range(flat.Instances[0]), Range(flat.Frame.Void!)));
    }

    [Fact]
    public void Objects_that_may_not_overlap_and_do_are_an_error_that_names_both()
    {
        var strict = new Flatten { Order = OverlapOrder.Fail };

        var e = Assert.Throws<BadDataException>(() => strict.Run(Image("a", Three)));

        Assert.StartsWith("annotation 1 of 'a': it shares 5 pixels of 'a.jpg' with object 3", e.Message,
            StringComparison.Ordinal);
        Sample crowd = Image("a", Thing(1, 0, 50) with { IsCrowd = true }, Thing(2, 0, 10));
        Assert.Equal("10-50", Range(strict.Run(crowd).Only.Instances[0]));
    }

    [Fact]
    public void Masks_of_different_sizes_are_bad_data()
    {
        Sample sample = Image("a", Thing(1, 0, 10), Object(2) with
        {
            Segmentations = [new MaskSegmentation(Mask.Full(5, 5), SegmentationForm.Counts)],
        });

        Assert.Equal("MASK_SIZE", FailsWith(
            () => new Flatten().Run(sample with { Frames = [new Frame("a", WidthPx: 0, HeightPx: 0)] })));
    }

    [RealDataFact]
    public void What_is_flattened_of_LVIS_overlaps_no_longer_and_covers_what_it_covered()
    {
        string file = Path.Combine(SharedData.Data!, "coco", "lvis-val-100", "lvis_val_100.json");
        using OpenDataset data = new CocoReader { Annotations = InputPath.Of(file) }.Open(Context);
        long lost = 0;
        for (int i = 0; i < data.Plan.Count; i++)
        {
            Sample sample = data.Read(i);
            Sample flat = new Flatten().Run(sample).Only;
            Mask[] before = Masks(sample), after = Masks(flat);
            if (before.Length == 0) continue;
            Assert.Equal(MaskSets.Union(before), MaskSets.Union(after));
            Assert.Equal(MaskSets.Union(after).AreaPx, after.Sum(mask => mask.AreaPx));
            lost += before.Sum(mask => mask.AreaPx) - after.Sum(mask => mask.AreaPx);
        }
        Assert.Equal(265_924, lost);
    }

    private static Mask[] Masks(Sample sample) => [.. sample.Instances
        .Select(i => i.Segmentation.ToMask(sample.Frame.HeightPx, sample.Frame.WidthPx)).OfType<Mask>()];

    private static MaskSegmentation Shape(int from, int to) => new MaskSegmentation(
        new Mask(10, 20, [(uint)from, (uint)(to - from), (uint)(200 - to)]).ToCanonical(), SegmentationForm.Counts);

    private static Instance Thing(long id, int from, int to, double score = 1) =>
        Object(id) with { Segmentations = [Shape(from, to)], Score = score };

    private static Instance In(long id, params (int From, int To)?[] ranges) => Object(id) with
    {
        Segmentations = [.. ranges.Select(r => r is { } range ? Shape(range.From, range.To) : Segmentation.Null)],
    };

    private static string Range(Instance instance) => Range(instance.Segmentation);

    private static string Range(Segmentation shape)
    {
        if (!shape.HasMask) return "none";
        int[] pixels = PixelsOf(shape);
        return pixels.Length == 0 ? "empty" : $"{pixels[0]}-{pixels[^1] + 1}";
    }

    private static int[] PixelsOf(Instance instance) => PixelsOf(instance.Segmentation);

    private static int[] PixelsOf(Segmentation shape)
    {
        byte[] bitmap = new byte[200];
        shape.ToMask(10, 20)!.CopyToColumnMajor(bitmap);
        return [.. Enumerable.Range(0, 200).Where(p => bitmap[p] != 0)];
    }
}
