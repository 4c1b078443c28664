using System.Buffers;
using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Masks.Contours;
using SegPipeline.Model;

namespace SegPipeline.Formats.Yolo;

/// <summary>Writes the lines of an image.</summary>
/// <param name="classes">The numbers of the classes.</param>
/// <param name="parts">What becomes of objects of several parts.</param>
internal sealed class YoloEncoder(YoloClasses classes, YoloParts parts)
{
    private const int LongestNumber = 32;

    private static readonly ContourRule Outlines = new() { Holes = HoleRule.Cut };

    /// <summary>The lines of an image, and what they cannot say.</summary>
    /// <exception cref="BadDataException">An object has an unknown category or a malformed shape, or the size of the
    /// image is not known.</exception>
    public byte[] Encode(Sample image, out YoloLosses losses)
    {
        if (image.Frame.HeightPx <= 0 || image.Frame.WidthPx <= 0)
            throw new BadDataException(new Problem("FRAME_SIZE", "expected the size of the image, found none")
            {
                Record = $"image {image.Key}",
                Remedy = "give width and height in the source",
            });
        var text = new ArrayBufferWriter<byte>();
        losses = default;
        foreach (Instance instance in image.Instances) losses += Write(text, instance, image);
        return text.WrittenSpan.ToArray();
    }

    private YoloLosses Write(ArrayBufferWriter<byte> text, Instance instance, Sample image)
    {
        int number = classes.Of(instance, image);
        if (instance.IsCrowd == true) return new YoloLosses { Crowds = 1 };
        Segmentation shape = instance.Segmentation;
        if (!shape.HasMask) return new YoloLosses { Shapeless = 1 };
        IReadOnlyList<IReadOnlyList<double>> rings = RingsOf(shape, image.Frame);
        if (rings.Count == 0) return new YoloLosses { Empty = 1 };
        bool isClamped = false;
        if (parts == YoloParts.Join) isClamped = WriteLine(text, number, RingJoiner.Join(rings), image.Frame);
        else foreach (IReadOnlyList<double> ring in rings) isClamped |= WriteLine(text, number, ring, image.Frame);
        bool isMany = rings.Count > 1;
        return new YoloLosses
        {
            Joined = isMany && parts == YoloParts.Join ? 1 : 0,
            Separated = isMany && parts == YoloParts.Separate ? 1 : 0,
            Clamped = isClamped ? 1 : 0,
        };
    }

    private static IReadOnlyList<IReadOnlyList<double>> RingsOf(Segmentation shape, Frame frame)
    {
        if (shape is PolygonSegmentation polygons) return [.. polygons.Parts];
        Mask mask = shape.ToMask(frame.HeightPx, frame.WidthPx)!;
        return [.. MaskContours.Trace(mask, Outlines).Select(polygon => polygon.Outer.ToXy())];
    }

    /// <summary>Writes a line; true when a corner had to be moved to the edge.</summary>
    private static bool WriteLine(ArrayBufferWriter<byte> text, int number, IReadOnlyList<double> ring, Frame frame)
    {
        bool isClamped = false;
        Write(text, number, "0");
        for (int i = 0; i < ring.Count; i++)
        {
            double share = ring[i] / (i % 2 == 0 ? frame.WidthPx : frame.HeightPx);
            double inside = Math.Clamp(share, 0, 1);
            isClamped |= inside != share;
            JsonText.Write(text, " "u8);
            Write(text, inside, "0.######");
        }
        JsonText.Write(text, "\n"u8);
        return isClamped;
    }

    private static void Write(ArrayBufferWriter<byte> text, double value, string format)
    {
        value.TryFormat(text.GetSpan(LongestNumber), out int written, format, CultureInfo.InvariantCulture);
        text.Advance(written);
    }
}
