namespace SegPipeline.Masks;

/// <summary>The smallest axis-parallel rectangle of whole pixels around the foreground of a mask.</summary>
/// <param name="X">Leftmost column, from 0.</param>
/// <param name="Y">Topmost row, from 0.</param>
/// <param name="WidthPx">Number of columns; 0 when there is no foreground.</param>
/// <param name="HeightPx">Number of rows; 0 when there is no foreground.</param>
public readonly record struct PixelBox(int X, int Y, int WidthPx, int HeightPx);
