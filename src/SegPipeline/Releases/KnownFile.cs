namespace SegPipeline.Releases;

/// <summary>A file that a dataset is, or was, published as.</summary>
public sealed record KnownFile
{
    /// <summary>Its name as published, with its dataset and a slash before it where it alone says little; not unique:
    /// releases of one file share it.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as published.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>What it is.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>True when the publisher has replaced it.</summary>
    public required bool IsSuperseded { get; init; }

    /// <summary>Its size; null when not known.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>What is in it; null when not said.</summary>
    public string? Holds { get; init; }

    /// <summary>What was wrong with a superseded file; null when not said.</summary>
    public string? Note { get; init; }

    /// <summary>Where its digest is published; null when not said.</summary>
    public string? Source { get; init; }

    /// <summary>E.g. <c>MOSE v1, training videos (train.tar.gz, superseded release)</c>.</summary>
    public override string ToString() => $"{Dataset} ({FileName}, {(IsSuperseded ? "superseded" : "current")} release)";
}
