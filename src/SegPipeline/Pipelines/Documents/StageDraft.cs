using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>A stage as the file has it, macros expanded, before it is linked to the others.</summary>
/// <param name="Name">Its full name: that in the file, or <c>use/inner</c> for one that a macro brought.</param>
/// <param name="Place">Where its name stands.</param>
internal sealed record StageDraft(string Name, SourcePlace Place)
{
    /// <summary>What it is; null when that could not be found out, which has been reported.</summary>
    public StageEntry? Entry { get; init; }

    /// <summary>The stage itself; null when its keys have problems, which have been reported.</summary>
    public Stage? Stage { get; init; }

    /// <summary>The keys of the stage as the resolved pipeline shows them.</summary>
    public YamlNode? Resolved { get; init; }

    /// <summary>Where its samples come from; null for the stage above.</summary>
    public IReadOnlyList<Located<string>>? From { get; init; }

    /// <summary>True when what it says of its inputs could not be read.</summary>
    public bool IsFromUnreadable { get; init; }

    /// <summary>What happens to bad samples; null for the default.</summary>
    public ErrorRule? OnError { get; init; }

    /// <summary>Most chunks inside it at once.</summary>
    public int? Concurrency { get; init; }

    /// <summary>What it is for.</summary>
    public string? Doc { get; init; }

    /// <summary>Ports that nobody needs.</summary>
    public IReadOnlyList<Located<string>> Drop { get; init; } = [];

    /// <summary>The names it can take from: as it would write them, to the full name.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>True for a stage that can have no input.</summary>
    public bool IsReader => Entry?.Kind == StageKind.Reader;
}
