using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Masks.Metrics;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Scoring;

/// <summary>What is measured on one sample.</summary>
internal sealed class SampleScores
{
    // eval_post.py compares the sum of grey values with 32 * 32 before they are made 0 and 1: four times 255 is less.
    private const long SmallCoarsePx = 32 * 32 / 255;

    private readonly Evaluate _stage;
    private readonly StageOutput _output;
    private readonly Sample _sample;
    private readonly MaskGroups _truth;
    private readonly MaskGroups _prediction;
    private readonly Mask?[] _void;

    /// <summary>Gets the masks together.</summary>
    /// <exception cref="BadDataException">A shape is malformed.</exception>
    public SampleScores(Evaluate stage, Sample truth, Sample prediction, Sample? coarse, StageOutput output)
    {
        _stage = stage;
        _output = output;
        _sample = truth;
        _truth = new MaskGroups(stage.Per, truth);
        _prediction = new MaskGroups(stage.Per, ToJudge(prediction, coarse));
        _void = [.. truth.Frames.Select((_, f) => VoidIn(f))];
    }

    /// <summary>Measures everything the stage asks for.</summary>
    public ImmutableArray<Measure> ToMeasures()
    {
        RecordId[] ids = _stage.Per == EvaluatePer.Sample
            ? [default]
            : [.. _truth.Ids.Union(_prediction.Ids).OrderBy(id => id)];
        var measures = ImmutableArray.CreateBuilder<Measure>();
        foreach (RecordId id in ids) measures.AddRange(Measured(id));
        if (_stage.Metrics.Contains(Metric.LabelMba)) measures.Add(LabelMba(ids));
        _output.Count(Tally.Note, "truth without a contour", measures.Count(m => m is { Ratio: null, Value: null }));
        return measures.ToImmutable();
    }

    private IEnumerable<Measure> Measured(RecordId id)
    {
        var scores = new UnitScores(_stage);
        for (int f = 0; f < _void.Length; f++) scores.Add(_truth.In(f, id), _prediction.In(f, id), _void[f]);
        RecordId? category = _truth.CategoryOf(id) ?? _prediction.CategoryOf(id);
        return scores.ToMeasures().Select(measure => measure with
        {
            CategoryId = _stage.Per == EvaluatePer.Sample ? null : category,
            ObjectId = _stage.Per == EvaluatePer.ObjectId ? id : null,
        });
    }

    private Sample ToJudge(Sample prediction, Sample? coarse)
    {
        if (_stage.Quirks != EvaluationQuirks.Cascadepsp) return prediction;
        if (coarse is null)
            throw new BadDataException(new Problem("NO_COARSE", $"'{_sample.Key}' has no coarse segmentation")
            { Remedy = "give all three inputs the same names" });
        var groups = new MaskGroups(EvaluatePer.Sample, coarse);
        if (coarse.Frames.Select((_, f) => groups.AllIn(f)?.AreaPx ?? 0).Sum() > SmallCoarsePx) return prediction;
        _output.Count(Tally.Note, "judged by the coarse segmentation", 1);
        return coarse;
    }

    private Mask? VoidIn(int frame)
    {
        Mask? marked = _sample.VoidIn(frame);
        if (_stage.Unlabelled == Unlabelled.Background) return marked;
        if ((_truth.AllIn(frame) ?? EmptyIn(frame)) is not { } labelled) return marked;
        Mask unlabelled = MaskSets.Complement(labelled);
        return marked is null ? unlabelled : MaskSets.Union(unlabelled, marked);
    }

    private Mask? EmptyIn(int frame)
    {
        if (_sample.Frames[frame] is { WidthPx: > 0, HeightPx: > 0 } picture)
            return Mask.Empty(picture.HeightPx, picture.WidthPx);
        return _prediction.AllIn(frame) is { } any ? Mask.Empty(any.HeightPx, any.WidthPx) : null;
    }

    private Measure LabelMba(RecordId[] ids)
    {
        var mean = new MeanOf();
        for (int f = 0; f < _void.Length; f++)
        {
            if ((_truth.AllIn(f) ?? EmptyIn(f)) is not { } any) continue;
            mean.Add(BoundaryAccuracy.MeasureLabels(
                any.HeightPx, any.WidthPx, Labels(_truth, ids, f), Labels(_prediction, ids, f)).Mean);
        }
        return new Measure("label_mba", mean.Value);
    }

    private Dictionary<uint, Mask> Labels(MaskGroups groups, RecordId[] ids, int frame)
    {
        var labels = new Dictionary<uint, Mask>();
        for (int i = 0; i < ids.Length; i++)
            if (groups.In(frame, ids[i]) is { } mask)
                labels.Add((uint)i + 1, UnitScores.Without(mask, _void[frame]));
        if (labels.Count > 1 && labels.Values.Sum(m => m.AreaPx) > MaskSets.Union([.. labels.Values]).AreaPx)
            throw new BadDataException(new Problem("LABELS_OVERLAP",
                $"label_mba is of label images, but two categories share pixels in '{_sample.Frames[frame].Name}'")
            { Remedy = "put flatten before it, or measure mba" });
        return labels;
    }
}
