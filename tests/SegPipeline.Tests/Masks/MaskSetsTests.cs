using FsCheck.Fluent;
using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks;

public sealed class MaskSetsTests
{
    [Fact]
    public void Combinations_of_run_lengths_are_combinations_of_pixels() => MaskCases.ForAll(
        MaskCases.MasksOfOneSize(2).Where(m => m.Length == 2),
        m => Agrees(MaskSets.Union(m), m, (a, b) => a || b) &&
            Agrees(MaskSets.Intersect(m), m, (a, b) => a && b) &&
            Agrees(MaskSets.Difference(m[0], m[1]), m, (a, b) => a && !b) &&
            Agrees(MaskSets.SymmetricDifference(m[0], m[1]), m, (a, b) => a != b) &&
            Agrees(MaskSets.Complement(m[0]), m, (a, _) => !a));

    [Fact]
    public void The_laws_of_De_Morgan_hold() => MaskCases.ForAll(MaskCases.MasksOfOneSize(5), m =>
        MaskSets.Complement(MaskSets.Union(m)).Equals(MaskSets.Intersect(Complements(m))) &&
        MaskSets.Complement(MaskSets.Intersect(m)).Equals(MaskSets.Union(Complements(m))));

    [Fact]
    public void Areas_of_union_and_intersection_add_up() => MaskCases.ForAll(
        MaskCases.MasksOfOneSize(2).Where(m => m.Length == 2),
        m => MaskSets.Union(m).AreaPx + MaskSets.Intersect(m).AreaPx == m[0].AreaPx + m[1].AreaPx &&
            MaskOverlap.IntersectionPx(m[0], m[1]) == MaskSets.Intersect(m).AreaPx);

    [Fact]
    public void Masks_that_lie_close_and_masks_that_lie_far_apart_are_united_alike() => MaskCases.ForAll(
        from spread in Gen.Elements(20, 300, 20_000)
        from corners in Gen.ArrayOf(Gen.Choose(-spread / 9, spread), 48)
        select (spread, corners),
        c =>
        {
            Mask[] masks = [.. c.corners.Chunk(6).Select(p =>
                PolygonFill.Fill(c.spread, c.spread / 2, [.. p.Select(v => v / 1.5)]))];
            Mask union = MaskSets.Union(masks);
            return MaskCases.IsWellFormed(union) && union.Equals(masks.Aggregate((a, b) =>
                MaskSets.SymmetricDifference(MaskSets.SymmetricDifference(a, b), MaskSets.Intersect(a, b))));
        });

    [Fact]
    public void The_order_of_many_masks_does_not_matter() => MaskCases.ForAll(MaskCases.MasksOfOneSize(9), m =>
        MaskSets.Union(m).Equals(MaskSets.Union([.. m.Reverse()])) &&
        MaskSets.Union(m).Equals(m.Aggregate((a, b) => MaskSets.Union(a, b))) &&
        MaskSets.Intersect(m).Equals(m.Aggregate((a, b) => MaskSets.Intersect(a, b))));

    [Fact]
    public void Overlap_is_shared_pixels_over_all_pixels() => MaskCases.ForAll(MaskCases.MasksOfOneSize(6), m =>
    {
        bool[] crowd = [.. m.Select((_, i) => i % 2 == 1)];
        double[,] iou = MaskOverlap.Iou(m, m, crowd);
        for (int d = 0; d < m.Length; d++)
            for (int t = 0; t < m.Length; t++)
            {
                long shared = MaskSets.Intersect(m[d], m[t]).AreaPx;
                long union = crowd[t] ? m[d].AreaPx : MaskSets.Union(m[d], m[t]).AreaPx;
                if (iou[d, t] != (union == 0 ? 0 : (double)shared / union)) return false;
            }
        return true;
    });

    [Fact]
    public void Area_and_box_are_those_of_the_pixels() => MaskCases.ForAll(MaskCases.AnyMask(), mask =>
    {
        bool[,] pixels = MaskCases.Pixels(mask);
        int[] rows = [.. Enumerable.Range(0, mask.HeightPx).Where(y =>
            Enumerable.Range(0, mask.WidthPx).Any(x => pixels[y, x]))];
        int[] columns = [.. Enumerable.Range(0, mask.WidthPx).Where(x =>
            Enumerable.Range(0, mask.HeightPx).Any(y => pixels[y, x]))];
        PixelBox expected = rows.Length == 0
            ? default
            : new PixelBox(columns[0], rows[0], columns[^1] - columns[0] + 1, rows[^1] - rows[0] + 1);
        return mask.Box == expected && mask.AreaPx == pixels.Cast<bool>().Count(p => p);
    });

    [Fact]
    public void Masks_of_different_sizes_are_not_combined()
    {
        Mask wide = Mask.Empty(5, 6), high = Mask.Empty(6, 5);
        Assert.Equal(MaskFault.Size, Code(() => MaskSets.Union(wide, high)));
        Assert.Equal(MaskFault.Size, Code(() => MaskSets.Difference(wide, high)));
        Assert.Equal(MaskFault.Size, Code(() => MaskOverlap.IntersectionPx(wide, high)));
        Assert.Equal(MaskFault.Size, Code(() => MaskOverlap.Iou([wide], [wide, high])));
        Assert.Equal(MaskFault.Size, Code(() => MaskOverlap.Iou([wide, high], [wide])));
    }

    [Fact]
    public void The_union_of_no_masks_has_no_size() => Assert.Throws<ArgumentException>(() => MaskSets.Union());

    [Fact]
    public void Crowd_flags_must_be_as_many_as_the_truths() =>
        Assert.Throws<ArgumentException>(() => MaskOverlap.Iou([Mask.Empty(1, 1)], [Mask.Empty(1, 1)], [true, false]));

    [Fact]
    public void A_matrix_may_have_no_rows_or_columns()
    {
        Assert.Equal(0, MaskOverlap.Iou([], [Mask.Empty(2, 2)]).GetLength(0));
        Assert.Equal(0, MaskOverlap.Iou([Mask.Empty(2, 2)], []).GetLength(1));
    }

    private static bool Agrees(Mask result, Mask[] masks, Func<bool, bool, bool> rule)
    {
        bool[,] a = MaskCases.Pixels(masks[0]), b = MaskCases.Pixels(masks[1]);
        return MaskCases.IsWellFormed(result) && result.Equals(
            MaskCases.Mask(result.HeightPx, result.WidthPx, (y, x) => rule(a[y, x], b[y, x])));
    }

    private static Mask[] Complements(Mask[] masks) => [.. masks.Select(MaskSets.Complement)];

    private static string Code(Func<object> call) => Assert.Throws<MaskFormatException>(call).Code;
}
