using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Binding;

/// <summary>A value with the place it was written at, for keys whose value is judged later.</summary>
internal sealed record Located<T>(T Value, SourcePlace Place);

/// <summary>A value that keeps its place.</summary>
/// <param name="type">The <see cref="Located{T}"/>.</param>
/// <param name="inner">What the value may be.</param>
internal sealed class LocatedShape(Type type, ValueShape inner) : ValueShape
{
    /// <inheritdoc/>
    public override string Title => inner.Title;

    /// <inheritdoc/>
    public override string Plural => inner.Plural;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope) => inner.Bind(node, scope) is { } bound
        ? bound with { Value = Activator.CreateInstance(type, bound.Value, node.Place) }
        : null;

    /// <inheritdoc/>
    public override YamlNode Write(object? value) => inner.Write(type.GetProperty("Value")!.GetValue(value));

    /// <inheritdoc/>
    public override JsonObject Schema() => inner.Schema();
}

/// <summary>Any YAML at all, for keys that are read by code of their own.</summary>
internal sealed class AnyShape : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "anything";

    /// <inheritdoc/>
    public override string Plural => "values";

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope) => new(node, node);

    /// <inheritdoc/>
    public override YamlNode Write(object? value) => (YamlNode)value!;

    /// <inheritdoc/>
    public override JsonObject Schema() => [];
}
