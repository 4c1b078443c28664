using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Binding;

/// <summary>A value that may be null.</summary>
/// <param name="inner">What it may be otherwise.</param>
internal sealed class OptionalShape(ValueShape inner) : ValueShape
{
    /// <inheritdoc/>
    public override string Title => inner.Title;

    /// <inheritdoc/>
    public override string Plural => inner.Plural;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? AllowedWords => inner.AllowedWords;

    /// <inheritdoc/>
    public override NumberRange Range => inner.Range;

    /// <inheritdoc/>
    public override bool TakesNull => true;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope) =>
        node is YamlScalar { Form: ScalarForm.Null } ? new BoundValue(null, Write(null)) : inner.Bind(node, scope);

    /// <inheritdoc/>
    public override YamlNode Write(object? value) =>
        value is null ? YamlScalar.OfPlain(default, "null") : inner.Write(value);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        JsonObject schema = inner.Schema();
        if (!schema.ContainsKey("type"))
            return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        Parameters.AddType(schema, "null");
        return schema;
    }
}
