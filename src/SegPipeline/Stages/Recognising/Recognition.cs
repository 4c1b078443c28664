namespace SegPipeline.Stages.Recognising;

/// <summary>How sure a reader is that a path is a dataset of its format.</summary>
public enum Certainty
{
    /// <summary>It can be read, but nothing tells that it is meant so: it counts only for who names the
    /// format.</summary>
    WhenNamed,

    /// <summary>Nothing speaks against it, and little for it.</summary>
    Possible,

    /// <summary>Its layout is that of the format, but others look alike.</summary>
    Likely,

    /// <summary>Nothing else looks like that.</summary>
    Sure,
}

/// <summary>A reader's claim that it can read what lies at a path.</summary>
/// <param name="Reader">The reader with its keys filled in, as far as they could be found.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Why">What it goes by, as a phrase: <c>SegmentationClass beside JPEGImages</c>.</param>
public sealed record Recognition(Reader Reader, Certainty Certainty, string Why)
{
    /// <summary>What the reader cannot do without and that was not found, naming the keys that would give it; null when
    /// all is there.</summary>
    public string? Missing { get; init; }

    /// <summary>The parts that the dataset says it is divided into, by their names, each with the reader of it alone;
    /// empty when it has none, or is itself a part.</summary>
    public IReadOnlyDictionary<string, Reader> Splits { get; init; } = new Dictionary<string, Reader>();
}

/// <summary>
/// A reader that knows datasets of its format when it sees them. The catalog finds it by this interface, so that a
/// format that is added is detected as well.
/// </summary>
public interface IRecognisable
{
    /// <summary>
    /// Says whether a file or folder is a dataset of the format. Must be quick, whatever the size of the dataset: what
    /// a <see cref="PathLook"/> offers is bounded. Folders below and files within are shown to it on their own.
    /// </summary>
    /// <param name="look">The path.</param>
    /// <returns>The claims, one for each dataset that it could be; mostly none or one.</returns>
    static abstract IEnumerable<Recognition> Recognise(PathLook look);
}
