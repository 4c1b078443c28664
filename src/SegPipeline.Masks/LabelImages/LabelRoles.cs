namespace SegPipeline.Masks.LabelImages;

/// <summary>Which labels of a label image are no objects.</summary>
public sealed record LabelRoles
{
    /// <summary>Background 0 and no void: DAVIS-like images without a border, panoptic ids.</summary>
    public static LabelRoles BackgroundOnly { get; } = new();

    /// <summary>Background 0 and void 255: PASCAL VOC, DAVIS.</summary>
    public static LabelRoles WithVoid255 { get; } = new() { Void = 255 };

    /// <summary>Label of the pixels that belong to nothing; null when every label is an object.</summary>
    public uint? Background { get; init; } = 0;

    /// <summary>Label of the pixels that count for nothing; null when there is none.</summary>
    public uint? Void { get; init; }
}
