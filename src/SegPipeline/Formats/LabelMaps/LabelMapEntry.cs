using SegPipeline.Model;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>The files of an image.</summary>
/// <param name="Stem">Their name without extension, folders within included.</param>
/// <param name="Labels">Its label image; null when it has none.</param>
/// <param name="Picture">The picture; null when there is none.</param>
internal sealed record LabelMapEntry(string Stem, ListedFile? Labels, ListedFile? Picture)
{
    /// <summary>Name of the picture, which is also the key of the sample.</summary>
    public string Name => Picture?.Name ?? Stem + ".jpg";

    /// <summary>Why it cannot be read; null when nothing is known against it.</summary>
    public Problem? Problem { get; init; }
}
