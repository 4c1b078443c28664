using System.Reflection;
using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>A map with fixed keys: the <c>init</c> properties of a record, in snake case.</summary>
internal sealed class RecordShape : ValueShape
{
    private readonly Lazy<IReadOnlyList<KeyShape>> _keys;

    /// <summary>The shape of a record type that has a constructor without parameters.</summary>
    public RecordShape(Type type)
    {
        Type = type;
        _keys = new Lazy<IReadOnlyList<KeyShape>>(() => KeyShape.AllOf(type));
    }

    /// <summary>The record type.</summary>
    public Type Type { get; }

    /// <summary>Its keys, in the order of the source file.</summary>
    public IReadOnlyList<KeyShape> Keys => _keys.Value;

    /// <inheritdoc/>
    public override string Title => $"a map ({KeyList})";

    /// <inheritdoc/>
    public override string Plural => $"maps ({KeyList})";

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope) =>
        node is YamlMap ? Bind(node, node.Place, scope) : Mismatch(node, scope);

    /// <summary>Reads a record; nothing at all counts as an empty map.</summary>
    /// <param name="node">The map.</param>
    /// <param name="blame">Where a missing key is reported.</param>
    /// <param name="scope">The scope; its <see cref="BindScope.What"/> names the record itself.</param>
    public BoundValue? Bind(YamlNode node, SourcePlace blame, BindScope scope)
    {
        YamlMap? map = node is YamlScalar { Form: ScalarForm.Null } ? new YamlMap(node.Place, []) : node as YamlMap;
        if (map is null) return Mismatch(node, scope);
        HashSet<string> misspelt = [.. scope.Misspelt];
        bool good = ReportUnknown(map, scope, misspelt);
        object record = Activator.CreateInstance(Type)!;
        var resolved = new List<YamlEntry>();
        foreach (KeyShape key in Keys)
        {
            SourcePlace? blamed = misspelt.Contains(key.Name) ? null : blame;
            BoundValue? bound = BindKey(key, map.Find(key.Name), record, blamed, scope);
            good &= bound is not null;
            if (bound is not null) resolved.Add(Entry(key, bound.Resolved));
        }
        return good ? new BoundValue(record, new YamlMap(default, [.. resolved])) : null;
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) =>
        new YamlMap(default, [.. Keys.Select(k => Entry(k, k.Shape.Write(k.Property.GetValue(value))))]);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (KeyShape key in Keys) properties[key.Name] = key.Schema();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        JsonNode[] required = [.. Keys.Where(k => k.IsRequired).Select(k => (JsonNode)k.Name)];
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    private string KeyList => string.Join(", ", Keys.Select(k => k.Name));

    private bool ReportUnknown(YamlMap map, BindScope scope, HashSet<string> misspelt)
    {
        string[] known = [.. Keys.Select(k => k.Name)];
        bool good = true;
        foreach (YamlEntry entry in map.Entries)
        {
            if (known.Contains(entry.Key.Text, StringComparer.Ordinal)) continue;
            string[] free = [.. known.Except(map.Entries.Select(e => e.Key.Text))];
            scope.Problems.Add(entry.Key.Place, $"unknown key '{entry.Key.Text}' in {scope.What}",
                DidYouMean.HintOrList(entry.Key.Text, free));
            if (DidYouMean.Closest(entry.Key.Text, free) is { } meant) misspelt.Add(meant);
            good = false;
        }
        return good;
    }

    private static YamlEntry Entry(KeyShape key, YamlNode value) => new(YamlScalar.OfText(default, key.Name), value);

    private static BoundValue? BindKey(
        KeyShape key, YamlEntry? entry, object record, SourcePlace? blame, BindScope scope)
    {
        if (entry is not null)
        {
            BoundValue? bound = key.Shape.Bind(entry.Value, scope with
            {
                What = $"'{key.Name}' of {scope.What}",
                Misspelt = [],
            });
            if (bound is not null) key.Property.SetValue(record, bound.Value);
            return bound;
        }
        if (!key.IsRequired)
        {
            object? value = key.Property.GetValue(record);
            return new BoundValue(value, key.Shape.Write(value));
        }
        if (blame is { } place)
            scope.Problems.Add(place, $"{scope.What} needs the key '{key.Name}' ({key.Shape.Title})");
        return null;
    }
}
