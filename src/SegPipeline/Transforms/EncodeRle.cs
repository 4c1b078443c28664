using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>How run lengths are written.</summary>
public enum RunLengthForm
{
    /// <summary>As a COCO string.</summary>
    Compressed,

    /// <summary>As a list of counts.</summary>
    Counts,
}

/// <summary>What becomes of the areas and boxes that stand beside a mask.</summary>
public enum Measures
{
    /// <summary>They stay as the source wrote them.</summary>
    Keep,

    /// <summary>They are measured anew on the mask: its pixels, and the smallest box around them.</summary>
    Recompute,
}

/// <summary>
/// Writes shapes as COCO run lengths: polygons are filled as pycocotools does, the regions of label images cut out.
/// <c>iscrowd</c> stays as it is, whatever the form. Instances without a shape stay as they are, and are counted.
/// </summary>
/// <example>encoded: { encode_rle: { form: compressed } }</example>
[Stage("encode_rle")]
public sealed record EncodeRle : Transform
{
    /// <summary>How the run lengths are written.</summary>
    public RunLengthForm Form { get; init; }

    /// <summary>What becomes of areas and boxes of instances with a mask.</summary>
    public Measures Measures { get; init; }

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        SegmentationForm form = Form == RunLengthForm.Counts
            ? SegmentationForm.Counts
            : SegmentationForm.CompressedCounts;
        return (sample, output) =>
        {
            var encoded = ImmutableArray.CreateBuilder<Instance>(sample.Instances.Length);
            foreach (Instance instance in sample.Instances) encoded.Add(Encode(instance, sample, form, output));
            output.Emit(sample with { Instances = encoded.MoveToImmutable() });
        };
    }

    private Instance Encode(Instance instance, Sample sample, SegmentationForm form, StageOutput output)
    {
        ImmutableArray<Segmentation> shapes = instance.ShapesIn(sample);
        if (!shapes.Any(shape => shape.HasMask))
        {
            output.Count(Tally.Note, "without a mask", 1);
            return instance;
        }
        bool isAsAsked = shapes.All(shape => !shape.HasMask || shape.Form == form);
        output.Count(Tally.Note, isAsAsked ? "already in the form" : "encoded", 1);
        if (isAsAsked && Measures == Measures.Keep) return instance;

        Mask?[] masks = [.. shapes.Select((shape, frame) => instance.MaskOf(shape, sample, frame))];
        Instance result = isAsAsked ? instance : instance with
        {
            Segmentations = [.. shapes.Select((shape, frame) => masks[frame] is { } mask && shape.Form != form
                ? new MaskSegmentation(mask, form)
                : shape)],
        };
        return Measures == Measures.Keep ? result : MaskMeasures.Apply(result, masks);
    }
}
