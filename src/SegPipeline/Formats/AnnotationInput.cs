using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>What to make of two images or videos of one id.</summary>
public enum SameRecords
{
    /// <summary>The dataset is bad.</summary>
    Fail,

    /// <summary>Records that are equal byte for byte count as one; others are bad.</summary>
    MergeEqual,
}

/// <summary>How a picture is found in the folder of pictures.</summary>
public enum PhotoLookup
{
    /// <summary>By its file name, folders included.</summary>
    FileName,

    /// <summary>By the last two parts of it: <c>images/v1/patch8/x.jpg</c> lies in <c>patch8/x.jpg</c>.</summary>
    LastTwoParts,

    /// <summary>By the last part of it.</summary>
    LastPart,
}

/// <summary>What to make of annotations in which NaN or Infinity stands, which JSON does not have.</summary>
public enum NotNumbers
{
    /// <summary>Kept as they are and warned about; an error only when somebody needs the value.</summary>
    Keep,

    /// <summary>The image or video is bad.</summary>
    Reject,
}

/// <summary>What a reader of annotation files is told to read, and how.</summary>
/// <param name="Annotations">The file with the annotations, or the list of results.</param>
/// <param name="GroundTruth">The file with the samples and categories of a list of results.</param>
internal sealed record AnnotationInput(InputPath Annotations, InputPath? GroundTruth)
{
    /// <summary>What to make of two samples of one id.</summary>
    public SameRecords SameRecords { get; init; }

    /// <summary>What to make of annotations that have NaN or Infinity.</summary>
    public NotNumbers NotNumbers { get; init; }

    /// <summary>The files, the one with the samples first.</summary>
    public IReadOnlyList<InputPath> Files => GroundTruth is { } surroundings
        ? [surroundings, Annotations]
        : [Annotations];
}
