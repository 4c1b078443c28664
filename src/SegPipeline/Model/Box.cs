namespace SegPipeline.Model;

/// <summary>A bounding box as COCO writes it: continuous coordinates, top-left corner and size, in pixels.</summary>
/// <param name="X">Left edge; may lie outside the picture in real files.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct Box(double X, double Y, double Width, double Height);
