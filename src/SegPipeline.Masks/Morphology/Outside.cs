namespace SegPipeline.Masks.Morphology;

/// <summary>What lies beyond the edge of the picture.</summary>
public enum Outside
{
    /// <summary>Nothing: cells of a kernel that fall there do not count (OpenCV's default border).</summary>
    Ignored,

    /// <summary>Background, so that a shape that is cut off by the edge has its boundary there.</summary>
    Background,
}
