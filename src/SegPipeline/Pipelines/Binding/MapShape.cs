using System.Collections;
using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Binding;

/// <summary>A map from names to values; it keeps the order of the file.</summary>
/// <param name="valueType">Type of its values.</param>
/// <param name="value">What a value may be.</param>
internal sealed class MapShape(Type valueType, ValueShape value) : ValueShape
{
    /// <inheritdoc/>
    public override string Title => $"a map from names to {value.Plural}";

    /// <inheritdoc/>
    public override string Plural => $"maps from names to {value.Plural}";

    /// <inheritdoc/>
    public override IReadOnlyList<string>? AllowedWords => value.AllowedWords;

    /// <inheritdoc/>
    public override NumberRange Range => value.Range;

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (node is not YamlMap map) return Mismatch(node, scope);
        var values = (IDictionary)Activator.CreateInstance(
            typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), valueType))!;
        var resolved = new List<YamlEntry>();
        bool good = true;
        foreach (YamlEntry entry in map.Entries)
        {
            BoundValue? bound = value.Bind(entry.Value, scope with { What = $"'{entry.Key.Text}' in {scope.What}" });
            good &= bound is not null;
            if (bound is null) continue;
            values.Add(entry.Key.Text, bound.Value);
            resolved.Add(new YamlEntry(YamlScalar.OfText(default, entry.Key.Text), bound.Resolved));
        }
        return good ? new BoundValue(values, new YamlMap(default, [.. resolved])) : null;
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? dictionary) =>
        new YamlMap(default, [.. from object pair in (IEnumerable)dictionary! select EntryOf(pair)]);

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = Parameters.OrReference(value.Schema()),
    };

    private YamlEntry EntryOf(object pair)
    {
        Type type = pair.GetType();
        return new YamlEntry(
            YamlScalar.OfText(default, (string)type.GetProperty("Key")!.GetValue(pair)!),
            value.Write(type.GetProperty("Value")!.GetValue(pair)));
    }
}
