using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SegPipeline.Tests.Pipelines.Schemas;

/// <summary>Checks JSON against a schema made of the keywords that the generator writes; any other is an
/// error.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly string[] Silent =
        ["$schema", "$defs", "title", "description", "markdownDescription", "default"];

    /// <summary>What does not fit, as paths with the keyword; empty when everything does.</summary>
    public List<string> Check(JsonNode? instance) => Check(instance, root, "").ToList();

    private IEnumerable<string> Check(JsonNode? value, JsonNode schema, string path)
    {
        if (schema is JsonValue flag)
            return flag.GetValue<bool>() ? [] : [path + ": false"];
        return schema.AsObject().SelectMany(k => Check(value, schema.AsObject(), k.Key, k.Value!, path));
    }

    private IEnumerable<string> Check(JsonNode? value, JsonObject schema, string keyword, JsonNode rule, string path) =>
        keyword switch
        {
            "$ref" => Check(value, Resolve(rule.GetValue<string>()), path),
            "type" => When(!TypesOf(rule).Any(t => IsOf(value, t)), path, keyword),
            "const" => When(!JsonNode.DeepEquals(value, rule), path, keyword),
            "enum" => When(!rule.AsArray().Any(e => JsonNode.DeepEquals(e, value)), path, keyword),
            "pattern" => When(value is JsonValue v && IsOf(v, "string") &&
                !Regex.IsMatch(v.GetValue<string>(), rule.GetValue<string>()), path, keyword),
            "minimum" => When(Number(value) < Number(rule), path, keyword),
            "maximum" => When(Number(value) > Number(rule), path, keyword),
            "exclusiveMinimum" => When(Number(value) <= Number(rule), path, keyword),
            "exclusiveMaximum" => When(Number(value) >= Number(rule), path, keyword),
            "minProperties" => When(value is JsonObject o && o.Count < Number(rule), path, keyword),
            "required" => rule.AsArray().Where(r => value is JsonObject o && !o.ContainsKey(r!.GetValue<string>()))
                .Select(r => $"{path}: required {r}"),
            "anyOf" => When(rule.AsArray().All(s => Check(value, s!, path).Any()), path, keyword),
            "oneOf" => When(rule.AsArray().Count(s => !Check(value, s!, path).Any()) != 1, path, keyword),
            "items" => (value as JsonArray ?? []).SelectMany((item, i) => Check(item, rule, $"{path}/{i}")),
            "properties" => rule.AsObject().Where(p => value is JsonObject o && o.ContainsKey(p.Key))
                .SelectMany(p => Check(value![p.Key], p.Value!, $"{path}/{p.Key}")),
            "patternProperties" => rule.AsObject().SelectMany(p => Members(value)
                .Where(m => Regex.IsMatch(m.Key, p.Key)).SelectMany(m => Check(m.Value, p.Value!, $"{path}/{m.Key}"))),
            "additionalProperties" => Members(value).Where(m => !IsNamed(schema, m.Key))
                .SelectMany(m => Check(m.Value, rule, $"{path}/{m.Key}")),
            _ => Silent.Contains(keyword) ? [] : throw new NotSupportedException($"keyword {keyword}"),
        };

    private static bool IsNamed(JsonObject schema, string key) =>
        (schema["properties"] as JsonObject)?.ContainsKey(key) == true ||
        (schema["patternProperties"] as JsonObject)?.Any(p => Regex.IsMatch(key, p.Key)) == true;

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? value) => value as JsonObject ?? [];

    private static IEnumerable<string> TypesOf(JsonNode rule) =>
        rule is JsonArray list ? list.Select(t => t!.GetValue<string>()) : [rule.GetValue<string>()];

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == Math.Truncate(number),
        _ => throw new NotSupportedException($"type {type}"),
    };

    private static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static IEnumerable<string> When(bool wrong, string path, string keyword) =>
        wrong ? [$"{path}: {keyword}"] : [];

    private JsonNode Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode)root, (node, part) => node[part]!);
}
