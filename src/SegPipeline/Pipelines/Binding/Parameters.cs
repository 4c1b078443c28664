using System.Text.Json.Nodes;

namespace SegPipeline.Pipelines.Binding;

/// <summary>References to parameters as editors see them.</summary>
internal static class Parameters
{
    /// <summary>What a value looks like that is nothing but a reference.</summary>
    public const string ReferencePattern = @"^\$(\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)$";

    /// <summary>Where the schema defines what a reference looks like.</summary>
    public const string ReferencePath = "#/$defs/parameter";

    /// <summary>A schema that also takes <c>$name</c> where the value itself is no text.</summary>
    public static JsonObject OrReference(JsonObject schema)
    {
        if (schema["type"] is not { } type)
            return schema.Count == 0
                ? schema
                : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["$ref"] = ReferencePath }) };
        if (type is JsonArray list && list.Any(t => t!.GetValue<string>() == "string")) return schema;
        // Text is then nothing but a reference; one flat schema gives better messages than a choice of two.
        AddType(schema, "string");
        schema["pattern"] = ReferencePattern;
        return schema;
    }

    /// <summary>Lets a schema with a type take another one, too.</summary>
    public static void AddType(JsonObject schema, string type)
    {
        JsonNode had = schema["type"]!.DeepClone();
        JsonArray types = had as JsonArray ?? new JsonArray(had);
        types.Add(type);
        schema["type"] = types;
    }
}
