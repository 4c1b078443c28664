using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>An object with the label it gets.</summary>
/// <param name="Label">The label, 1 to 255.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Shapes">Its shape in each frame; empty when it has none at all.</param>
internal sealed record PaintedObject(byte Label, Instance Instance, ImmutableArray<Segmentation> Shapes)
{
    /// <summary>True when it is seen in some frame, but not in the first.</summary>
    public bool AppearsLate => !IsSeenIn(0) && Shapes.Any(s => s.HasMask);

    /// <summary>True when the frame says something of it: a shape, or that it is absent.</summary>
    public bool IsKnownIn(int frame) => Shapes.Length > 0 && Shapes[frame].Form != SegmentationForm.Missing;

    /// <summary>True when it has a shape in the frame.</summary>
    public bool IsSeenIn(int frame) => Shapes.Length > 0 && Shapes[frame].HasMask;

    /// <summary>Its pixels in a frame; null when it has no shape there.</summary>
    /// <exception cref="BadDataException">The shape is malformed or of another size.</exception>
    public Mask? MaskIn(int index, Frame frame) =>
        IsSeenIn(index) ? Shapes[index].ToMask(frame.HeightPx, frame.WidthPx) : null;
}
