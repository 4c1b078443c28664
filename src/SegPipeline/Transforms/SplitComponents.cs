using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Masks.Morphology;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Makes every connected part of an instance's mask an instance of its own. An instance of one part stays as it is.
/// Parts have the category and all other members of the instance, a mask, area and box of their own, no id (whoever
/// writes ids numbers them), the member <c>part_of</c> with the instance's id or number, and, where the instance has an
/// <c>object_id</c>, one of their own behind the largest of the image; the first part keeps it.
/// </summary>
/// <example>parts: { split_components: { min_area: 16, connectivity: 8 } }</example>
/// <remarks>
/// Parts are in the order of their first pixel, column by column from the left. To split label images as the input of
/// CascadePSP's refinement, see <c>ade_split</c>.
/// </remarks>
[Stage("split_components")]
public sealed record SplitComponents : Transform
{
    /// <summary>Fewest pixels of a part; smaller ones are dropped, and so is an instance that has no other.</summary>
    [Range(0, long.MaxValue)]
    public long MinArea { get; init; }

    /// <summary>4: pixels that share an edge are connected. 8: pixels that share a corner are, too.</summary>
    [Range(4, 8)]
    public int Connectivity { get; init; } = 8;

    /// <summary>Pixels by which the mask is widened, with a disk, to find out what is connected: so parts with a gap of
    /// up to twice as many stay together. Only pixels of the mask itself are in a part.</summary>
    [Range(0, 4000)]
    public int Dilate { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Connectivity is not (4 or 8)) yield return "'connectivity' must be 4 or 8";
    }

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context)
    {
        Kernel? disk = Dilate == 0 ? null : Kernel.Disk(2 * Dilate + 1);
        return (sample, output) =>
        {
            var instances = ImmutableArray.CreateBuilder<Instance>(sample.Instances.Length);
            var isFurther = new List<bool>();
            foreach (Instance instance in sample.Instances)
            {
                int before = instances.Count;
                instances.AddRange(Split(instance, sample, disk, output));
                for (int i = before; i < instances.Count; i++) isFurther.Add(i > before);
            }
            ObjectNumbers.KeepApart(instances, i => isFurther[i]);
            output.Emit(sample with { Instances = instances.DrainToImmutable() });
        };
    }

    private IEnumerable<Instance> Split(Instance instance, Sample sample, Kernel? disk, StageOutput output)
    {
        Segmentation shape = instance.ShapesIn(sample).FirstOrDefault() ?? Segmentation.Missing;
        if (instance.MaskOf(shape, sample, frame: 0) is not { } mask)
        {
            output.Count(Tally.Note, "without a mask", 1);
            return [instance];
        }
        IReadOnlyList<Mask> parts = PartsOf(mask, disk);
        Mask[] kept = [.. parts.Where(part => part.AreaPx >= MinArea)];
        output.Count(Tally.Note, "parts too small", parts.Count - kept.Length);
        output.Count(Tally.Note, "pixels lost", mask.AreaPx - kept.Sum(part => part.AreaPx));
        bool isWhole = parts.Count <= 1 && mask.AreaPx >= MinArea;
        if (isWhole) return [instance];
        if (kept.Length == 0) output.Count(Tally.InstancesDropped, "too small", 1);
        if (kept.Length > 1) output.Count(Tally.Note, "split", 1);
        output.Count(Tally.InstancesAdded, "part", Math.Max(0, kept.Length - 1));
        return kept.Select(part => Part(instance, shape.Form, part));
    }

    private IReadOnlyList<Mask> PartsOf(Mask mask, Kernel? disk)
    {
        var connectivity = (Connectivity)Connectivity;
        if (disk is null) return MaskComponents.Split(mask, connectivity);
        var joined = MaskComponents.Split(MaskMorphology.Dilate(mask, disk), connectivity);
        return [.. joined.Select(part => MaskSets.Intersect(part, mask).ToCanonical()).OrderBy(part => part.Counts[0])];
    }

    private static Instance Part(Instance instance, SegmentationForm form, Mask part)
    {
        bool holdsRuns = form is SegmentationForm.Counts or SegmentationForm.LabelRegion;
        Instance made = instance with
        {
            Id = null,
            Segmentations = [new MaskSegmentation(part, holdsRuns ? form : SegmentationForm.CompressedCounts)],
        };
        if (ObjectNumbers.NameOf(instance) is { } name)
            made = made with { ExtraMembers = instance.ExtraMembers.SetItem("part_of", name) };
        return MaskMeasures.Apply(made, [part]);
    }
}
