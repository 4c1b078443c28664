using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Binding;

/// <summary>
/// What a key may hold: reads it from YAML, writes it back, and describes it to people and editors. One shape per kind
/// of value, so that binding, help and schema cannot disagree.
/// </summary>
internal abstract class ValueShape
{
    /// <summary>What it is, with article: <c>a whole number</c>, <c>a list of paths</c>.</summary>
    public abstract string Title { get; }

    /// <summary>What it is in the plural, without article: <c>whole numbers</c>.</summary>
    public abstract string Plural { get; }

    /// <summary>Words that alone are allowed, e.g. those of an enum; null when there is no such list.</summary>
    public virtual IReadOnlyList<string>? AllowedWords => null;

    /// <summary>Bounds of the numbers it holds.</summary>
    public virtual NumberRange Range => NumberRange.Any;

    /// <summary>True when null is a value of it.</summary>
    public virtual bool TakesNull => false;

    /// <summary>Reads a value; null when it does not fit, which has then been reported.</summary>
    public abstract BoundValue? Bind(YamlNode node, BindScope scope);

    /// <summary>Writes a value as YAML at no particular place.</summary>
    public abstract YamlNode Write(object? value);

    /// <summary>The value as a JSON Schema; references to parameters are allowed for by the caller.</summary>
    public abstract JsonObject Schema();

    /// <summary>Reports that a node is not what the shape takes.</summary>
    protected BoundValue? Mismatch(YamlNode node, BindScope scope, string? hint = null)
    {
        if (node is not YamlUnreadable)
            scope.Problems.Add(node.Place, $"{scope.What} must be {Title}, found {Found.Describe(node)}", hint);
        return null;
    }
}

/// <summary>A value read from YAML.</summary>
/// <param name="Value">As the property takes it.</param>
/// <param name="Resolved">In the form in which the resolved pipeline shows it.</param>
internal sealed record BoundValue(object? Value, YamlNode Resolved);

/// <summary>Words for what stands in a file where something else was expected.</summary>
internal static class Found
{
    private const int LongestQuote = 40;

    /// <summary>E.g. <c>the text 'abc'</c>, <c>a list</c>.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlScalar { Form: ScalarForm.Null } => "nothing",
        YamlScalar { Form: ScalarForm.Text } text => $"the text '{Shortened(text.Text)}'",
        YamlScalar scalar => Shortened(scalar.Text),
        YamlSequence => "a list",
        YamlMap => "a map",
        _ => "something unreadable",
    };

    private static string Shortened(string text) =>
        text.Length <= LongestQuote ? text : string.Concat(text.AsSpan(0, LongestQuote), "...");
}
