using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Which ids samples and annotations have in a file that is written.</summary>
public enum RecordNumbering
{
    /// <summary>Those they came with; what has none gets a free one.</summary>
    Keep,

    /// <summary>1, 2, 3, ... in the order of the file.</summary>
    Dense,
}

/// <summary>What an annotation file is.</summary>
public enum FileContent
{
    /// <summary>An object with images or videos, annotations and categories.</summary>
    Dataset,

    /// <summary>A list of results.</summary>
    Results,
}

/// <summary>What a writer of annotation files is told to write, and how.</summary>
/// <param name="Layout">What the samples are called.</param>
/// <param name="File">Name of the file in the release.</param>
internal sealed record AnnotationTarget(AnnotationLayout Layout, ReleaseName File)
{
    /// <summary>Which ids there are.</summary>
    public RecordNumbering Ids { get; init; }

    /// <summary>Name of a file that lists new and old ids; null when nobody wants it.</summary>
    public ReleaseName? IdMap { get; init; }

    /// <summary>What the file is.</summary>
    public FileContent As { get; init; }

    /// <summary>How pictures get into the release.</summary>
    public MediaTransfer Media { get; init; }

    /// <summary>Rules across keys that every such writer has.</summary>
    public IEnumerable<string> Check()
    {
        if (As == FileContent.Results && Ids == RecordNumbering.Dense)
            yield return $"'ids: dense' has no meaning in a list of results, which refers to {Layout.List} by their " +
                "ids";
    }
}
