namespace SegPipeline.Masks.Contours;

/// <summary>A ring as it was traced; the first corner is the leftmost, and of these the topmost.</summary>
/// <param name="Polygon">Index of the polygon to which it belongs.</param>
/// <param name="IsHole">False for the outer ring of the polygon.</param>
/// <param name="Corners">In the order in which the ring runs.</param>
/// <param name="Slits">The corners from which a slit leads into a hole, ascending; they must stay.</param>
internal sealed record TracedRing(int Polygon, bool IsHole, PixelCorner[] Corners, IReadOnlyList<Slit> Slits);

/// <summary>Where a hole is joined to another ring.</summary>
/// <param name="Corner">Index of the corner in that ring.</param>
/// <param name="Hole">Index of the hole among all rings; the slit ends at its first corner.</param>
internal readonly record struct Slit(int Corner, int Hole);
