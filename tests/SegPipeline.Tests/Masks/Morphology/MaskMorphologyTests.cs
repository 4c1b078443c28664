using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Morphology;

namespace SegPipeline.Tests.Masks.Morphology;

public sealed class MaskMorphologyTests
{
    [Fact]
    public void A_dilation_has_the_pixels_with_foreground_under_the_kernel() => Holds((mask, kernel) =>
    {
        var pixels = new Bitmap(mask);
        Mask expected = pixels.Where((x, y) => Sees(pixels, kernel, x, y, value: true));
        return MaskMorphology.Dilate(mask, kernel).Equals(expected);
    });

    [Fact]
    public void An_erosion_has_the_pixels_without_background_under_the_kernel() => Holds((mask, kernel) =>
    {
        var pixels = new Bitmap(mask);
        Mask expected = pixels.Where((x, y) => !Sees(pixels, kernel, x, y, value: false));
        return MaskMorphology.Erode(mask, kernel).Equals(expected);
    });

    [Fact]
    public void An_erosion_can_take_what_lies_outside_for_background() => Holds((mask, kernel) =>
    {
        var pixels = new Bitmap(mask);
        Mask expected = pixels.Where((x, y) =>
            Under(kernel, x, y).All(p => pixels.Contains(p.X, p.Y) && pixels[p.X, p.Y]));
        return MaskMorphology.Erode(mask, kernel, Outside.Background).Equals(expected);
    });

    [Fact]
    public void A_gradient_has_the_pixels_with_both_under_the_kernel() => Holds((mask, kernel) =>
    {
        var pixels = new Bitmap(mask);
        Mask expected = pixels.Where((x, y) =>
            Sees(pixels, kernel, x, y, value: true) && Sees(pixels, kernel, x, y, value: false));
        return MaskMorphology.Gradient(mask, kernel).Equals(expected);
    });

