using SegPipeline.Pipelines.Catalogs;

namespace SegPipeline.Pipelines.Documents;

/// <summary>What a pipeline is loaded with beside its file.</summary>
public sealed record LoadOptions
{
    /// <summary>Values for parameters, from <c>--set name=value</c>; a relative path is relative to
    /// <see cref="SetFolder"/>.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>What relative paths of <see cref="Set"/> are relative to; the working directory unless
    /// told.</summary>
    public string SetFolder { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>Reads a variable of the environment; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where the release goes instead of where the file says; relative to the working directory. Null to go
    /// by the file.</summary>
    public string? ReleaseTo { get; init; }

    /// <summary>The stages there are.</summary>
    public StageCatalog Catalog { get; init; } = StageCatalog.Default;
}
