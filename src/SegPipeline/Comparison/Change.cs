namespace SegPipeline.Comparison;

/// <summary>In what a sample or an instance of one dataset differs from that of another.</summary>
public enum ChangeKind
{
    /// <summary>Only the second dataset has the sample.</summary>
    SampleAdded,

    /// <summary>Only the first dataset has the sample.</summary>
    SampleRemoved,

    /// <summary>The image or video itself differs: its frames, their sizes, other members of its record.</summary>
    SampleChanged,

    /// <summary>Only the second dataset has the instance.</summary>
    InstanceAdded,

    /// <summary>Only the first dataset has the instance.</summary>
    InstanceRemoved,

    /// <summary>The instance has another category.</summary>
    Relabelled,

    /// <summary>The instance covers other pixels.</summary>
    MaskChanged,

    /// <summary>Other members of the instance differ; or the form of its mask, of which no pixel does.</summary>
    MembersChanged,

    /// <summary>The instance has another id and is else the same.</summary>
    Renumbered,
}

/// <summary>A difference between two datasets.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Key">Key of the sample.</param>
public sealed record Change(ChangeKind Kind, string Key)
{
    /// <summary>Id of the instance, or its number within the sample; null for a change of the sample, or when it has
    /// neither.</summary>
    public string? Instance { get; init; }

    /// <summary>Name of the instance's category, in the first dataset where it is there; null for a change of the
    /// sample.</summary>
    public string? Category { get; init; }

    /// <summary>What was and what is, in words; null where the kind says it all.</summary>
    public string? Detail { get; init; }
}
