using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Masks.Metrics;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Scoring;

namespace SegPipeline.Transforms;

/// <summary>A measure of how well a prediction fits.</summary>
public enum Metric
{
    /// <summary>Pixels of the intersection over pixels of the union; of a video, over all its frames.</summary>
    Iou,

    /// <summary>Mean boundary accuracy of a mask: how many pixels close to its contour are right.</summary>
    Mba,

    /// <summary>Intersection over union of what lies close to the contours.</summary>
    BoundaryIou,

    /// <summary>Mean boundary accuracy of all categories of a label image together.</summary>
    LabelMba,
}

/// <summary>What is compared with what.</summary>
public enum EvaluatePer
{
    /// <summary>All objects of the truth together with all of the prediction.</summary>
    Sample,

    /// <summary>All objects of a category; the truth must have every category of the prediction, by id and
    /// name.</summary>
    Category,

    /// <summary>Objects of the same number, <c>object_id</c>.</summary>
    ObjectId,
}

/// <summary>What pixels are that no object of the truth has.</summary>
public enum Unlabelled
{
    /// <summary>Background: what is predicted there is wrong.</summary>
    Background,

    /// <summary>Void: what is predicted there counts for nothing, as in ADE20K.</summary>
    Void,
}

/// <summary>What to do about a sample of the truth that has no prediction.</summary>
public enum MissingPrediction
{
    /// <summary>Take it for bad.</summary>
    Fail,

    /// <summary>Take it for a prediction of nothing.</summary>
    Empty,

    /// <summary>Drop the sample.</summary>
    Skip,
}

/// <summary>A published evaluation whose peculiarities are to be followed.</summary>
public enum EvaluationQuirks
{
    /// <summary>None.</summary>
    None,

    /// <summary>
    /// CascadePSP's eval_post.py: where the coarse segmentation, a third input, has no more than 4 pixels, it counts as
    /// the prediction.
    /// </summary>
    Cascadepsp,
}

/// <summary>
/// Measures predictions, the second input, against the truth, the first. The sample of the truth goes on with what was
/// measured; <c>write.scores</c> makes the figures of the whole dataset of it. Void pixels of the truth count for
/// nothing. Crowds are objects like others. A third input, the coarse segmentation, is looked at only for
/// <c>quirks: cascadepsp</c>.
/// </summary>
/// <example>
/// scored: { from: [gt, refined], evaluate: { metrics: [iou, mba] } }
/// </example>
/// <remarks>
/// As in CascadePSP (Cheng, Chung, Tai, Tang, CVPR 2020): the IoU of a dataset is the sum of intersections over the sum
/// of unions, its mBA the mean over images. A truth without a contour has no mBA (the original gives NaN) and is
/// counted; of a video the mean over its frames is taken. For scores as in eval_post_ade.py take <c>per: category</c>,
/// <c>unlabelled: void</c> and the metrics iou and label_mba.
/// </remarks>
[Stage("evaluate")]
public sealed record Evaluate : Join
{
    /// <summary>What is measured: one of iou, mba, boundary_iou and label_mba, or a list.</summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [Metric.Iou];

    /// <summary>What is compared with what.</summary>
    public EvaluatePer Per { get; init; }

    /// <summary>What pixels are that no object of the truth has.</summary>
    public Unlabelled Unlabelled { get; init; }

    /// <summary>What to do about a sample without a prediction.</summary>
    public MissingPrediction Missing { get; init; }

    /// <summary>Of boundary_iou: how far from the contour, as a share of the picture's diagonal.</summary>
    [Range(0.0001, 0.1)]
    public double DilationRatio { get; init; } = BoundaryIou.DefaultDilationRatio;

    /// <summary>A published evaluation whose peculiarities are followed.</summary>
    public EvaluationQuirks Quirks { get; init; }

    /// <inheritdoc/>
    public override (int Fewest, int Most) Inputs => (Quirks == EvaluationQuirks.Cascadepsp ? 3 : 2, 3);

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Metrics.IsEmpty) yield return "'metrics' must name at least one measure";
        if (!Metrics.Contains(Metric.LabelMba)) yield break;
        if (Per != EvaluatePer.Category) yield return "label_mba needs 'per: category'";
        if (Unlabelled != Unlabelled.Void) yield return "label_mba needs 'unlabelled: void'";
    }

    /// <inheritdoc/>
    public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs)
    {
        foreach (DatasetInfo prediction in inputs.Skip(1))
            if (Per == EvaluatePer.Category)
                SameTaxonomy.Check(inputs[0], prediction, "the true labels", "the predictions");
            else
                SameTaxonomy.CheckKind(inputs[0], prediction, "the true labels", "the predictions");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context) => (samples, output) =>
    {
        Sample truth = samples[0]!;
        if ((samples[1] ?? Predicted(truth, output)) is not { } prediction) return;
        Sample? coarse = samples.Count > 2 ? samples[2] : null;
        foreach (Sample? other in samples.Skip(1))
        {
            if (other is null) continue;
            FrameSizes.CheckSame(truth, other);
            output.Count(Tally.InstancesDropped, "compared", other.Instances.Length);
        }
        output.Emit(truth with
        {
            Measures = MaskFaults.Told(truth, () =>
                truth.Measures.AddRange(new SampleScores(this, truth, prediction, coarse, output).ToMeasures())),
        });
    };

    private Sample? Predicted(Sample truth, StageOutput output)
    {
        if (Missing == MissingPrediction.Fail)
            throw new BadDataException(new Problem("NO_PREDICTION", $"there is no prediction of '{truth.Key}'")
            { Remedy = "give both inputs the same names, or set missing: empty or skip" });
        if (Missing == MissingPrediction.Empty)
        {
            output.Count(Tally.Note, "without a prediction", 1);
            return truth with { Instances = [] };
        }
        output.DropSample("no prediction");
        return null;
    }
}
