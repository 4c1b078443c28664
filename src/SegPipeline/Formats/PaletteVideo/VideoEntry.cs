using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>The files of a frame.</summary>
/// <param name="Stem">Their name without folder and extension.</param>
/// <param name="Position">The number of the frame: its name, or its place where names are no numbers.</param>
/// <param name="Mask">The file of its mask; null when it is not annotated.</param>
/// <param name="Picture">The file of its picture; null when there is none.</param>
internal readonly record struct FrameFiles(string Stem, int Position, ListedFile? Mask, ListedFile? Picture);

/// <summary>A video as its folders have it.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Frames">Its frames, in order.</param>
internal sealed record VideoEntry(string Name, ImmutableArray<FrameFiles> Frames)
{
    /// <summary>Why it cannot be read; null when nothing is known against it.</summary>
    public Problem? Problem { get; init; }
}
