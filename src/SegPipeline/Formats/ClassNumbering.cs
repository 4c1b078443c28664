namespace SegPipeline.Formats;

/// <summary>Which label a category gets in a label image.</summary>
public enum ClassNumbering
{
    /// <summary>Its id, which must be a label that the image can hold.</summary>
    Keep,

    /// <summary>1, 2, 3, ... in the order of the categories; the list of classes tells which is which.</summary>
    Dense,
}
