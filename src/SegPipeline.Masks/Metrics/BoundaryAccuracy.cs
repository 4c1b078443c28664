using System.Collections.Immutable;
using System.Numerics;
using SegPipeline.Masks.Morphology;

namespace SegPipeline.Masks.Metrics;

/// <summary>Accuracy within one band around the contours of a truth.</summary>
/// <param name="RadiusPx">Radius of the ellipse that makes the band.</param>
/// <param name="BoundaryPx">Pixels of the band that count.</param>
/// <param name="CorrectPx">Those of them at which prediction and truth are the same.</param>
public readonly record struct BoundaryBand(int RadiusPx, long BoundaryPx, long CorrectPx)
{
    /// <summary>The share that is correct, 0 to 1; null when there is no boundary.</summary>
    public double? Accuracy => BoundaryPx == 0 ? null : (double)CorrectPx / BoundaryPx;
}

/// <summary>Mean boundary accuracy (mBA): how many pixels close to the contours of a truth are right.</summary>
/// <remarks>
/// Cheng, Chung, Tai, Tang, "CascadePSP", CVPR 2020, as in its code (hkchengrex/CascadePSP,
/// util/compute_boundary_acc.py): five bands, the morphological gradients of the truth under OpenCV's ellipses of
/// growing radius; in each the share of pixels with the same label; the mean of the five.
/// </remarks>
/// <param name="Bands">The five bands, from narrow to wide.</param>
public sealed record BoundaryAccuracy(ImmutableArray<BoundaryBand> Bands)
{
    private const int BandCount = 5;

    /// <summary>Mean of the accuracies, 0 to 1; null when the truth has no contour (the original gives NaN).</summary>
    public double? Mean => Bands.Any(band => band.BoundaryPx == 0) ? null : Bands.Sum(b => b.Accuracy) / Bands.Length;

    /// <summary>The radii for a size of picture: 1 and then up to four fifths of the way to (w + h) / 300.</summary>
    public static ImmutableArray<int> RadiiPx(int heightPx, int widthPx)
    {
        double largest = ((double)heightPx + widthPx) / 300;
        return [.. Enumerable.Range(0, BandCount).Select(i => 1 + (int)((largest - 1) / BandCount * i))];
    }

    /// <summary>The accuracy of one mask.</summary>
    /// <param name="truth">The mask whose contours count.</param>
    /// <param name="prediction">A mask of the same size.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static BoundaryAccuracy Measure(Mask truth, Mask prediction)
    {
        Mask wrong = MaskSets.SymmetricDifference(truth, prediction);
        return ForEachRadius(truth.HeightPx, truth.WidthPx, kernel => Count(truth, wrong, kernel));
    }

    /// <summary>The accuracy of one mask where some pixels count for nothing: neither as boundary nor as
    /// right.</summary>
    /// <param name="truth">The mask whose contours count; its void pixels are background.</param>
    /// <param name="prediction">A mask of the same size.</param>
    /// <param name="voidPixels">The pixels that do not count, of the same size.</param>
    /// <exception cref="MaskFormatException">The sizes differ (MASK_SIZE).</exception>
    public static BoundaryAccuracy Measure(Mask truth, Mask prediction, Mask voidPixels)
    {
        if (voidPixels.IsEmpty) return Measure(truth, prediction);
        Mask counted = MaskSets.Difference(truth, voidPixels);
        Mask wrong = MaskSets.SymmetricDifference(counted, MaskSets.Difference(prediction, voidPixels));
        return ForEachRadius(truth.HeightPx, truth.WidthPx, kernel =>
        {
            Mask band = MaskSets.Difference(MaskMorphology.Gradient(counted, kernel), voidPixels);
            long boundaryPx = band.AreaPx;
            return (boundaryPx, boundaryPx - MaskOverlap.IntersectionPx(band, wrong));
        });
    }

