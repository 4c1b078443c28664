using System.Globalization;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Which label of a label image is void: pixels that count for nothing.</summary>
/// <param name="Value">The label; null for none, or when the images tell.</param>
/// <param name="IsAutomatic">True when the images tell.</param>
public readonly record struct VoidLabel(uint? Value, bool IsAutomatic)
{
    /// <summary>
    /// 255, but in a video of grey images of nothing but 0 and 255, as DAVIS 2016 has them, where 255 is the object.
    /// </summary>
    public static VoidLabel Auto { get; } = new(null, IsAutomatic: true);

    /// <summary>Every label but 0 is an object.</summary>
    public static VoidLabel None { get; } = new(null, IsAutomatic: false);

    /// <summary>Reads <c>auto</c>, <c>none</c> or a label from 1 to 65535.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static VoidLabel Parse(string text)
    {
        if (text == "auto") return Auto;
        if (text == "none") return None;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort label) && label > 0
            ? new VoidLabel(label, IsAutomatic: false)
            : throw new FormatException($"expected auto, none or a label from 1 to 65535, found '{text}'");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        IsAutomatic ? "auto" : Value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
