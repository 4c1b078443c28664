using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Comparison;

/// <summary>How the shapes of an instance differ.</summary>
/// <param name="IsMask">True when pixels do; else only the way in which they are written.</param>
/// <param name="Detail">In words.</param>
internal sealed record ShapeDifference(bool IsMask, string Detail);

/// <summary>Compares shapes: first as they are written, then by their pixels.</summary>
internal static class ShapeComparison
{
    /// <summary>Compares the shapes of an instance in all frames.</summary>
    /// <param name="before">The sample that <paramref name="first"/> is of.</param>
    /// <param name="first">The instance in the first dataset.</param>
    /// <param name="after">The sample that <paramref name="second"/> is of.</param>
    /// <param name="second">The instance in the second dataset.</param>
    /// <returns>The difference; null when they are written alike.</returns>
    public static ShapeDifference? Compare(Sample before, Instance first, Sample after, Instance second)
    {
        ImmutableArray<Segmentation> olds = Shapes(first), news = Shapes(second);
        int changed = 0, rewritten = 0;
        long pixels = 0;
        string forms = "";
        for (int i = 0; i < Math.Max(olds.Length, news.Length); i++)
        {
            Segmentation old = At(olds, i), now = At(news, i);
            if (AreWrittenAlike(old, now)) continue;
            long? differ = DifferingPixels(old, MaskOf(old, before, i), now, MaskOf(now, after, i));
            if (differ == 0)
            {
                rewritten++;
                forms = old.Form == now.Form ? $"{now.Form} in other words" : $"{old.Form} -> {now.Form}";
                continue;
            }
            changed++;
            pixels += differ ?? 0;
        }
        if (changed > 0)
        {
            string frames = olds.Length > 1 || news.Length > 1 ? " in " + Counted.Of(changed, "frame") : "";
            string what = pixels > 0 ? Counted.Of(pixels, "pixel differs", "pixels differ") : "the shapes differ";
            return new ShapeDifference(IsMask: true, what + frames);
        }
        return rewritten > 0 ? new ShapeDifference(IsMask: false, $"segmentation: {forms}, the same pixels") : null;
    }

    /// <summary>Whether two shapes are written in the same form with the same numbers.</summary>
    public static bool AreWrittenAlike(Segmentation first, Segmentation second) => (first, second) switch
    {
        (PolygonSegmentation a, PolygonSegmentation b) => a.Parts.Length == b.Parts.Length &&
            a.Parts.Zip(b.Parts).All(parts => parts.First.AsSpan().SequenceEqual(parts.Second.AsSpan())),
        (MaskSegmentation a, MaskSegmentation b) => a.WrittenAs == b.WrittenAs && a.Mask.Equals(b.Mask),
        _ => first.Equals(second),
    };

    private static ImmutableArray<Segmentation> Shapes(Instance instance) =>
        instance.Segmentations.IsDefault ? [] : instance.Segmentations;

    private static Segmentation At(ImmutableArray<Segmentation> shapes, int frame) =>
        frame < shapes.Length ? shapes[frame] : Segmentation.Missing;

    private static Mask? MaskOf(Segmentation shape, Sample sample, int frame)
    {
        if (shape is MaskSegmentation { Mask: var mask }) return mask;
        Frame? of = frame < sample.Frames.Length ? sample.Frames[frame] : null;
        return of is { WidthPx: > 0, HeightPx: > 0 } ? shape.ToMask(of.HeightPx, of.WidthPx) : null;
    }

    // Null where it cannot be told: a polygon of a picture of unknown size, masks of two sizes.
    private static long? DifferingPixels(Segmentation old, Mask? first, Segmentation now, Mask? second)
    {
        if ((old.HasMask && first is null) || (now.HasMask && second is null)) return null;
        if (first is null || second is null) return (first ?? second)?.AreaPx ?? 0;
        return first.HeightPx == second.HeightPx && first.WidthPx == second.WidthPx
            ? MaskSets.SymmetricDifference(first, second).AreaPx
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
