using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class ToPolygonsTests
{
    private static readonly Mask Ring = MaskSets.Difference(
        PolygonFill.FillBox(10, 20, 2, 1, 8, 7), PolygonFill.FillBox(10, 20, 4, 3, 2, 2));

    private static readonly Mask Stairs = MaskSets.Union(
        PolygonFill.Fill(10, 20, [1, 1, 18, 5, 1, 9]), PolygonFill.FillBox(10, 20, 19, 0, 1, 1));

    private static Instance Shaped(Mask mask) =>
        Object(1) with { Segmentations = [new MaskSegmentation(mask, SegmentationForm.CompressedCounts)] };

    private static Mask MaskOf(StageResult result) => result.Only.Instances[0].Segmentation.ToMask(10, 20)!;

    [Fact]
    public void Polygons_fill_to_the_same_pixels_holes_and_pieces_included()
    {
        foreach (Mask mask in new[] { Ring, Stairs })
        {
            StageResult result = new ToPolygons().Run(Image("a", Shaped(mask)));

            Assert.Equal(SegmentationForm.Polygons, result.Only.Instances[0].Segmentation.Form);
            Assert.Equal(mask, MaskOf(result));
            Assert.Equal(["Note traced 1"], result.Tallies);
        }
        StageResult pieces = new ToPolygons().Run(Image("a", Shaped(Stairs)));
        Assert.Equal(2, ((PolygonSegmentation)pieces.Only.Instances[0].Segmentation).Parts.Length);
    }

    [Fact]
    public void Holes_can_be_filled_and_the_pixels_gained_are_counted()
    {
        StageResult result = new ToPolygons { Holes = Holes.Fill }.Run(Image("a", Shaped(Ring)));

        Assert.Equal(PolygonFill.FillBox(10, 20, 2, 1, 8, 7), MaskOf(result));
        Assert.Equal(["Note pixels gained 4", "Note traced 1"], result.Tallies);
    }

    [Fact]
    public void A_mask_with_holes_can_stay_as_run_lengths()
    {
        Instance ring = Shaped(Ring);

        StageResult result = new ToPolygons { Holes = Holes.Keep }.Run(Image("a", ring, Shaped(Stairs)));

        Assert.Equal(ring.Segmentation, result.Only.Instances[0].Segmentation);
        Assert.Equal(SegmentationForm.Polygons, result.Only.Instances[1].Segmentation.Form);
        Assert.Contains("Note with holes, kept 1", result.Tallies);
    }

    [Fact]
    public void A_tolerance_leaves_out_corners_and_counts_the_pixels_it_costs()
    {
        StageResult exact = new ToPolygons().Run(Image("a", Shaped(Stairs)));
        StageResult coarse = new ToPolygons { Tolerance = 1.5 }.Run(Image("a", Shaped(Stairs)));
        int Corners(StageResult result) =>
            ((PolygonSegmentation)result.Only.Instances[0].Segmentation).Parts.Sum(part => part.Length / 2);

        Assert.True(Corners(coarse) < Corners(exact) / 2);
        Assert.Contains(
            $"Note pixels lost {MaskSets.Difference(Stairs, MaskOf(coarse)).AreaPx}", coarse.Tallies);
    }

    [Fact]
    public void A_mask_too_small_for_the_tolerance_keeps_its_exact_outline()
    {
        Mask line = PolygonFill.FillBox(10, 20, 3, 3, 12, 1);

        StageResult result = new ToPolygons { Tolerance = 30 }.Run(Image("a", Shaped(line)));

        Assert.False(MaskOf(result).IsEmpty);
    }

    [Fact]
    public void Crowds_stay_as_run_lengths_unless_told_otherwise()
    {
        Instance crowd = Shaped(Ring) with { IsCrowd = true };

        Assert.Same(crowd, new ToPolygons().Run(Image("a", crowd)).Only.Instances[0]);
        Instance traced = new ToPolygons { Crowds = CrowdShapes.Convert }.Run(Image("a", crowd)).Only.Instances[0];
        Assert.Equal((SegmentationForm.Polygons, true), (traced.Segmentation.Form, traced.IsCrowd));
    }

    [Fact]
    public void What_is_a_polygon_or_no_mask_is_not_touched()
    {
        Instance polygon = Object(1) with { Segmentations = [new PolygonSegmentation([[1, 1, 5, 1, 5, 5]])] };
        Instance none = Object(2) with { Segmentations = [Segmentation.EmptyList] };

        StageResult result = new ToPolygons().Run(Image("a", polygon, none));

        Assert.Same(polygon, result.Only.Instances[0]);
        Assert.Same(none, result.Only.Instances[1]);
        Assert.Equal(["Note already polygons 1", "Note without a mask 1"], result.Tallies);
    }

    [Fact]
    public void A_mask_without_pixels_is_no_mask_of_an_image_and_absence_from_a_frame()
    {
        var empty = new MaskSegmentation(Mask.Empty(10, 20), SegmentationForm.Counts);
        var full = new MaskSegmentation(Ring, SegmentationForm.Counts);

        StageResult image = new ToPolygons().Run(Image("a", Object(1) with { Segmentations = [empty] }));
        StageResult video = new ToPolygons().Run(Video("v", 2, Object(1) with { Segmentations = [empty, full] }));

        Assert.Same(Segmentation.EmptyList, image.Only.Instances[0].Segmentation);
        Assert.Same(Segmentation.Null, video.Only.Instances[0].Segmentations[0]);
        Assert.Contains("Note empty 1", video.Tallies);
    }

    [Fact]
    public void Area_and_box_can_be_measured_on_the_polygons()
    {
        Instance measured = new ToPolygons { Holes = Holes.Fill, Measures = Measures.Recompute }
            .Run(Image("a", Shaped(Ring) with { AreasPx = [1] })).Only.Instances[0];

        Assert.Equal((56, new Box(2, 1, 8, 7)), (measured.AreaPx, measured.Box));
        Assert.Equal(1, new ToPolygons().Run(Image("a", Shaped(Ring) with { AreasPx = [1] })).Only.Instances[0].AreaPx);
    }
}
