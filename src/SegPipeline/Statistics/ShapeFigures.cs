using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Statistics;

/// <summary>What is known, without reading a coordinate, of the shapes of an instance frame by frame.</summary>
internal readonly struct ShapeFigures
{
    private readonly ImmutableArray<SegmentationForm> _forms;
    private readonly ImmutableArray<double?> _areasPx;
    private readonly ImmutableArray<Segmentation> _shapes;
    private readonly ImmutableArray<Box?> _boxes;
    private readonly bool _isStill;

    private ShapeFigures(Instance instance, int frames)
    {
        _forms = Fit(instance.Forms, frames);
        _areasPx = Fit(instance.AreasPx, frames);
        _isStill = frames == 1;
        SegmentationForm furthest = SegmentationForm.Missing;
        foreach (SegmentationForm form in _forms.AsSpan())
            if (form > furthest) furthest = form;
        bool needsRuns = _areasPx.IsEmpty && furthest > SegmentationForm.Polygons;
        bool needsBoxes = !_isStill && furthest <= SegmentationForm.EmptyList;
        _shapes = needsRuns ? Fit(instance.Segmentations, frames) : [];
        _boxes = needsBoxes ? Fit(instance.Boxes, frames) : [];
    }

    /// <summary>Looks at an instance.</summary>
    /// <exception cref="BadDataException">Its record is malformed.</exception>
    public static ShapeFigures Of(Instance instance, int frames) => new(instance, frames);

    /// <summary>True when the instance is in a frame: it has a shape there, or, where it has none at all, a box. That
    /// of an image always is.</summary>
    public bool IsIn(int frame) => _isStill || FormIn(frame) > SegmentationForm.EmptyList
        || (!_boxes.IsEmpty && _boxes[frame] is not null);

    /// <summary>How the shape in a frame is written.</summary>
    public SegmentationForm FormIn(int frame) => _forms.IsEmpty ? SegmentationForm.Missing : _forms[frame];

    /// <summary>The area in a frame in pixels, as stated, else of run lengths; null when nothing tells.</summary>
    public double? AreaIn(int frame)
    {
        if (!_areasPx.IsEmpty) return _areasPx[frame];
        return !_shapes.IsEmpty && _shapes[frame] is MaskSegmentation runs ? runs.Mask.AreaPx : null;
    }

    // A list that does not fit the frames tells nothing; a stage that needs it says so.
    private static ImmutableArray<T> Fit<T>(ImmutableArray<T> values, int frames) =>
        values.IsDefault || values.Length != frames ? [] : values;
}
