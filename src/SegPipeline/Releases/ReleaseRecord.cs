using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Reports.Gallery;

namespace SegPipeline.Releases;

/// <summary>
/// How a release was made: what its manifest tells beside its files. Everything in it is the same in every run of the
/// same pipeline over the same inputs; times and the machine go into <see cref="RunRecord"/>.
/// </summary>
public sealed record ReleaseRecord
{
    /// <summary>The graph that was run.</summary>
    public required PipelineGraph Graph { get; init; }

    /// <summary>What became of it.</summary>
    public required RunResult Result { get; init; }

    /// <summary>The pipeline as YAML with every value filled in; holds no path of this machine.</summary>
    public required string ResolvedYaml { get; init; }

    /// <summary>SHA-256 of the config, hexadecimal.</summary>
    public required string ConfigDigest { get; init; }

    /// <summary>The program that made the release.</summary>
    public required ToolVersion Tool { get; init; }

    /// <summary>The digests of <see cref="RunResult.InputFiles"/>.</summary>
    public ImmutableArray<InputDigest> Inputs { get; init; } = [];

    /// <summary>The values of the pipeline's parameters, in its order: name, text.</summary>
    public ImmutableArray<(string Name, string Value)> Parameters { get; init; } = [];

    /// <summary>Names of the environment variables that were read, in ordinal order.</summary>
    public ImmutableArray<string> EnvironmentRead { get; init; } = [];

    /// <summary>The pictures of samples for the report; null when the release gets none.</summary>
    internal IReadOnlyList<GalleryPicture>? Gallery { get; init; }

    /// <summary>What the dataset card says beside what the run knows.</summary>
    public CardText Card { get; init; } = new();
}

/// <summary>A program and the state of its sources.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Commit">The commit it was built from; null when that is not known.</param>
public sealed record ToolVersion(string Version, string? Commit)
{
    /// <summary>Splits an informational version, <c>0.1.0+29fc299...</c>.</summary>
    public static ToolVersion Parse(string informationalVersion)
    {
        string[] parts = informationalVersion.Split('+', 2);
        return new ToolVersion(parts[0], parts.Length > 1 ? parts[1] : null);
    }
}

/// <summary>A file that was read, identified by its content.</summary>
/// <param name="Node">Name of the stage that read it.</param>
/// <param name="Path">Full path; the manifest shows only what distinguishes it from the stage's other files.</param>
/// <param name="Digest">Its size and SHA-256.</param>
public sealed record InputDigest(string Node, string Path, FileDigest Digest)
{
    /// <summary>How it stands to what its reader asked for, e.g. <c>current release of ...</c>; null when nothing was
    /// asked.</summary>
    public string? Verdict { get; init; }
}

/// <summary>What a pipeline says about the dataset it makes. Null where it says nothing.</summary>
public sealed record CardText
{
    /// <summary>Its name for people.</summary>
    public string? Title { get; init; }

    /// <summary>What the dataset is, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Its version, preferably as <c>MAJOR.MINOR.PATCH</c>.</summary>
    public string? Version { get; init; }

    /// <summary>The people who made it.</summary>
    public ImmutableArray<string> Creators { get; init; } = [];

    /// <summary>The organisation that publishes it.</summary>
    public string? Publisher { get; init; }

    /// <summary>The day it was published, <c>2026-11-28</c>.</summary>
    public string? Published { get; init; }

    /// <summary>Words to find it by.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Licence, preferably an SPDX identifier.</summary>
    public string? Licence { get; init; }

    /// <summary>How to cite it.</summary>
    public string? Citation { get; init; }

    /// <summary>Where to read more.</summary>
    public string? Homepage { get; init; }
}
