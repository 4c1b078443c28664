using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Testing;

namespace SegPipeline.Pipelines;

/// <summary>A pipeline file that was loaded: a graph ready to run, or everything that is wrong with it.</summary>
public sealed record LoadedPipeline
{
    /// <summary>The file as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>Everything that is wrong, by place; empty when the pipeline can run.</summary>
    public required IReadOnlyList<ConfigProblem> Problems { get; init; }

    /// <summary>The graph; null when there are problems.</summary>
    public PipelineGraph? Graph { get; init; }

    /// <summary>Name of the pipeline; that of the file when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>What the pipeline is for; null when the file does not say.</summary>
    public string? Doc { get; init; }

    /// <summary>Full path of the release folder; null when there are problems or nothing is written.</summary>
    public string? ReleaseFolder { get; init; }

    /// <summary>Whether the release gets a report.</summary>
    public bool HasReport { get; init; } = true;

    /// <summary>
    /// The pipeline with everything put in, as YAML: the same text on every machine, as parameters that name places on
    /// disk stay parameters. Empty when there are problems.
    /// </summary>
    public string ResolvedYaml { get; init; } = "";

    /// <summary>
    /// SHA-256, in hexadecimal, of what the pipeline does: it does not change with comments, layout, the order of keys,
    /// or where the data lies. Empty when there are problems.
    /// </summary>
    public string ConfigDigest { get; init; } = "";

    /// <summary>The parameters with their values, in the order of the file, those of included files first.</summary>
    public ImmutableArray<PipelineParameter> Parameters { get; init; } = [];

    /// <summary>The variables of the environment that were read, with their values; null for one that is not
    /// set.</summary>
    public ImmutableSortedDictionary<string, string?> EnvironmentRead { get; init; } =
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);

    /// <summary>What the file says about the dataset it makes.</summary>
    public PipelineMetadata Metadata { get; init; } = new();

    /// <summary>The tests of the file; none when there are problems.</summary>
    public ImmutableArray<PipelineTest> Tests { get; init; } = [];

    /// <summary>Where each stage stands, by name.</summary>
    public IReadOnlyDictionary<string, SourcePlace> Places { get; init; } = new Dictionary<string, SourcePlace>();

    internal IReadOnlyList<NamedPath> InputPaths { get; init; } = [];

    /// <summary>
    /// Looks whether the files and folders that the pipeline reads are there. Apart from loading, so that a pipeline
    /// can be checked on a machine without its data.
    /// </summary>
    /// <returns>One problem for each path that is not there, at the place that names it.</returns>
    public IReadOnlyList<ConfigProblem> CheckInputs() => InputCheck.Run(File, InputPaths);
}

/// <summary>A parameter and its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it may hold.</param>
/// <param name="Value">Its value as text; of a path, relative to the file that declares it.</param>
/// <param name="Recorded">The value for a manifest, the same on every machine: of a path, what the file declares, with
/// references to the environment left in.</param>
/// <param name="Doc">What it is for; null when the file does not say.</param>
public sealed record PipelineParameter(string Name, ParameterKind Kind, string Value, string Recorded, string? Doc);

/// <summary>What a pipeline says about the dataset it makes; null where it says nothing.</summary>
public sealed record PipelineMetadata
{
    /// <summary>Its name for people.</summary>
    public string? Title { get; init; }

    /// <summary>What the dataset is.</summary>
    public string? Description { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }

    /// <summary>The people who made it.</summary>
    public ImmutableArray<string> Creators { get; init; } = [];

    /// <summary>The organisation that publishes it.</summary>
    public string? Publisher { get; init; }

    /// <summary>The day it was published, <c>2026-11-28</c>.</summary>
    public string? Published { get; init; }

    /// <summary>Words to find it by.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Its licence, preferably an SPDX identifier.</summary>
    public string? License { get; init; }

    /// <summary>How to cite it.</summary>
    public string? Citation { get; init; }

    /// <summary>Where to read more.</summary>
    public string? Homepage { get; init; }
}