    /// <summary>The accuracy of a label image, given as one mask for each label.</summary>
    /// <remarks>
    /// The band is the union of the gradients of all labels of the truth but void. Void pixels of the truth do not
    /// count, but as in the original a prediction of another label there counts as one error each; predict void where
    /// the truth is void, as the original's evaluation does, and nothing is counted there.
    /// </remarks>
    /// <param name="heightPx">Height of all masks.</param>
    /// <param name="widthPx">Width of all masks.</param>
    /// <param name="truth">The masks of the truth, which share no pixel; a pixel of none is void.</param>
    /// <param name="prediction">The masks of the prediction, likewise.</param>
    /// <param name="voidLabel">The label that counts for nothing; it need not be among the masks.</param>
    /// <exception cref="MaskFormatException">A mask has another size (MASK_SIZE).</exception>
    public static BoundaryAccuracy MeasureLabels(
        int heightPx, int widthPx, IReadOnlyDictionary<uint, Mask> truth, IReadOnlyDictionary<uint, Mask> prediction,
        uint voidLabel = 0)
    {
        Mask none = Mask.Empty(heightPx, widthPx);
        Mask[] classes = [.. truth.Where(p => p.Key != voidLabel).Select(p => p.Value)];
        Mask anyTruth = MaskSets.Union([none, .. classes]);
        Mask anyPrediction = MaskSets.Union([none, .. prediction.Where(p => p.Key != voidLabel).Select(p => p.Value)]);
        Mask correct = MaskSets.Union([none, .. truth
            .Where(p => p.Key != voidLabel && prediction.ContainsKey(p.Key))
            .Select(p => MaskSets.Intersect(p.Value, prediction[p.Key]))]);
        Mask wrongInVoid = MaskSets.Difference(anyPrediction, anyTruth);
        return ForEachRadius(heightPx, widthPx, kernel =>
        {
            Mask band = MaskSets.Union([none, .. classes.Select(mask => MaskMorphology.Gradient(mask, kernel))]);
            long correctPx = MaskOverlap.IntersectionPx(band, correct);
            return (MaskOverlap.IntersectionPx(band, anyTruth),
                correctPx - MaskOverlap.IntersectionPx(band, wrongInVoid));
        });
    }

    private static BoundaryAccuracy ForEachRadius(
        int heightPx, int widthPx, Func<Kernel, (long BoundaryPx, long CorrectPx)> count)
    {
        var bands = new Dictionary<int, BoundaryBand>();
        ImmutableArray<int> radii = RadiiPx(heightPx, widthPx);
        foreach (int radius in radii.Distinct())
        {
            (long boundaryPx, long correctPx) = count(Kernel.Ellipse(2 * radius + 1, 2 * radius + 1));
            bands.Add(radius, new BoundaryBand(radius, boundaryPx, correctPx));
        }
        return new BoundaryAccuracy([.. radii.Select(radius => bands[radius])]);
    }

    /// <summary>Counts the band and what is right in it, column by column, without making a mask of it.</summary>
    private static (long BoundaryPx, long CorrectPx) Count(Mask truth, Mask wrong, Kernel kernel)
    {
        ColumnScan scan = MaskMorphology.Scan(truth, kernel, Sides.Foreground | Sides.Background);
        var reader = new ColumnReader(wrong, scan.Window.Top, scan.Window.HeightPx);
        ulong[] errors = new ulong[BitRows.WordsFor(scan.Window.HeightPx)];
        long boundaryPx = 0, wrongPx = 0;
        for (int x = scan.Window.Left; x < scan.Window.Right; x++)
        {
            Span<ulong> band = scan.Column(x);
            boundaryPx += BitRows.Count(band);
            if (!reader.Read(x, errors)) continue;
            BitRows.And(band, errors);
            wrongPx += BitRows.Count(band);
            errors.AsSpan().Clear();
        }
        return (boundaryPx, boundaryPx - wrongPx);
    }
}
