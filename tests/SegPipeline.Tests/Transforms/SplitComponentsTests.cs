using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class SplitComponentsTests
{
    // Three squares of 3, 2 and 1 pixels a side; the first two touch at a corner.
    private static readonly Mask Squares = MaskSets.Union(Square(1, 1, 3), Square(4, 4, 2), Square(12, 2, 1));

    private static Instance Of(long id, Mask mask, SegmentationForm form = SegmentationForm.Counts) =>
        Object(id) with { Segmentations = [new MaskSegmentation(mask, form)], AreasPx = [99], Boxes = [default(Box)] };

    [Fact]
    public void Each_connected_part_becomes_an_instance_with_its_own_area_and_box()
    {
        StageResult result = new SplitComponents().Run(Image("a", Of(5, Squares) with { IsCrowd = true }));

        Assert.Equal([13.0, 1.0], result.Only.Instances.Select(i => i.AreaPx!.Value));
        Assert.Equal([new Box(1, 1, 5, 5), new Box(12, 2, 1, 1)], result.Only.Instances.Select(i => i.Box!.Value));
        Assert.All(result.Only.Instances, part =>
        {
            Assert.Null(part.Id);
            Assert.Equal("5", part.MemberText("part_of"));
            Assert.Equal(new RecordId(1), part.CategoryId);
            Assert.True(part.IsCrowd);
            Assert.Equal(SegmentationForm.Counts, part.Segmentation.Form);
        });
        Assert.Equal(["InstancesAdded part 1", "Note split 1"], result.Tallies);
    }

    [Fact]
    public void With_connectivity_4_pixels_that_share_a_corner_are_apart() =>
        Assert.Equal([9.0, 4.0, 1.0], Areas(new SplitComponents { Connectivity = 4 }.Run(Image("a", Of(5, Squares)))));

    [Fact]
    public void An_instance_of_one_part_stays_as_it_is()
    {
        Sample sample = Image("a", Of(5, Square(1, 1, 3)), Of(6, Mask.Empty(10, 20)));

        StageResult result = new SplitComponents().Run(sample);

        Assert.Equal(sample.Instances, result.Only.Instances, ReferenceEqualityComparer.Instance);
        Assert.Empty(result.Tallies);
    }

    [Fact]
    public void Small_parts_are_dropped_and_with_them_an_instance_that_has_no_other()
    {
        StageResult result = new SplitComponents { MinArea = 10 }.Run(
            Image("a", Of(5, Squares), Of(6, Square(1, 1, 3)), Of(7, Mask.Empty(10, 20))));

        Assert.Equal([13.0], Areas(result));
        Assert.Equal(
            ["InstancesDropped too small 2", "Note parts too small 2", "Note pixels lost 10"], result.Tallies);
    }

    [Fact]
    public void Parts_nearer_than_twice_the_dilation_stay_together_and_gain_no_pixel()
    {
        Mask near = MaskSets.Union(Square(1, 1, 3), Square(8, 1, 3));

        Assert.Equal([18.0], Areas(new SplitComponents { Dilate = 2, Connectivity = 4, MinArea = 1 }
            .Run(Image("a", Of(5, near) with { AreasPx = [18] }))));
        Assert.Equal([9.0, 9.0], Areas(new SplitComponents { Dilate = 1, Connectivity = 4 }
            .Run(Image("a", Of(5, near)))));
    }

    [Fact]
    public void Polygons_are_filled_and_label_regions_stay_label_regions()
    {
        var polygons = new PolygonSegmentation([[1, 1, 1, 4, 4, 4, 4, 1], [8, 1, 8, 4, 11, 4, 11, 1]]);
        StageResult result = new SplitComponents().Run(Image("a",
            Object(1) with { Segmentations = [polygons] }, Of(2, Squares, SegmentationForm.LabelRegion)));

        Assert.Equal([9.0, 9.0, 13.0, 1.0], Areas(result));
        Assert.Equal(
            [SegmentationForm.CompressedCounts, SegmentationForm.LabelRegion],
            result.Only.Instances.Select(i => i.Segmentation.Form).Distinct());
    }

    [Fact]
    public void The_first_part_keeps_the_object_number_and_others_get_numbers_of_their_own()
    {
        Instance Numbered(long id, string number) => Of(id, Squares) with
        {
            ExtraMembers = new Instance().ExtraMembers.Add("object_id", number),
        };

        StageResult result = new SplitComponents().Run(Image("a", Numbered(5, "1"), Numbered(6, "4")));

        Assert.Equal("9", new SplitComponents().Run(Image("a", Numbered(1, "9") with { Id = null }))
            .Only.Instances[1].MemberText("part_of"));
        Assert.Equal(["1", "5", "4", "6"], result.Only.Instances.Select(i => i.MemberText("object_id")));
    }

    [Fact]
    public void An_instance_without_a_mask_stays_and_is_counted() =>
        Assert.Equal(["Note without a mask 2"], new SplitComponents { MinArea = 5 }.Run(Image("a", Object(1),
            Object(2) with { Segmentations = [Segmentation.EmptyList] })).Tallies);

    [Fact]
    public void A_connectivity_of_6_is_refused() =>
        Assert.Equal(["'connectivity' must be 4 or 8"], new SplitComponents { Connectivity = 6 }.Check());

    [Fact]
    public void Only_images_come_in() => Assert.Equal(SampleKind.Image, new SplitComponents().InputKind);

    [Fact]
    public void A_malformed_shape_is_named_by_its_annotation()
    {
        var fault = Assert.Throws<BadDataException>(() => new SplitComponents().Run(
            Image("a", Of(5, Mask.Full(3, 3)))));

        Assert.Equal("annotation 5 of 'a'", fault.Problems[0].Record);
        Assert.Equal("RLE_SIZE", fault.Problems[0].Code);
    }

    private static IEnumerable<double> Areas(StageResult result) => result.Only.Instances.Select(i => i.AreaPx!.Value);

    private static Mask Square(int x, int y, int side) => Bitmap.Rectangle(10, 20, x, y, x + side, y + side);
}
