namespace SegPipeline.Masks.Contours;

/// <summary>A corner of a traced ring.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Hole">The ring that is joined to this one here by a slit, or -1; such a corner must stay.</param>
internal readonly record struct TracedCorner(PixelCorner At, int Hole);

/// <summary>A ring as it was traced; the first corner is the leftmost, and of these the topmost.</summary>
/// <param name="Polygon">Index of the polygon to which it belongs.</param>
/// <param name="IsHole">False for the outer ring of the polygon.</param>
/// <param name="Corners">In the order in which the ring runs.</param>
internal sealed record TracedRing(int Polygon, bool IsHole, List<TracedCorner> Corners);
