namespace SegPipeline.Masks.Png;

/// <summary>How hard a PNG is compressed. It decides the bytes, so it belongs into the configuration.</summary>
public enum PngCompression
{
    /// <summary>As fast as possible.</summary>
    Fastest,

    /// <summary>Smaller files at a moderate price in time.</summary>
    Balanced,
}
