using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Reports.Gallery;

/// <summary>A picture with its objects, ready to be put on a page.</summary>
/// <param name="Key">Key of the sample.</param>
/// <param name="Stage">Name of the stage that gave it.</param>
/// <param name="WidthPx">Width of the small picture.</param>
/// <param name="HeightPx">Height of the small picture.</param>
/// <param name="Shapes">The objects, drawn one upon another in this order.</param>
internal sealed record GalleryPicture(
    string Key, string Stage, int WidthPx, int HeightPx, ImmutableArray<GalleryShape> Shapes)
{
    /// <summary>The photo as a file; null where none is at hand.</summary>
    public byte[]? Photo { get; init; }

    /// <summary>What the page says under it: size, frame, number of objects.</summary>
    public string Caption { get; init; } = "";

    /// <summary>What could not be shown, and why; null when nothing is missing.</summary>
    public string? Trouble { get; init; }
}

/// <summary>How a shape of the gallery is filled.</summary>
internal enum GalleryFill
{
    /// <summary>With its colour.</summary>
    Plain,

    /// <summary>Hatched: it stands for a group of objects.</summary>
    Crowd,

    /// <summary>Hatched the other way: it counts for nothing.</summary>
    Void,

    /// <summary>Not at all: a box, of an object without a shape.</summary>
    Box,
}

/// <summary>An object of the gallery.</summary>
/// <param name="Name">What it is.</param>
/// <param name="CategoryId">Its category, which gives it its colour; null when it has none.</param>
/// <param name="Fill">How it is filled.</param>
/// <param name="Outline">Its outline as the path of an SVG picture, in pixels of the small picture.</param>
internal sealed record GalleryShape(string Name, RecordId? CategoryId, GalleryFill Fill, string Outline)
{
    /// <summary>Its colour: the category's place in the list of them, from 0; the number of the object where that would
    /// be one colour for all.</summary>
    public int Colour { get; init; }
}
