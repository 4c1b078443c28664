using SegPipeline.Masks.Bitmaps;
using SegPipeline.Model;

namespace SegPipeline.Formats.Voc;

/// <summary>Finds the class of each object of an image: that of the pixels it has in the class mask.</summary>
internal static class ObjectClasses
{
    private const byte Void = 255;

    /// <summary>For each label of the object mask its class; 0 for labels that no pixel has.</summary>
    /// <param name="objects">The object mask.</param>
    /// <param name="classes">The class mask, of the same size.</param>
    /// <param name="place">What messages call the object mask.</param>
    /// <param name="loosePx">Pixels that have a class and belong to no object.</param>
    /// <exception cref="BadDataException"><c>OBJECT_CLASS</c>: an object has pixels of several classes, or of
    /// none.</exception>
    public static byte[] Of(
        RowMajorPixels<byte> objects, RowMajorPixels<byte> classes, string place, out long loosePx)
    {
        byte[] classOf = new byte[256];
        bool[] isPresent = new bool[256];
        loosePx = 0;
        ReadOnlySpan<byte> labels = objects.Values, kinds = classes.Values;
        for (int i = 0; i < labels.Length; i++)
        {
            byte label = labels[i], kind = kinds[i];
            bool hasClass = kind is not 0 and not Void;
            if (label is 0 or Void)
            {
                loosePx += hasClass ? 1 : 0;
                continue;
            }
            isPresent[label] = true;
            if (!hasClass) continue;
            if (classOf[label] == 0) classOf[label] = kind;
            else if (classOf[label] != kind)
                throw Fault(place, label,
                    $"of class {classOf[label]}, found class {kind} at pixel ({i % objects.WidthPx}, " +
                    $"{i / objects.WidthPx})");
        }
        for (int label = 1; label < Void; label++)
            if (isPresent[label] && classOf[label] == 0)
                throw Fault(place, label, "of one class, found only background and void");
        return classOf;
    }

    private static BadDataException Fault(string place, int label, string rest) => new(new Problem("OBJECT_CLASS",
        $"expected all pixels of object {label} to be {rest}")
    {
        File = place,
        Remedy = "correct the class or the object mask, or set of: classes",
    });
}
