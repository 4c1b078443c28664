using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Masks;
using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;

namespace SegPipeline.Tests.Masks.LabelImages;

/// <summary>What holds for any pixels at all; failures are shrunk to the smallest picture that shows them.</summary>
public sealed class PixelPropertyTests
{
    [Fact]
    public void A_label_image_survives_being_taken_apart_and_painted() => Holds(picture =>
    {
        LabelRegions regions = LabelRegions.Of(picture.Pixels, LabelRoles.BackgroundOnly);
        var canvas = new LabelCanvas<byte>(picture.HeightPx, picture.WidthPx, background: 0);
        foreach ((uint label, Mask mask) in regions.Objects) canvas.Paint(mask, (byte)label, PaintRule.Under);
        return canvas.Pixels.Values.SequenceEqual(picture.Labels);
    });

    [Fact]
    public void A_palette_image_survives_being_written_and_read() => Holds(picture =>
    {
        using PngImage image = PngReader.Read(
            PngWriter.EncodeIndexed(picture.Pixels, Palette.Voc, PngCompression.Balanced));
        return image.Samples.SequenceEqual(picture.Labels) && image.Palette!.Equals(Palette.Voc);
    });

    [Fact]
    public void A_bitmap_survives_its_run_lengths() => Holds(picture =>
    {
        byte[] bitmap = new byte[picture.Labels.Length];
        Mask.FromBitmapRowMajor(picture.HeightPx, picture.WidthPx, picture.Labels).CopyToRowMajor(bitmap);
        return bitmap.Select(p => p != 0).SequenceEqual(picture.Labels.Select(p => p != 0));
    });

    [Fact]
    public void Areas_of_all_labels_make_the_picture() => Holds(picture =>
        LabelCensus.Of(picture.Pixels).Sum(c => c.Pixels) == picture.Labels.Length);

    private static void Holds(Func<Picture, bool> property)
    {
        Gen<byte> label = Gen.Frequency((6, Gen.Constant((byte)0)), (1, Gen.Choose(0, 255).Select(l => (byte)l)));
        Gen<Picture> pictures =
            from width in Gen.Choose(1, 140)
            from height in Gen.Choose(1, 40)
            from labels in Gen.ArrayOf(label, width * height)
            select new Picture(labels, width);
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(pictures, Shrink), property));
    }

    private static IEnumerable<Picture> Shrink(Picture picture)
    {
        if (picture.HeightPx > 1) yield return new Picture(picture.Labels[picture.WidthPx..], picture.WidthPx);
        if (picture.HeightPx > 1) yield return new Picture(picture.Labels[..^picture.WidthPx], picture.WidthPx);
        for (int i = 0; i < picture.Labels.Length; i++)
        {
            if (picture.Labels[i] == 0) continue;
            byte[] labels = [.. picture.Labels];
            labels[i] = 0;
            yield return new Picture(labels, picture.WidthPx);
        }
    }

    private sealed record Picture(byte[] Labels, int WidthPx)
    {
        public int HeightPx => Labels.Length / WidthPx;

        public RowMajorPixels<byte> Pixels => new(Labels, HeightPx, WidthPx);

        public override string ToString() => $"{HeightPx}x{WidthPx}: {Convert.ToHexString(Labels)}";
    }
}
