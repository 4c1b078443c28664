using SegPipeline.Masks;

namespace SegPipeline.Model;

/// <summary>A bounding box as COCO writes it: continuous coordinates, top-left corner and size, in pixels.</summary>
/// <param name="X">Left edge; may lie outside the picture in real files.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>The box of the pixels of a mask; of size 0 for an empty one.</summary>
    public static Box Of(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        PixelBox box = mask.Box;
        return new Box(box.X, box.Y, box.WidthPx, box.HeightPx);
    }
}
