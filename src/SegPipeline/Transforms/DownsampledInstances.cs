using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>The instances of one sample that becomes smaller.</summary>
internal sealed class DownsampledInstances
{
    private readonly Downsample _stage;
    private readonly Sample _sample;
    private readonly ImmutableArray<FrameScale> _scales;
    private readonly StageOutput _output;
    private readonly ImmutableArray<Segmentation>[] _shapes;
    private readonly Mask?[][] _masks;
    private readonly Mask?[][] _reduced;

    /// <summary>Makes the masks of a sample smaller.</summary>
    /// <exception cref="BadDataException">A shape is malformed, or not of the size of its frame.</exception>
    public DownsampledInstances(
        Downsample stage, Sample sample, ImmutableArray<FrameScale> scales, StageOutput output)
    {
        (_stage, _sample, _scales, _output) = (stage, sample with { Frames = [.. scales.Select(s => s.Frame)] }, scales,
            output);
        _shapes = [.. sample.Instances.Select(instance => instance.ShapesIn(sample))];
        _masks = [.. scales.Select((_, frame) => MasksOf(frame))];
        var reducer = new MaskReducer(stage, output);
        _reduced = [.. scales.Select((scale, frame) => scale.IsWhole
            ? _masks[frame]
            : reducer.Reduce(_masks[frame], scale.HeightPx, scale.WidthPx))];
    }

    /// <summary>The void of a frame.</summary>
    public Segmentation? VoidOf(int frame) => _reduced[frame][^1] is { } mask
        ? new MaskSegmentation(mask, RunFormOf(_scales[frame].Frame.Void!))
        : _scales[frame].Frame.Void;

    /// <summary>The instances that are left.</summary>
    public ImmutableArray<Instance> Reduce()
    {
        var kept = ImmutableArray.CreateBuilder<Instance>(_sample.Instances.Length);
        for (int i = 0; i < _sample.Instances.Length; i++)
        {
            if (HasVanished(i))
            {
                bool isDropped = _stage.Vanished == Vanished.Drop;
                _output.Count(isDropped ? Tally.InstancesDropped : Tally.Note, "vanished", 1);
                if (isDropped) continue;
            }
            kept.Add(Reduce(_sample.Instances[i], i));
        }
        return kept.DrainToImmutable();
    }

    private Mask?[] MasksOf(int frame)
    {
        var masks = new Mask?[_shapes.Length + 1];
        for (int i = 0; i < _shapes.Length; i++)
            if (!_shapes[i].IsEmpty && !IsScaled(_shapes[i][frame]))
                masks[i] = _sample.Instances[i].MaskOf(_shapes[i][frame], _sample, frame);
        Frame picture = _scales[frame].Frame;
        masks[^1] = picture.Void?.ToMask(picture.HeightPx, picture.WidthPx);
        return masks;
    }

    private bool IsScaled(Segmentation shape) =>
        shape is PolygonSegmentation && _stage.Polygons == PolygonReduction.Scale;

    // Nothing is left of it, and something was.
    private bool HasVanished(int instance)
    {
        bool was = false;
        for (int frame = 0; frame < _scales.Length; frame++)
        {
            bool isPolygon = !_shapes[instance].IsEmpty && IsScaled(_shapes[instance][frame]);
            if (isPolygon || _reduced[frame][instance] is { IsEmpty: false }) return false;
            was |= HasVanished(instance, frame);
        }
        return was;
    }

    private bool HasVanished(int instance, int frame) =>
        _masks[frame][instance] is { IsEmpty: false } && _reduced[frame][instance]!.IsEmpty;

    private Instance Reduce(Instance instance, int number)
    {
        ImmutableArray<Segmentation> shapes = _shapes[number];
        ImmutableArray<double?> areasPx = instance.AreasPx;
        ImmutableArray<Box?> boxes = instance.Boxes;
        var newAreas = new double?[_scales.Length];
        var newBoxes = new Box?[_scales.Length];
        for (int frame = 0; frame < _scales.Length; frame++)
        {
            FrameScale scale = _scales[frame];
            Mask? mask = HasVanished(number, frame) ? null : _reduced[frame][number];
            bool isMeasured = mask is not null && !scale.IsWhole;
            newAreas[frame] = isMeasured ? mask!.AreaPx : At(areasPx, frame) * scale.X * scale.Y;
            newBoxes[frame] = isMeasured ? Box.Of(mask!) : Scaled(At(boxes, frame), scale);
        }
        if (!shapes.IsEmpty)
            instance = instance with
            {
                Segmentations = [.. shapes.Select((shape, frame) => Reduce(shape, number, frame))],
            };
        if (Array.Exists(newAreas, area => area is not null)) instance = instance with { AreasPx = [.. newAreas] };
        if (Array.Exists(newBoxes, box => box is not null)) instance = instance with { Boxes = [.. newBoxes] };
        return ScaledMembers.Apply(instance, _scales[0]);
    }

    private Segmentation Reduce(Segmentation shape, int instance, int frame)
    {
        FrameScale scale = _scales[frame];
        if (!shape.HasMask || scale.IsWhole) return shape;
        if (IsScaled(shape)) return Scaled((PolygonSegmentation)shape, scale);
        if (!HasVanished(instance, frame)) return new MaskSegmentation(_reduced[frame][instance]!, RunFormOf(shape));
        if (_sample.Kind == SampleKind.Image) return Segmentation.EmptyList;
        _output.Count(Tally.Note, "vanished from a frame", 1);
        return Segmentation.Null;
    }

    private static SegmentationForm RunFormOf(Segmentation shape) =>
        shape.Form == SegmentationForm.Polygons ? SegmentationForm.CompressedCounts : shape.Form;

    private static PolygonSegmentation Scaled(PolygonSegmentation polygons, FrameScale scale) =>
        new([.. polygons.Parts.Select(part =>
            part.Select((value, i) => value * (i % 2 == 0 ? scale.X : scale.Y)).ToImmutableArray())]);

    private static Box? Scaled(Box? box, FrameScale scale) => box is { } b
        ? new Box(b.X * scale.X, b.Y * scale.Y, b.Width * scale.X, b.Height * scale.Y)
        : null;

    private static T? At<T>(ImmutableArray<T?> values, int frame) =>
        values.IsDefault || frame >= values.Length ? default : values[frame];
}
