using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Tests.Masks.Morphology;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks.Components;

public sealed class AdeSplitTests
{
    [GoldenFact]
    [Trait("Category", "Golden")]
    public void Parts_are_those_of_the_original_script()
    {
        foreach (JsonElement c in GoldenCases.Load("ade_split.json"))
        {
            int height = c.GetProperty("h").GetInt32(), width = c.GetProperty("w").GetInt32();
            var parts = AdeSplit.Split(
                Labels(c.GetProperty("seg_labels"), height, width), Labels(c.GetProperty("gt_labels"), height, width));
            var expected = from label in c.GetProperty("parts_seg_gt_by_class").EnumerateObject()
                           from part in label.Value.EnumerateArray()
                           select $"{label.Name} {part[0].GetString()} {part[1].GetString()}";
            var found = parts.Select(p => $"{p.Label} {p.Seg.ToCocoString()} {p.Gt.ToCocoString()}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_part_loses_its_first_row_and_column_but_not_at_the_edge_of_the_picture()
    {
        Assert.Equal(Square(21, 60), Assert.Single(Split(Square(20, 60))).Seg);
        Assert.Equal(Square(0, 40), Assert.Single(Split(Square(0, 40))).Seg);
    }

    [Fact]
    public void A_centred_closing_loses_nothing()
    {
        Assert.Equal(Square(20, 60), Assert.Single(Split(Square(20, 60), AdeClosing.Centred)).Seg);
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 60).Four().ToArbitrary(), at =>
        {
            Mask mask = MaskSets.Union(
                Bitmap.Rectangle(120, 120, at.Item1, at.Item2, at.Item1 + 50, at.Item2 + 50),
                Bitmap.Rectangle(120, 120, at.Item3, at.Item4, at.Item3 + 50, at.Item4 + 50));
            return MaskSets.Union([.. Split(mask, AdeClosing.Centred).Select(p => p.Seg)]).Equals(mask);
        }));
    }

    [Fact]
    public void Near_pieces_are_one_part_and_far_ones_two()
    {
        Mask near = MaskSets.Union(Bitmap.Rectangle(80, 150, 5, 5, 55, 55), Bitmap.Rectangle(80, 150, 63, 5, 113, 55));
        Assert.Equal([1], Split(near).Select(p => p.Component));
        Mask far = MaskSets.Union(Bitmap.Rectangle(80, 150, 5, 5, 55, 55), Bitmap.Rectangle(80, 150, 70, 5, 120, 55));
        Assert.Equal([1, 2], Split(far).Select(p => p.Component));
    }

    [Fact]
    public void Small_classes_and_small_parts_are_left_out_and_numbers_have_gaps()
    {
        Assert.Empty(Split(Bitmap.Rectangle(80, 80, 0, 0, 32, 32)));
        Assert.Single(Split(Bitmap.Rectangle(80, 80, 0, 0, 33, 32)));
        Mask mask = MaskSets.Union(Bitmap.Rectangle(80, 150, 5, 5, 15, 15), Bitmap.Rectangle(80, 150, 40, 5, 90, 55));
        Assert.Equal(2, Assert.Single(Split(mask)).Component);
    }

    [Fact]
    public void The_truth_is_cut_to_the_part_and_empty_where_the_class_is_absent()
    {
        Mask seg = Square(20, 60);
        var labels = new Dictionary<uint, Mask> { [9] = seg, [3] = Bitmap.Rectangle(80, 80, 0, 0, 80, 19) };
        var truth = new Dictionary<uint, Mask> { [9] = Mask.Full(80, 80), [5] = Mask.Full(80, 80) };
        IReadOnlyList<AdePart> parts = AdeSplit.Split(labels, truth);
        Assert.Equal([3u, 9u], parts.Select(p => p.Label));
        Assert.True(parts[0].Gt.IsEmpty);
        Assert.Equal((1589, new PixelBox(21, 21, 40, 40)), (parts[1].Gt.AreaPx, parts[1].Gt.Box));
    }

    private static IReadOnlyList<AdePart> Split(Mask mask, AdeClosing closing = AdeClosing.CascadePsp) =>
        AdeSplit.Split(new Dictionary<uint, Mask> { [7] = mask }, new Dictionary<uint, Mask> { [7] = mask }, closing);

    private static Mask Square(int from, int to) => Bitmap.Rectangle(80, 80, from, from, to, to);

    private static Dictionary<uint, Mask> Labels(JsonElement labels, int heightPx, int widthPx) =>
        labels.EnumerateObject().ToDictionary(
            label => uint.Parse(label.Name, System.Globalization.CultureInfo.InvariantCulture),
            label => Mask.FromCocoString(heightPx, widthPx, label.Value.GetString()!));
}
