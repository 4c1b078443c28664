using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Pipelines.Binding;

namespace SegPipeline.Pipelines.Documents;

/// <summary>What a pipeline file says of itself.</summary>
internal sealed record HeaderSection
{
    /// <summary>Version of the file format: 1.</summary>
    public required int Segpipe { get; init; }

    /// <summary>Name of the pipeline and of its release: letters, digits, dots, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of everything random; the same seed draws the same samples on every machine.</summary>
    public long Seed { get; init; }

    /// <summary>What the pipeline is for, in a sentence.</summary>
    public string? Doc { get; init; }

    /// <summary>Name of the dataset it makes, for people; the name of the pipeline unless told.</summary>
    public string? Title { get; init; }

    /// <summary>What the dataset it makes is, for the dataset card.</summary>
    public string? Description { get; init; }

    /// <summary>Version of the dataset it makes, `1.0.0`.</summary>
    public string? Version { get; init; }

    /// <summary>The people who made the dataset.</summary>
    public ImmutableArray<string> Creators { get; init; } = [];

    /// <summary>The organisation that publishes the dataset.</summary>
    public string? Publisher { get; init; }

    /// <summary>The day on which the dataset is published, `2026-11-28`. Releases hold no clock: the file says it, or
    /// nothing does.</summary>
    public string? Published { get; init; }

    /// <summary>Words to find the dataset by.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Licence of the dataset it makes, preferably an SPDX identifier such as `CC-BY-4.0`.</summary>
    public string? License { get; init; }

    /// <summary>How to cite the dataset it makes.</summary>
    public string? Citation { get; init; }

    /// <summary>Where to read more about the dataset.</summary>
    public string? Homepage { get; init; }
}

/// <summary>Where the release goes.</summary>
internal sealed record ReleaseSection
{
    /// <summary>The release folder, relative to the pipeline file. A run replaces it as a whole, at its very
    /// end.</summary>
    public required Located<string> To { get; init; }

    /// <summary>Whether the release gets a `report.html` with figures, charts and pictures.</summary>
    public bool Report { get; init; } = true;
}

/// <summary>Where plans are cut into chunks; part of the configuration, as a machine's size has no say in it.</summary>
internal sealed record ChunkSection
{
    /// <summary>Most samples of a chunk.</summary>
    [Range(1, int.MaxValue)]
    public int Samples { get; init; } = 32;

    /// <summary>A chunk is full when its samples cost this many bytes together; one sample may cost more.</summary>
    [Range(1, long.MaxValue)]
    public long Bytes { get; init; } = 8 << 20;
}
