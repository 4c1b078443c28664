namespace SegPipeline.Cli.Converting;

/// <summary>A stage that stands between reader and writer because the target needs it.</summary>
/// <param name="Name">Name of the stage in the pipeline.</param>
/// <param name="Yaml">The stage and its keys, as in YAML.</param>
/// <param name="Why">What it does and may cost, as a sentence without a full stop.</param>
internal sealed record ConversionStep(string Name, string Yaml, string Why)
{
    /// <summary>Videos become images.</summary>
    public static ConversionStep ToFrames { get; } = new("frames", "to_frames: {}",
        "every frame becomes an image; the members video_id, frame_id and instance_id tell what belongs together");

    /// <summary>Videos become images whose names have no folders.</summary>
    public static ConversionStep ToFlatFrames { get; } = new("frames", "to_frames: { names: joined }",
        "every frame becomes an image, VIDEO_FRAME.jpg, since the format lays all pictures into one folder");

    /// <summary>Images become videos.</summary>
    public static ConversionStep ToVideo { get; } = new("videos", "to_video: { by: folder }",
        "the images of a folder become the frames of a video; an object without an identity is in one frame only");

    /// <summary>Objects overlap no longer.</summary>
    public static ConversionStep Flatten { get; } = new("flat", "flatten: {}",
        "a pixel can belong to one object only; where objects overlap, the one below loses pixels (see the ledger)");

    /// <summary>Masks become run lengths, with areas and boxes.</summary>
    public static ConversionStep EncodeRle { get; } = new("encoded", "encode_rle: {}",
        "masks become compressed run lengths, with areas and boxes; no pixel changes");

    /// <summary>Masks become polygons.</summary>
    public static ConversionStep ToPolygons { get; } = new("traced", "to_polygons: {}",
        "masks become polygons along the edges of their pixels; polygons of the source stay as they are");

    /// <summary>Images without objects are left out.</summary>
    public static ConversionStep DropEmpty { get; } = new("labelled", "drop_empty: {}",
        "images without any object are left out, the format has no place for them");
}
