using System.Collections.Immutable;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>A piece of YAML with the place it stands at. Immutable; an aliased node is the same object wherever
/// used.</summary>
internal abstract record YamlNode(SourcePlace Place)
{
    /// <summary>Number of nodes in it when every alias is written out, itself included.</summary>
    public abstract long ExpandedNodes { get; }

    /// <summary>How deep it nests: 1 for a scalar.</summary>
    public abstract int Depth { get; }
}

/// <summary>A single value.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Text">Its text, unquoted and unescaped.</param>
/// <param name="Form">What the YAML 1.2 core schema takes it for; quoted text is always text.</param>
internal sealed record YamlScalar(SourcePlace Place, string Text, ScalarForm Form) : YamlNode(Place)
{
    /// <summary>
    /// The text as it must be written to be read back, with the parameters that name places on disk left in
    /// (<c>${data}/train.json</c>); null when there are none.
    /// </summary>
    public string? Template { get; init; }

    /// <summary>True when the text stands in the file as it is, so that a place within it can be given.</summary>
    public bool IsVerbatim { get; init; }

    /// <inheritdoc/>
    public override long ExpandedNodes => 1;

    /// <inheritdoc/>
    public override int Depth => 1;

    /// <summary>Text, as if it stood in quotes.</summary>
    public static YamlScalar OfText(SourcePlace place, string text) => new(place, text, ScalarForm.Text);

    /// <summary>Text without a place, with the template of what it was read from.</summary>
    public static YamlScalar OfText(YamlScalar source) =>
        new(default, source.Text, ScalarForm.Text) { Template = source.Template };

    /// <summary>What unquoted text stands for.</summary>
    public static YamlScalar OfPlain(SourcePlace place, string text) => new(place, text, CoreSchema.FormOf(text));
}

/// <summary>A list.</summary>
internal sealed record YamlSequence(SourcePlace Place, ImmutableArray<YamlNode> Items) : YamlNode(Place)
{
    /// <inheritdoc/>
    public override long ExpandedNodes { get; } = 1 + Items.Sum(i => i.ExpandedNodes);

    /// <inheritdoc/>
    public override int Depth { get; } = 1 + Items.Select(i => i.Depth).DefaultIfEmpty().Max();
}

/// <summary>A map, merge keys already merged in, no key twice.</summary>
internal sealed record YamlMap(SourcePlace Place, ImmutableArray<YamlEntry> Entries) : YamlNode(Place)
{
    /// <inheritdoc/>
    public override long ExpandedNodes { get; } = 1 + Entries.Sum(e => 1 + e.Value.ExpandedNodes);

    /// <inheritdoc/>
    public override int Depth { get; } = 1 + Entries.Select(e => e.Value.Depth).DefaultIfEmpty().Max();

    /// <summary>The entry with this key; null when there is none.</summary>
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key);
}

/// <summary>A key of a map and what stands behind it.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Stands for what could not be read and has been reported already; nothing more is said about it.</summary>
internal sealed record YamlUnreadable(SourcePlace Place) : YamlNode(Place)
{
    /// <inheritdoc/>
    public override long ExpandedNodes => 1;

    /// <inheritdoc/>
    public override int Depth => 1;
}
