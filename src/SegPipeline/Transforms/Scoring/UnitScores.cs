using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Scoring;

/// <summary>What is measured on one pair of truth and prediction: frame by frame, then as a whole.</summary>
internal sealed class UnitScores(Evaluate stage)
{
    private PixelOverlap _overlap;
    private PixelOverlap _boundary;
    private readonly MeanOf _mba = new();

    /// <summary>Adds a frame.</summary>
    /// <param name="truth">The truth; null when it has no mask.</param>
    /// <param name="prediction">The prediction; null when it has no mask.</param>
    /// <param name="voidPixels">Pixels that count for nothing; null for none.</param>
    public void Add(Mask? truth, Mask? prediction, Mask? voidPixels)
    {
        if ((truth ?? prediction) is not { } any) return;
        truth = Without(truth ?? Mask.Empty(any.HeightPx, any.WidthPx), voidPixels);
        prediction = Without(prediction ?? Mask.Empty(any.HeightPx, any.WidthPx), voidPixels);
        if (stage.Metrics.Contains(Metric.Iou)) _overlap += PixelOverlap.Of(truth, prediction);
        if (stage.Metrics.Contains(Metric.BoundaryIou)) _boundary += BoundaryOf(truth, prediction, voidPixels);
        if (stage.Metrics.Contains(Metric.Mba))
            _mba.Add((voidPixels is null
                ? BoundaryAccuracy.Measure(truth, prediction)
                : BoundaryAccuracy.Measure(truth, prediction, voidPixels)).Mean);
    }

    /// <summary>The figures, in the order in which the stage names them.</summary>
    public IEnumerable<Measure> ToMeasures() =>
        stage.Metrics.Distinct().Where(metric => metric != Metric.LabelMba).Select(ToMeasure);

    /// <summary>A mask without the pixels that count for nothing.</summary>
    public static Mask Without(Mask mask, Mask? voidPixels) =>
        voidPixels is null ? mask : MaskSets.Difference(mask, voidPixels);

    private Measure ToMeasure(Metric metric) => metric switch
    {
        Metric.Iou => Measure.Of("iou", new CountRatio(_overlap.IntersectionPx, _overlap.UnionPx)),
        Metric.BoundaryIou => Measure.Of("boundary_iou", new CountRatio(_boundary.IntersectionPx, _boundary.UnionPx)),
        _ => new Measure("mba", _mba.Value),
    };

    private PixelOverlap BoundaryOf(Mask truth, Mask prediction, Mask? voidPixels)
    {
        if (voidPixels is null) return BoundaryIou.Measure(truth, prediction, stage.DilationRatio);
        int distancePx = BoundaryIou.DistancePx(truth.HeightPx, truth.WidthPx, stage.DilationRatio);
        return PixelOverlap.Of(
            Without(BoundaryIou.Boundary(truth, distancePx), voidPixels),
            Without(BoundaryIou.Boundary(prediction, distancePx), voidPixels));
    }
}

/// <summary>A mean over the frames that have a value.</summary>
internal sealed class MeanOf
{
    private double _sum;
    private int _count;

    /// <summary>The mean; null when nothing has a value.</summary>
    public double? Value => _count == 0 ? null : _sum / _count;

    /// <summary>Adds a frame; one without a value does not count.</summary>
    public void Add(double? value)
    {
        if (value is not { } known) return;
        _sum += known;
        _count++;
    }
}
