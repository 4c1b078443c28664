using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Statistics;

namespace SegPipeline.Inspection;

/// <summary>What an inspection needs to know of an instance: where its shape is in each frame, and how large.</summary>
internal sealed class InstanceOutline
{
    private readonly Instance _instance;
    private readonly ShapeFigures _figures;
    private readonly ImmutableArray<Box?> _boxes;

    /// <summary>Looks at an instance.</summary>
    /// <exception cref="BadDataException">Its record cannot be read.</exception>
    public InstanceOutline(Instance instance, int number, ImmutableArray<Frame> frames)
    {
        _instance = instance;
        Number = number;
        _figures = ShapeFigures.Of(instance, frames.Length);
        ImmutableArray<Box?> stated = instance.Boxes;
        _boxes = stated.IsDefault || stated.Length != frames.Length ? BoxesOfShapes(instance, frames) : stated;
        IsEmpty = Enumerable.Range(0, frames.Length).All(f =>
            _figures.FormIn(f) <= SegmentationForm.EmptyList && BoxIn(f) is not { Width: > 0, Height: > 0 });
    }

    /// <summary>Its place in its sample.</summary>
    public int Number { get; }

    /// <summary>True when it has neither shape nor box in any frame.</summary>
    public bool IsEmpty { get; }

    /// <summary>True for a crowd.</summary>
    public bool IsCrowd => _instance.IsCrowd == true;

    /// <summary>Its category.</summary>
    public RecordId? CategoryId => _instance.CategoryId;

    /// <summary>Its area in a frame; null when it is not in it, or nothing tells.</summary>
    public double? AreaIn(int frame) => _figures.IsIn(frame) ? _figures.AreaIn(frame) : null;

    /// <summary>Its box in a frame; null when there is none.</summary>
    public Box? BoxIn(int frame) => _boxes.IsEmpty ? null : _boxes[frame];

    /// <summary>True when another instance has the same shape in a frame; of two without shapes, as their boxes
    /// are the same.</summary>
    public bool HasShapeOf(InstanceOutline other, int frame)
    {
        SegmentationForm form = _figures.FormIn(frame), otherForm = other._figures.FormIn(frame);
        if (form <= SegmentationForm.EmptyList && otherForm <= SegmentationForm.EmptyList) return true;
        if (form != otherForm) return false;
        return (_instance.Segmentations[frame], other._instance.Segmentations[frame]) switch
        {
            (MaskSegmentation one, MaskSegmentation two) => one.Mask.Equals(two.Mask),
            (PolygonSegmentation one, PolygonSegmentation two) => one.Parts.Length == two.Parts.Length &&
                one.Parts.Zip(two.Parts).All(p => p.First.AsSpan().SequenceEqual(p.Second.AsSpan())),
            _ => false,
        };
    }

    private static ImmutableArray<Box?> BoxesOfShapes(Instance instance, ImmutableArray<Frame> frames)
    {
        ImmutableArray<Segmentation> shapes = instance.Segmentations;
        if (shapes.IsDefault || shapes.Length != frames.Length) return [];
        return [.. shapes.Select(BoxOf)];
    }

    private static Box? BoxOf(Segmentation shape)
    {
        if (shape is MaskSegmentation { Mask: var mask }) return Box.Of(mask);
        if (shape is not PolygonSegmentation { Parts: var parts }) return null;
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (ImmutableArray<double> part in parts)
            for (int i = 0; i + 1 < part.Length; i += 2)
            {
                (left, right) = (Math.Min(left, part[i]), Math.Max(right, part[i]));
                (top, bottom) = (Math.Min(top, part[i + 1]), Math.Max(bottom, part[i + 1]));
            }
        return left > right ? null : new Box(left, top, right - left, bottom - top);
    }
}
