using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>Writes the palettes of a video's frames: six hexadecimal digits a colour.</summary>
internal static class YtvisPalettes
{
    private const string Member = "palette";

    /// <summary>
    /// Sets the member: one text when all frames have one palette, else a list with one text or null a frame; removes
    /// it when no frame has another palette than that of PASCAL VOC, which label images of videos have anyway.
    /// </summary>
    public static void Set(RecordEdit edit, Sample sample)
    {
        Palette? first = Special(sample.Frame);
        if (sample.Frames.All(f => Equals(Special(f), first)))
        {
            if (first is null) edit.Remove(Member);
            else Write(edit.Set(Member), first);
            return;
        }

        TextBuffer text = edit.Set(Member);
        text.Write("["u8);
        for (int i = 0; i < sample.Frames.Length; i++)
        {
            if (i > 0) text.Write(", "u8);
            if (Special(sample.Frames[i]) is { } palette) Write(text, palette);
            else text.Write("null"u8);
        }

        text.Write("]"u8);
    }

    private static Palette? Special(Frame frame) =>
        frame.Palette is { } palette && !palette.Equals(Palette.Voc) ? palette : null;

    private static void Write(TextBuffer text, Palette palette) =>
        JsonText.WriteString(text, Convert.ToHexStringLower(palette.Rgb));
}
