using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>Who keeps a pixel that void and an object cover.</summary>
public enum VoidRule
{
    /// <summary>The object; the pixel is no longer void.</summary>
    Loses,

    /// <summary>Void; the object loses the pixel.</summary>
    Wins,
}

/// <summary>What becomes of crowds, which cover what is not told apart, and often single objects too.</summary>
public enum CrowdRule
{
    /// <summary>They lie below all other objects, whatever the order.</summary>
    Below,

    /// <summary>They are objects like others.</summary>
    Alike,

    /// <summary>They are dropped, and counted as such.</summary>
    Drop,
}

/// <summary>
/// Lets objects overlap no longer: every pixel of a frame belongs to at most one of them, as a label image needs it. An
/// object that loses pixels gets new run lengths, areas and boxes; one that loses all of them is dropped (in a video:
/// absent from the frame). All others stay as they are, polygons included.
/// </summary>
/// <example>flat: { flatten: { order: smallest_on_top, void: wins, lost_member: pixels_lost } }</example>
/// <remarks>
/// Counted: pixels lost, objects that lost some, and those that lost all. Objects without a mask are not touched.
/// </remarks>
[Stage("flatten")]
public sealed record Flatten : Transform
{
    /// <summary>Which of two objects keeps a pixel that both cover.</summary>
    public OverlapOrder Order { get; init; }

    /// <summary>Who keeps a pixel that void and an object cover.</summary>
    public VoidRule Void { get; init; }

    /// <summary>What becomes of crowds.</summary>
    public CrowdRule Crowds { get; init; }

    /// <summary>Name of a member that tells of an object how many pixels it lost, in all frames together; none without
    /// it.</summary>
    public string? LostMember { get; init; }

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (LostMember is { } name && string.IsNullOrWhiteSpace(name)) yield return "'lost_member' must be a name";
    }

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
        (sample, output) => MaskFaults.Told(sample, () => Apply(sample, output));

    private bool Apply(Sample sample, StageOutput output)
    {
        Instance[] objects = [.. sample.Instances.Where(i => Crowds != CrowdRule.Drop || i.IsCrowd != true)];
        output.Count(Tally.InstancesDropped, "crowd", sample.Instances.Length - objects.Length);
        Mask?[][] before = [.. objects.Select(instance => instance.MasksIn(sample))];
        Mask?[][] masks = [.. before.Select(ofObject => ofObject.ToArray())];
        var lostPx = new long[objects.Length];
        var frames = sample.Frames.ToBuilder();
        var stack = new ObjectStack(Order, Crowds == CrowdRule.Below);
        for (int f = 0; f < frames.Count; f++)
        {
            if (sample.VoidIn(f) is { } voidMask) frames[f] = Part(frames[f], voidMask, masks, f, lostPx);
            stack.Part(sample, objects, masks, f, lostPx);
        }
        var flat = ImmutableArray.CreateBuilder<Instance>(objects.Length);
        for (int i = 0; i < objects.Length; i++)
            if (lostPx[i] == 0) flat.Add(objects[i]);
            else if (Flattened(objects[i], before[i], masks[i], lostPx[i]) is { } result) flat.Add(result);
        output.Count(Tally.Note, "pixels lost", lostPx.Sum());
        output.Count(Tally.Note, "objects that lost pixels", lostPx.Count(lost => lost > 0));
        output.Count(Tally.InstancesDropped, "lost all pixels", objects.Length - flat.Count);
        bool isVoidChanged = !frames.SequenceEqual(sample.Frames);
        output.Emit(sample with
        {
            Instances = flat.DrainToImmutable(),
            Frames = frames.ToImmutable(),
            RecordChanged = sample.RecordChanged || isVoidChanged,
        });
        return true;
    }

    private Frame Part(Frame frame, Mask voidMask, Mask?[][] masks, int f, long[] lostPx)
    {
        for (int i = 0; i < masks.Length; i++)
        {
            if (f >= masks[i].Length || masks[i][f] is not { IsEmpty: false } mask) continue;
            Mask outside = Void == VoidRule.Wins
                ? MaskSets.Difference(mask, voidMask)
                : MaskSets.Difference(voidMask, mask);
            if (Void == VoidRule.Loses) voidMask = outside;
            else if (mask.AreaPx - outside.AreaPx is > 0 and var lost)
                (masks[i][f], lostPx[i]) = (outside, lostPx[i] + lost);
        }
        if (Void == VoidRule.Wins || frame.Void!.ToMask(voidMask.HeightPx, voidMask.WidthPx)!.Equals(voidMask))
            return frame;
        return frame with { Void = voidMask.IsEmpty ? null : new MaskSegmentation(voidMask, FormOf(frame.Void)) };
    }

    private Instance? Flattened(Instance instance, Mask?[] before, Mask?[] masks, long lostPx)
    {
        if (!masks.Any(mask => mask is { IsEmpty: false })) return null;
        var shapes = instance.Segmentations.ToBuilder();
        for (int f = 0; f < masks.Length; f++)
        {
            if (masks[f] is not { } mask || ReferenceEquals(mask, before[f])) continue;
            if (mask.IsEmpty) (masks[f], shapes[f]) = (null, Segmentation.Null);
            else shapes[f] = new MaskSegmentation(mask, FormOf(shapes[f]));
        }
        Instance flat = MaskMeasures.Apply(instance with { Segmentations = shapes.ToImmutable() }, masks);
        return LostMember is null ? flat : flat with
        {
            ExtraMembers = flat.ExtraMembers.SetItem(LostMember, lostPx.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static SegmentationForm FormOf(Segmentation shape) =>
        shape is MaskSegmentation ? shape.Form : SegmentationForm.CompressedCounts;
}
