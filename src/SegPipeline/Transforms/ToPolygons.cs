using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What becomes of the holes of a mask, which the polygons of COCO cannot have.</summary>
public enum Holes
{
    /// <summary>Each is cut open by a slit of no width, so that the polygon fills to the same pixels.</summary>
    Cut,

    /// <summary>They are filled; the pixels gained are counted.</summary>
    Fill,

    /// <summary>A mask with holes stays as run lengths.</summary>
    Keep,
}

/// <summary>What becomes of crowds.</summary>
public enum CrowdShapes
{
    /// <summary>They stay as run lengths, as COCO has them.</summary>
    Keep,

    /// <summary>They become polygons like everything else.</summary>
    Convert,
}

/// <summary>
/// Writes masks as polygons along the edges of their pixels, one part for each connected piece. Without tolerance they
/// fill to the very same pixels; with it they have fewer corners, and the pixels gained and lost are counted. Shapes
/// that are polygons stay as they are, so does <c>iscrowd</c>.
/// </summary>
/// <example>outlines: { to_polygons: { tolerance: 1, holes: cut } }</example>
/// <remarks>See <see cref="SegPipeline.Masks.Contours.MaskContours"/>. A mask that would vanish keeps its exact
/// outline.</remarks>
[Stage("to_polygons")]
public sealed record ToPolygons : Transform
{
    /// <summary>How far, in pixels, a corner that is left out may lie from the line that replaces it.</summary>
    [Range(0.0, 1000.0)]
    public double Tolerance { get; init; }

    /// <summary>What becomes of holes.</summary>
    public Holes Holes { get; init; }

    /// <summary>What becomes of crowds.</summary>
    public CrowdShapes Crowds { get; init; }

    /// <summary>What becomes of areas and boxes of instances whose shape is rewritten.</summary>
    public Measures Measures { get; init; }

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        var tracer = new MaskTracer(Tolerance, Holes);
        return (sample, output) => output.Emit(sample with
        {
            Instances = [.. sample.Instances.Select(i => Convert(i, sample, tracer, output))],
        });
    }

    private Instance Convert(Instance instance, Sample sample, MaskTracer tracer, StageOutput output)
    {
        ImmutableArray<Segmentation> shapes = instance.ShapesIn(sample);
        string? untouched = instance.IsCrowd == true && Crowds == CrowdShapes.Keep ? "crowd, kept"
            : !shapes.Any(shape => shape.HasMask) ? "without a mask"
            : shapes.All(shape => !shape.HasMask || shape.Form == SegmentationForm.Polygons) ? "already polygons"
            : null;
        output.Count(Tally.Note, untouched ?? "traced", 1);
        if (untouched is not null) return instance;

        var masks = new Mask?[shapes.Length];
        var traced = new Segmentation[shapes.Length];
        for (int frame = 0; frame < traced.Length; frame++)
        {
            Segmentation shape = shapes[frame];
            masks[frame] = instance.MaskOf(shape, sample, frame);
            traced[frame] = masks[frame] is { } mask && shape.Form != SegmentationForm.Polygons
                ? tracer.Trace(mask, shape, sample.Kind, output)
                : shape;
            if (Measures == Measures.Recompute)
                masks[frame] = traced[frame].ToMask(sample.Frames[frame].HeightPx, sample.Frames[frame].WidthPx);
        }
        Instance result = instance with { Segmentations = [.. traced] };
        return Measures == Measures.Keep ? result : MaskMeasures.Apply(result, masks);
    }
}
