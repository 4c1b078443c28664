namespace SegPipeline.Formats.LabelMaps;

/// <summary>What a pixel says.</summary>
/// <param name="Label">The label of its category, offset included.</param>
/// <param name="Number">The number of its object within the image; 0 when it has none.</param>
internal readonly record struct LabelledObject(long Label, uint Number) : IComparable<LabelledObject>
{
    /// <summary>What a colour says.</summary>
    /// <param name="encoding">How it is to be read.</param>
    /// <param name="color">Red + 256 green + 65536 blue.</param>
    /// <param name="offset">What is added to the label.</param>
    public static LabelledObject Of(LabelEncoding encoding, uint color, int offset)
    {
        uint red = color & 0xFF, green = color >> 8 & 0xFF, blue = color >> 16;
        return encoding == LabelEncoding.AdeInstances
            ? new LabelledObject(red + (long)offset, green)
            : new LabelledObject(red / 10 * 256 + green + (long)offset, blue);
    }

    /// <inheritdoc/>
    public int CompareTo(LabelledObject other)
    {
        int order = Label.CompareTo(other.Label);
        return order != 0 ? order : Number.CompareTo(other.Number);
    }
}
