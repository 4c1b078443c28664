using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks.Morphology;

/// <summary>Random small masks for properties, from dust to solid shapes, also taller than a machine word.</summary>
internal static class AnyMask
{
    /// <summary>One mask.</summary>
    public static Arbitrary<Mask> Arbitrary => Sizes.SelectMany(OfSize).ToArbitrary();

    /// <summary>One mask that is several machine words high.</summary>
    public static Arbitrary<Mask> Tall => TallSizes.SelectMany(OfSize).ToArbitrary();

    /// <summary>Two masks of one size.</summary>
    public static Arbitrary<(Mask A, Mask B)> Pair => (
        from size in Sizes
        from a in OfSize(size)
        from b in OfSize(size)
        select (a, b)).ToArbitrary();

    /// <summary>Two masks of one size and a third for the pixels to leave out.</summary>
    public static Arbitrary<(Mask A, Mask B, Mask Void)> Triple => (
        from size in Sizes
        from a in OfSize(size)
        from b in OfSize(size)
        from c in OfSize(size)
        select (a, b, c)).ToArbitrary();

    /// <summary>A mask of a given size: random rectangles, added and taken away, with some dust.</summary>
    private static Gen<Mask> OfSize((int HeightPx, int WidthPx) size) =>
        Gen.ArrayOf(Gen.Choose(0, int.MaxValue), 40).Select(numbers => Draw(size.HeightPx, size.WidthPx, numbers));

    private static Gen<(int HeightPx, int WidthPx)> Sizes => Gen.OneOf(
        Size(Gen.Choose(0, 9), 9),
        Size(Gen.Choose(10, 30), 30),
        TallSizes);

    private static Gen<(int HeightPx, int WidthPx)> TallSizes =>
        Size(Gen.Elements(63, 64, 65, 127, 128, 255, 256, 257, 300), 6);

    private static Gen<(int HeightPx, int WidthPx)> Size(Gen<int> heightPx, int maxWidthPx) =>
        heightPx.SelectMany(h => Gen.Choose(0, maxWidthPx).Select(w => (h, w)));

    private static Mask Draw(int heightPx, int widthPx, int[] numbers)
    {
        byte[] columnMajor = new byte[heightPx * widthPx];
        if (columnMajor.Length == 0) return Mask.Empty(heightPx, widthPx);
        int next = 0, shapes = Take(6), dust = Take(20) - 5;
        for (; shapes > 0; shapes--)
        {
            byte value = (byte)(Take(4) == 0 ? 0 : 1);
            int left = Take(widthPx), right = left + 1 + Take(widthPx - left);
            int top = Take(heightPx), bottom = top + 1 + Take(heightPx - top);
            for (int x = left; x < right; x++)
                columnMajor.AsSpan(x * heightPx + top, bottom - top).Fill(value);
        }
        for (; dust > 0; dust--) columnMajor[Take(columnMajor.Length)] ^= 1;
        return Mask.FromBitmapColumnMajor(heightPx, widthPx, columnMajor);

        int Take(int limit) => (int)((uint)numbers[next++ % numbers.Length] * 2654435761u / 8 % (uint)limit);
    }
}
