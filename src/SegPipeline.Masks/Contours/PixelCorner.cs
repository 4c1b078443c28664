namespace SegPipeline.Masks.Contours;

/// <summary>A corner of pixels; (0, 0) is the top left of the picture, (width, height) the bottom right.</summary>
/// <param name="X">Columns to the left of it.</param>
/// <param name="Y">Rows above it.</param>
public readonly record struct PixelCorner(int X, int Y);
