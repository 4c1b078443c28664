using SegPipeline.Model;

namespace SegPipeline.Formats.Voc;

/// <summary>The files of an image.</summary>
/// <param name="Stem">Their name without extension.</param>
/// <param name="Classes">Its class mask; null when it has none.</param>
/// <param name="Objects">Its object mask; null when it has none or nobody asked for it.</param>
/// <param name="Picture">The picture; null when there is none.</param>
internal sealed record VocEntry(string Stem, ListedFile? Classes, ListedFile? Objects, ListedFile? Picture)
{
    /// <summary>File name of the picture, which is also the key of the sample.</summary>
    public string Name => Picture?.Name ?? Stem + ".jpg";

    /// <summary>Why it cannot be read; null when nothing is known against it.</summary>
    public Problem? Problem { get; init; }
}
