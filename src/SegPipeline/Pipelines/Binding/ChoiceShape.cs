using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>One word of a list that a pipeline file gives.</summary>
/// <param name="words">The words.</param>
internal sealed class ChoiceShape(IReadOnlyList<string> words) : ValueShape
{
    /// <inheritdoc/>
    public override string Title => $"one of {string.Join(", ", words)}";

    /// <inheritdoc/>
    public override string Plural => $"words of {string.Join(", ", words)}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> AllowedWords => words;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar scalar) return Mismatch(node, scope);
        return words.Contains(scalar.Text, StringComparer.Ordinal)
            ? new BoundValue(scalar.Text, YamlScalar.OfText(scalar))
            : Mismatch(node, scope, DidYouMean.Hint(scalar.Text, words));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) => YamlScalar.OfText(default, (string)value!);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };
}
