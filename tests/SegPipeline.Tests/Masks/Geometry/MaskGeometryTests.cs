using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;

namespace SegPipeline.Tests.Masks.Geometry;

public sealed class MaskGeometryTests
{
    [Fact]
    public void Mirrors_and_turns_move_every_pixel_where_they_should() => MaskCases.ForAll(MaskCases.AnyMask(), m =>
    {
        int h = m.HeightPx, w = m.WidthPx;
        bool[,] p = MaskCases.Pixels(m);
        return Agrees(MaskGeometry.FlipHorizontal(m), h, w, (y, x) => p[y, w - 1 - x]) &&
            Agrees(MaskGeometry.FlipVertical(m), h, w, (y, x) => p[h - 1 - y, x]) &&
            Agrees(MaskGeometry.Transpose(m), w, h, (y, x) => p[x, y]) &&
            Agrees(MaskGeometry.Rotate(m, Turn.Half), h, w, (y, x) => p[h - 1 - y, w - 1 - x]) &&
            Agrees(MaskGeometry.Rotate(m, Turn.Clockwise), w, h, (y, x) => p[h - 1 - x, y]) &&
            Agrees(MaskGeometry.Rotate(m, Turn.Counterclockwise), w, h, (y, x) => p[x, w - 1 - y]);
    });

    [Fact]
    public void Four_quarter_turns_are_none() => MaskCases.ForAll(MaskCases.AnyMask(), m =>
        Enumerable.Range(0, 4).Aggregate(m, (turned, _) => MaskGeometry.Rotate(turned, Turn.Clockwise)).Equals(m));

    [Fact]
    public void Translation_moves_the_foreground_and_cuts_it_off_at_the_edges() => MaskCases.ForAll(
        from mask in MaskCases.AnyMask()
        from right in Gen.Choose(-25, 25)
        from down in Gen.Choose(-25, 25)
        select (mask, right, down),
        c =>
        {
            (Mask m, int right, int down) = c;
            bool[,] p = MaskCases.Pixels(m);
            return Agrees(MaskGeometry.Translate(m, right, down), m.HeightPx, m.WidthPx,
                (y, x) => Inside(m, y - down, x - right) && p[y - down, x - right]);
        });

    [Fact]
    public void Padding_adds_background_and_cropping_takes_it_away() => MaskCases.ForAll(
        from mask in MaskCases.AnyMask()
        from margins in Gen.ArrayOf(Gen.Choose(0, 9), 4)
        select (mask, margins),
        c =>
        {
            (Mask m, int[] by) = c;
            bool[,] p = MaskCases.Pixels(m);
            Mask padded = MaskGeometry.Pad(m, leftPx: by[0], topPx: by[1], rightPx: by[2], bottomPx: by[3]);
            return Agrees(padded, m.HeightPx + by[1] + by[3], m.WidthPx + by[0] + by[2],
                    (y, x) => Inside(m, y - by[1], x - by[0]) && p[y - by[1], x - by[0]]) &&
                MaskGeometry.Crop(padded, new PixelBox(by[0], by[1], m.WidthPx, m.HeightPx)).Equals(m);
        });

    [Fact]
    public void A_crop_to_its_box_keeps_all_of_a_mask() => MaskCases.ForAll(MaskCases.AnyMask(), m =>
    {
        bool[,] p = MaskCases.Pixels(m);
        return Agrees(MaskGeometry.Crop(m, m.Box), m.Box.HeightPx, m.Box.WidthPx, (y, x) => p[y + m.Box.Y, x + m.Box.X])
            && MaskGeometry.Crop(m, m.Box).AreaPx == m.AreaPx;
    });

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, -1, 2, 2)]
    [InlineData(4, 0, 2, 2)]
    [InlineData(0, 5, 2, 2)]
    [InlineData(1, 1, -1, 2)]
    [InlineData(1, int.MaxValue, 1, int.MaxValue)]
    public void A_crop_out_of_the_picture_is_refused(int x, int y, int width, int height) => Assert.Equal(
        MaskFault.Size,
        Assert.Throws<MaskFormatException>(
            () => MaskGeometry.Crop(Mask.Full(6, 5), new PixelBox(x, y, width, height))).Code);

    [Fact]
    public void Padding_beyond_the_largest_mask_is_refused() => Assert.Equal(
        MaskFault.Size,
        Assert.Throws<MaskFormatException>(
            () => MaskGeometry.Pad(Mask.Full(6, 5), 0, int.MaxValue, 0, int.MaxValue)).Code);

    [Fact]
    public void A_turn_that_would_need_more_runs_than_memory_holds_is_refused()
    {
        uint[] stripes = [.. Enumerable.Repeat(65536u, 65535)];
        Mask mask = Mask.FromCounts(65536, 65535, stripes);
        Assert.Equal(MaskFault.Size, Assert.Throws<MaskFormatException>(() => MaskGeometry.Transpose(mask)).Code);
    }

    [Fact]
    public void A_large_translation_of_a_large_mask_does_not_wrap_around()
    {
        Mask mask = Mask.Full(60_000, 70_000);
        Assert.True(MaskGeometry.Translate(mask, int.MinValue, int.MaxValue).IsEmpty);
        Assert.Equal(1, MaskGeometry.Translate(mask, 69_999, -59_999).AreaPx);
    }

    private static bool Inside(Mask mask, int y, int x) => y >= 0 && x >= 0 && y < mask.HeightPx && x < mask.WidthPx;

    private static bool Agrees(Mask result, int heightPx, int widthPx, Func<int, int, bool> isForeground) =>
        MaskCases.IsWellFormed(result) && result.Equals(MaskCases.Mask(heightPx, widthPx, isForeground));
}
