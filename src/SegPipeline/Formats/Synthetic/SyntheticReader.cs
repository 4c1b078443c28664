using System.ComponentModel.DataAnnotations;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Synthetic;

/// <summary>The file format of generated photos.</summary>
public enum SyntheticPhoto
{
    /// <summary>JPEG of quality 90. Its bytes may differ in places between types of processor.</summary>
    Jpeg,

    /// <summary>PNG: without loss, the same bytes everywhere.</summary>
    Png,

    /// <summary>There are no photos, only what would be in them.</summary>
    None,
}

/// <summary>Which pixels the mask of a generated object has.</summary>
public enum SyntheticMasks
{
    /// <summary>
    /// Those that the photo shows: an object that nothing hides is written as polygons, one that is partly hidden as
    /// run
    /// lengths of what is left, and one that is wholly hidden is not there.
    /// </summary>
    Visible,

    /// <summary>All of the object, hidden parts included; each object hides those before it in the list.</summary>
    Whole,
}

/// <summary>
/// Generates scenes with photos and exact masks, to try everything without a download: coloured shapes that lie one
/// upon
/// another, some in two parts, some crowds (as run lengths), categories with a long tail, an empty scene now and then.
/// With several frames they are videos in which shapes move, leave and come back. A scene depends on seed, stage name
/// and its number alone.
/// </summary>
/// <example>scenes: { read.synthetic: { count: 120, width: 480, height: 360, categories: 12 } }</example>
[Stage("read.synthetic")]
public sealed record SyntheticReader : Reader
{
    /// <summary>Number of samples.</summary>
    [Range(1, 10_000_000)]
    public int Count { get; init; } = 100;

    /// <summary>Width of the pictures in pixels.</summary>
    [Range(16, 16_384)]
    public int Width { get; init; } = 640;

    /// <summary>Height of the pictures in pixels.</summary>
    [Range(16, 16_384)]
    public int Height { get; init; } = 480;

    /// <summary>Number of frames: 1 makes images, more make videos.</summary>
    [Range(1, 10_000)]
    public int Frames { get; init; } = 1;

    /// <summary>Number of categories, with the ids 1, 2, 3, ...; the first is the most frequent.</summary>
    [Range(1, SceneCategories.Most)]
    public int Categories { get; init; } = 12;

    /// <summary>Which share of the objects are crowds.</summary>
    [Range(0.0, 1.0)]
    public double Crowds { get; init; } = 0.06;

    /// <summary>Which pixels masks have.</summary>
    public SyntheticMasks Masks { get; init; }

    /// <summary>The file format of the photos.</summary>
    public SyntheticPhoto Photo { get; init; }

    /// <inheritdoc/>
    public override ObjectSource Objects => ObjectSource.Records;

    /// <inheritdoc/>
    public override SampleKind? OutputKind(SampleKind? input) => Frames == 1 ? SampleKind.Image : SampleKind.Video;

    /// <inheritdoc/>
    public override OpenDataset Open(StageContext context) => new SyntheticDataset(this, context);

    /// <summary>What writes the photos; null when there are none.</summary>
    internal IPhotoCodec? CreateCodec() => Photo switch
    {
        SyntheticPhoto.Jpeg => new JpegCodec(quality: 90),
        SyntheticPhoto.Png => new PngCodec(),
        _ => null,
    };
}