    [Fact]
    public void Kernels_that_reach_over_many_words_see_the_same() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(20),
        Prop.ForAll(AnyMask.Tall, TallKernel.ToArbitrary(), SeesTheSame));

    [Fact]
    public void Kernels_with_many_columns_see_the_same() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(AnyMask.Arbitrary, WideKernel.ToArbitrary(), SeesTheSame));

    [Fact]
    public void Results_have_no_runs_of_length_zero_but_the_first() => Holds((mask, kernel) =>
        new[] { MaskMorphology.Dilate, Erode, MaskMorphology.Gradient }.Select(operation => operation(mask, kernel))
            .All(m => !m.Counts[1..].Contains(0u) && m.Counts.ToArray().Sum(c => (long)c) == mask.PixelCount));

    [Fact]
    public void A_closing_with_the_reflected_kernel_loses_no_pixel() => Holds((mask, kernel) =>
    {
        Mask closed = MaskMorphology.Erode(MaskMorphology.Dilate(mask, kernel), kernel.Reflected());
        return MaskSets.Intersect(closed, mask).Equals(mask);
    });

    [Fact]
    public void A_closing_with_the_same_uncentred_kernel_moves_a_square_as_in_OpenCV()
    {
        Kernel kernel = Kernel.Disk(10);
        Mask square = Bitmap.Rectangle(80, 80, 20, 20, 60, 60);
        Mask moved = MaskMorphology.Erode(MaskMorphology.Dilate(square, kernel), kernel);
        Assert.Equal((1589, new PixelBox(21, 21, 40, 40)), (moved.AreaPx, moved.Box));
        Assert.Equal(Bitmap.Rectangle(80, 80, 21, 21, 60, 60), MaskSets.Intersect(moved, square));
        Mask corner = Bitmap.Rectangle(80, 80, 0, 0, 40, 40);
        moved = MaskMorphology.Erode(MaskMorphology.Dilate(corner, kernel), kernel);
        Assert.Equal((1674, new PixelBox(0, 0, 41, 41)), (moved.AreaPx, moved.Box));
        Assert.Equal(corner, MaskSets.Intersect(moved, corner));
    }

    [Fact]
    public void A_run_over_the_end_of_a_column_is_two_runs()
    {
        Mask mask = Mask.FromCounts(4, 3, [3, 2, 7]);
        Assert.Equal(Bitmap.Drawn(".#.", "##.", "##.", "#.."), MaskMorphology.Dilate(mask, Kernel.Rectangle(5, 1)));
    }

    [Fact]
    public void A_mask_whose_runs_are_cut_gives_the_same_as_one_whose_runs_are_not()
    {
        Mask cut = Mask.FromCounts(6, 5, [0, 0, 5, 3, 0, 2, 20, 0]), whole = Mask.FromCounts(6, 5, [5, 5, 20]);
        Kernel kernel = Kernel.Ellipse(3, 3);
        Assert.Equal(MaskMorphology.Dilate(whole, kernel), MaskMorphology.Dilate(cut, kernel));
        Assert.Equal(MaskMorphology.Erode(whole, kernel), MaskMorphology.Erode(cut, kernel));
        Assert.Equal(MaskMorphology.Gradient(whole, kernel), MaskMorphology.Gradient(cut, kernel));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(70, 3)]
    [InlineData(8, 1)]
    public void A_kernel_that_only_sees_beyond_the_picture_finds_neither_side(int heightPx, int widthPx)
    {
        byte[] lastCell = [.. new byte[199], 1];
        Mask full = Mask.Full(heightPx, widthPx), none = Mask.Empty(heightPx, widthPx);
        foreach (Kernel down in new[] { Kernel.FromRowMajor(200, 1, lastCell), Kernel.FromRowMajor(1, 200, lastCell) })
            foreach (Kernel kernel in new[] { down.WithAnchor(0, 0), down.WithAnchor(0, 0).Reflected() })
                foreach (Mask mask in new[] { full, none, Bitmap.Rectangle(heightPx, widthPx, 0, 1, 1, 2) })
                {
                    Assert.Equal(none, MaskMorphology.Dilate(mask, kernel));
                    Assert.Equal(full, MaskMorphology.Erode(mask, kernel));
                    Assert.Equal(none, MaskMorphology.Erode(mask, kernel, Outside.Background));
                    Assert.Equal(none, MaskMorphology.Gradient(mask, kernel));
                }
    }

    [Fact]
    public void A_kernel_of_one_strip_longer_than_the_picture_reaches_all_of_it()
    {
        Mask mask = Bitmap.Rectangle(700, 3, 1, 350, 2, 351);
        Assert.Equal(Bitmap.Rectangle(700, 3, 1, 0, 2, 700), MaskMorphology.Dilate(mask, Kernel.Rectangle(1401, 1)));
        Assert.Equal(Mask.Full(700, 3), MaskMorphology.Dilate(mask, Kernel.Rectangle(1401, 7)));
        Assert.Equal(mask, MaskMorphology.Erode(Bitmap.Rectangle(700, 3, 1, 250, 2, 451), Kernel.Rectangle(201, 1)));
    }

    private static bool SeesTheSame(Mask mask, Kernel kernel)
    {
        var pixels = new Bitmap(mask);
        Mask seen = pixels.Where((x, y) => Sees(pixels, kernel, x, y, value: true));
        Mask missed = pixels.Where((x, y) => Sees(pixels, kernel, x, y, value: false));
        return MaskMorphology.Dilate(mask, kernel).Equals(seen)
            && MaskMorphology.Erode(mask, kernel).Equals(MaskSets.Complement(missed))
            && MaskMorphology.Gradient(mask, kernel).Equals(MaskSets.Intersect(seen, missed));
    }

    private static Mask Erode(Mask mask, Kernel kernel) => MaskMorphology.Erode(mask, kernel);

    private static bool Sees(Bitmap pixels, Kernel kernel, int x, int y, bool value) =>
        Under(kernel, x, y).Any(p => pixels.Contains(p.X, p.Y) && pixels[p.X, p.Y] == value);

    private static IEnumerable<(int X, int Y)> Under(Kernel kernel, int x, int y) =>
        from cellX in Enumerable.Range(0, kernel.WidthPx)
        from cellY in Enumerable.Range(0, kernel.HeightPx)
        where kernel[cellX, cellY]
        select (x + cellX - kernel.AnchorX, y + cellY - kernel.AnchorY);

    private static void Holds(Func<Mask, Kernel, bool> property) =>
        Check.QuickThrowOnFailure(Prop.ForAll(AnyMask.Arbitrary, AnyKernel.ToArbitrary(), property));

    /// <summary>Up to three columns of a few long and short strips.</summary>
    private static Gen<Kernel> TallKernel =>
        from height in Gen.Choose(60, 290)
        from width in Gen.Choose(1, 3)
        from anchorX in Gen.Choose(0, width - 1)
        from anchorY in Gen.Choose(0, height - 1)
        from ends in Gen.ArrayOf(Gen.Choose(0, height - 1), 6)
        select Kernel.FromRowMajor(height, width, Strips(height, width, ends)).WithAnchor(anchorX, anchorY);

    /// <summary>Two rectangles side by side or over each other.</summary>
    private static Gen<Kernel> WideKernel =>
        from height in Gen.Choose(2, 4)
        from width in Gen.Choose(13, 40)
        from anchorX in Gen.Choose(0, width - 1)
        from anchorY in Gen.Choose(0, height - 1)
        from first in Gen.Choose(0, width - 1)
        from second in Gen.Choose(0, width - 1)
        select Kernel.FromRowMajor(height, width, [.. Enumerable.Range(0, height * width).Select(
            i => (i / width < 2 ? i % width >= first : i % width <= second) || i == 0 ? (byte)1 : (byte)0)])
            .WithAnchor(anchorX, anchorY);

    private static byte[] Strips(int height, int width, int[] ends)
    {
        byte[] cells = new byte[height * width];
        for (int i = 0; i < ends.Length; i += 2)
            for (int y = Math.Min(ends[i], ends[i + 1]); y <= Math.Max(ends[i], ends[i + 1]); y++)
                cells[y * width + i / 2 % width] = 1;
        return cells;
    }

    private static Gen<Kernel> AnyKernel =>
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 5)
        from anchorX in Gen.Choose(0, width - 1)
        from anchorY in Gen.Choose(0, height - 1)
        from cells in Gen.ArrayOf(Gen.Choose(0, 3).Select(n => (byte)n), height * width)
        from shape in Gen.Choose(0, 3)
        select (shape switch
        {
            0 => Kernel.Ellipse(height, width),
            1 => Kernel.Rectangle(height, width),
            _ => Kernel.FromRowMajor(height, width, [.. cells[1..], 1]),
        }).WithAnchor(anchorX, anchorY);
}
