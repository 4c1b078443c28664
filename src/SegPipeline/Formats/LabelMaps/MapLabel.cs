using System.Globalization;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>A label with a meaning of its own, such as void.</summary>
/// <param name="Value">The label; null for none, or when the dataset tells.</param>
/// <param name="IsAutomatic">True when the dataset tells.</param>
public readonly record struct MapLabel(int? Value, bool IsAutomatic)
{
    /// <summary>What the dataset tells.</summary>
    public static MapLabel Auto { get; } = new(null, IsAutomatic: true);

    /// <summary>No label has the meaning.</summary>
    public static MapLabel None { get; } = new(null, IsAutomatic: false);

    /// <summary>A label.</summary>
    public static MapLabel Of(int label) => new(label, IsAutomatic: false);

    /// <summary>Reads <c>auto</c>, <c>none</c> or a label from 0 to 65536.</summary>
    /// <remarks>65536 is the largest label of 16 bits after an offset of 1.</remarks>
    /// <exception cref="FormatException">It is something else.</exception>
    public static MapLabel Parse(string text)
    {
        if (text == "auto") return Auto;
        if (text == "none") return None;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int label) && label <= 65536
            ? Of(label)
            : throw new FormatException($"expected auto, none or a label from 0 to 65536, found '{text}'");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        IsAutomatic ? "auto" : Value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
