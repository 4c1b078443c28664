using System.Collections.Immutable;

namespace SegPipeline.Comparison;

/// <summary>How two releases differ.</summary>
public sealed record ReleaseDifference
{
    /// <summary>What they were made with, where that differs: name, value of the first, value of the second; null where
    /// one has none.</summary>
    public ImmutableArray<(string Name, string? Before, string? After)> Settings { get; init; } = [];

    /// <summary>The lines of <c>pipeline.yaml</c> that only one of them has, in order, with <c>-</c> or <c>+</c> before
    /// them.</summary>
    public ImmutableArray<string> ConfigLines { get; init; } = [];

    /// <summary>The files that differ, by name.</summary>
    public ImmutableArray<FileChange> Files { get; init; } = [];

    /// <summary>Number of files that both have with the same bytes.</summary>
    public int EqualFiles { get; init; }

    /// <summary>How the datasets in them differ that a writer wrote to files that are not the same.</summary>
    public ImmutableArray<WrittenDifference> Datasets { get; init; } = [];

    /// <summary>Where the runs that made them began to differ; null when they are the same.</summary>
    public FlowDifference? Flow { get; init; }

    /// <summary>True when they are the same byte for byte.</summary>
    public bool IsEmpty => Settings.IsEmpty && ConfigLines.IsEmpty && Files.IsEmpty && !HasOtherManifest;

    /// <summary>True when the manifests differ.</summary>
    public bool HasOtherManifest { get; init; }
}

/// <summary>A file that is not the same in two releases.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BytesBefore">Its size in the first; null when it is not there.</param>
/// <param name="BytesAfter">Its size in the second; null when it is not there.</param>
public sealed record FileChange(string Name, long? BytesBefore, long? BytesAfter)
{
    /// <summary>Where its bytes begin to differ; null when only one has the file, or when nobody looked.</summary>
    public FirstDifference? First { get; init; }

    /// <summary>Name of the writer that wrote it; null for what describes the release.</summary>
    public string? Stage { get; init; }

    /// <summary>Number of the chunk that put it there, or in which the sample of <see cref="Record"/> passed; null
    /// where no trace tells.</summary>
    public int? Chunk { get; init; }

    /// <summary>The record of the second at which it begins to differ, or the sample that it is of; null where that is
    /// not known.</summary>
    public FileRecord? Record { get; init; }
}

/// <summary>Where two files begin to differ.</summary>
/// <param name="ByteOffset">Number of equal bytes at their beginning.</param>
/// <param name="Line">Line of the first that differs, from 1; null when the files are no text.</param>
/// <param name="Before">What the first has there, some characters of it.</param>
/// <param name="After">What the second has there.</param>
public sealed record FirstDifference(long ByteOffset, long? Line, string? Before, string? After);

/// <summary>How the datasets differ that a writer wrote.</summary>
/// <param name="Stage">Name of the writer in the second release.</param>
/// <param name="Format">What it is called in YAML, e.g. <c>write.coco</c>.</param>
public sealed record WrittenDifference(string Stage, string Format)
{
    /// <summary>The difference; null when the data could not be compared.</summary>
    public DatasetDifference? Difference { get; init; }

    /// <summary>Why the data could not be compared; null when it could.</summary>
    public string? NotCompared { get; init; }
}
