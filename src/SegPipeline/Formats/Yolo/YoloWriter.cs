using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Yolo;

/// <summary>What becomes of objects of several parts; a line of a label file is one polygon.</summary>
public enum YoloParts
{
    /// <summary>The parts become one polygon, joined by lines of no width, as in Ultralytics' own converter.</summary>
    Join,

    /// <summary>Each part becomes an object of its own; how many objects were taken apart is warned of.</summary>
    Separate,
}

/// <summary>What files are named after.</summary>
public enum YoloNames
{
    /// <summary>The picture's file, without folders. Two of one name are an error.</summary>
    File,

    /// <summary>The picture's file and its folders, joined by underscores: <c>val/a.jpg</c> is
    /// <c>val_a.jpg</c>.</summary>
    Path,
}

/// <summary>
/// Writes polygons as Ultralytics YOLO takes them for segmentation: a text file for each image,
/// <c>labels/SPLIT/NAME.txt</c>, a line for each object with its class and the corners of its polygon as parts of
/// width and height, pictures in <c>images/SPLIT</c>, and <c>data.yaml</c>. Crowds and objects without a mask are left
/// out, counted and warned of.
/// </summary>
/// <example>
/// train: { from: parts.train, write.yolo: { split: train, splits: [train, val], images: hardlink } }
/// val: { from: parts.val, write.yolo: { split: val, splits: [train, val], images: hardlink } }
/// </example>
/// <remarks>
/// Masks are traced along the edges of their pixels; holes are cut open by a slit of no width. Put <c>to_polygons</c>
/// before it for fewer corners or filled holes. Classes are numbered from 0 in the order of the categories.
/// </remarks>
[Stage("write.yolo")]
public sealed record YoloWriter : Writer
{
    /// <summary>Name of the split: that of the folders in <c>labels</c> and <c>images</c>.</summary>
    public required string Split { get; init; }

    /// <summary>All splits that stages write into the release, the same list for each of them: that of the first one
    /// writes <c>data.yaml</c>. Only its own without it.</summary>
    public ImmutableArray<string> Splits { get; init; } = [];

    /// <summary>How the pictures get into the release.</summary>
    public MediaTransfer Images { get; init; }

    /// <summary>What files are named after.</summary>
    public YoloNames Names { get; init; }

    /// <summary>What becomes of objects of several parts.</summary>
    public YoloParts Parts { get; init; }

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <summary>The splits that <c>data.yaml</c> names.</summary>
    internal ImmutableArray<string> AllSplits => Splits.IsEmpty ? [Split] : Splits;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (AllSplits.Any(s => s.Length == 0 || !s.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            yield return "the name of a split has letters, digits, '_' and '-' only";
        if (!AllSplits.Contains(Split, StringComparer.Ordinal)) yield return $"'splits' must have '{Split}'";
        if (AllSplits.Distinct(StringComparer.Ordinal).Count() < AllSplits.Length)
            yield return "'splits' must name every split once";
    }

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        input.Kind == SampleKind.Image
            ? new YoloOutput(this, input.Taxonomy, release, context)
            : throw new BadDataException(new Problem("NOT_IMAGES", "write.yolo writes images, the dataset has videos")
            {
                Remedy = "put to_frames before it",
            });
}
