using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;

namespace SegPipeline.Tests.Masks;

/// <summary>Bitmaps as the plain truth against which operations on run lengths are checked.</summary>
internal static class MaskCases
{
    /// <summary>Small masks of any size, of speckles and of blobs, some with runs of length 0.</summary>
    public static Gen<Mask> AnyMask() =>
        from height in Gen.Choose(0, 19)
        from width in Gen.Choose(0, 19)
        from mask in MaskOf(height, width)
        select mask;

    /// <summary>Several masks of one size.</summary>
    public static Gen<Mask[]> MasksOfOneSize(int most) =>
        from height in Gen.Choose(0, 19)
        from width in Gen.Choose(0, 19)
        from count in Gen.Choose(1, most)
        from masks in Gen.ArrayOf(MaskOf(height, width), count)
        select masks;

    /// <summary>The pixels of a mask, true for foreground.</summary>
    public static bool[,] Pixels(Mask mask)
    {
        byte[] bytes = new byte[mask.PixelCount];
        mask.CopyToRowMajor(bytes);
        bool[,] pixels = new bool[mask.HeightPx, mask.WidthPx];
        for (int i = 0; i < bytes.Length; i++) pixels[i / mask.WidthPx, i % mask.WidthPx] = bytes[i] != 0;
        return pixels;
    }

    /// <summary>A mask whose pixels are given by a function of row and column.</summary>
    public static Mask Mask(int heightPx, int widthPx, Func<int, int, bool> isForeground)
    {
        byte[] bytes = new byte[heightPx * widthPx];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = isForeground(i / widthPx, i % widthPx) ? (byte)1 : (byte)0;
        return SegPipeline.Masks.Mask.FromBitmapRowMajor(heightPx, widthPx, bytes);
    }

    /// <summary>True when run lengths are those that pycocotools would write for the same pixels.</summary>
    public static bool IsWellFormed(Mask mask) =>
        mask.Counts.Length > 0 && !mask.Counts[1..].Contains(0u) &&
        mask.Counts.ToArray().Sum(c => (long)c) == mask.PixelCount;

    /// <summary>Runs a property on a few hundred generated values.</summary>
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(values.ToArbitrary(), holds));

    private static Gen<Mask> MaskOf(int heightPx, int widthPx) => Gen.OneOf(
        Gen.ArrayOf(Gen.Choose(0, 1), heightPx * widthPx).Select(bits =>
            Mask(heightPx, widthPx, (y, x) => bits[y * widthPx + x] == 1)),
        Gen.ArrayOf(Gen.Choose(-5, 25), 4).Select(b =>
            Mask(heightPx, widthPx, (y, x) => y >= b[0] && x >= b[1] && y < b[2] && x < b[3])),
        Gen.ArrayOf(Gen.Choose(0, 30), 12).Select(lengths => FromLengths(heightPx, widthPx, lengths)));

    private static Mask FromLengths(int heightPx, int widthPx, int[] lengths)
    {
        List<uint> counts = [];
        long left = (long)heightPx * widthPx;
        foreach (int length in lengths)
        {
            counts.Add((uint)Math.Min(length, left));
            left -= counts[^1];
        }
        counts.Add((uint)left);
        return SegPipeline.Masks.Mask.FromCounts(heightPx, widthPx, [.. counts]);
    }
}
