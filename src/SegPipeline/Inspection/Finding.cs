namespace SegPipeline.Inspection;

/// <summary>What can be suspicious about a dataset.</summary>
internal enum Finding
{
    /// <summary>An instance has no shape, or its shape has no pixel.</summary>
    Empty,

    /// <summary>A shape has fewer than 16 pixels.</summary>
    Tiny,

    /// <summary>A shape covers more than 95 percent of its picture and is no crowd.</summary>
    Huge,

    /// <summary>A box reaches beyond its picture by more than a pixel.</summary>
    Outside,

    /// <summary>Two instances of one category have the same shape in a picture.</summary>
    Duplicate,

    /// <summary>Two instances of one category that are no crowds have boxes that are nearly the same.</summary>
    Overlapping,

    /// <summary>The category is not in the dataset's list.</summary>
    UnknownCategory,

    /// <summary>The record cannot be read.</summary>
    Unreadable,

    /// <summary>A sample was rejected by its reader or a stage.</summary>
    Rejected,

    /// <summary>The record gives the height of the photo as its width.</summary>
    SwappedSize,

    /// <summary>The record gives another size than the photo has.</summary>
    OtherSize,

    /// <summary>The photo is missing, or is none.</summary>
    Photo,

    /// <summary>A picture has no width or no height.</summary>
    NoSize,

    /// <summary>Categories of different ids have the same name.</summary>
    RepeatedName,

    /// <summary>A category of the dataset's list has no instance.</summary>
    UnusedCategory,
}

/// <summary>Findings in words.</summary>
internal static class FindingText
{
    /// <summary>A heading, and what it means.</summary>
    public static (string What, string Meaning) Of(Finding finding) => finding switch
    {
        Finding.Empty => ("empty", "Instances without a shape or box, or whose shape has no pixel."),
        Finding.Tiny => ("tiny", "Shapes of fewer than 16 pixels."),
        Finding.Huge => ("huge", "Shapes that cover more than 95 % of their picture and are no crowds."),
        Finding.Outside => ("outside the picture", "Boxes that reach beyond their picture by more than a pixel."),
        Finding.Duplicate => ("duplicate", "Instances of the same category and with the same shape as another one of " +
            "the same picture."),
        Finding.Overlapping => ("heavily overlapping", "Instances whose box has an IoU above 0.9 with that of " +
            "another one of the same category and picture, without being duplicates or crowds."),
        Finding.UnknownCategory => ("unknown category", "Instances of a category that the dataset does not list."),
        Finding.Unreadable => ("unreadable", "Instances whose record cannot be read."),
        Finding.Rejected => ("rejected", "Samples that cannot be read, or that a stage cannot deal with."),
        Finding.SwappedSize => ("swapped sizes", "Records with width and height exchanged, as their photos tell."),
        Finding.OtherSize => ("other size", "Records that give another size than their photos have."),
        Finding.Photo => ("bad photo", "Photos that are missing, or cannot be read."),
        Finding.NoSize => ("without a size", "Pictures whose width or height is 0 or not told."),
        Finding.RepeatedName => ("repeated name", "Names that several categories have, which are easily mixed up."),
        _ => ("unused category", "Categories that the dataset lists and no instance has."),
    };
}
